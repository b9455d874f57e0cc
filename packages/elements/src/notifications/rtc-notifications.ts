// Toasts for what happens while one looks elsewhere, and a count in the title of a hidden page.
import type { RoomState } from '@rtc-elements/core';
import { css, type CSSResultGroup, html, type TemplateResult } from 'lit';
import { property, state } from '../internal/decorators.js';
import { each } from '../internal/each.js';

import { announce } from '../internal/announcements.js';
import { RtcElement } from '../internal/rtc-element.js';
import { enRoom } from '../locales/en-room.js';

const SHOWN_MS = 5_000;
const MOST_TOASTS = 3;

interface Toast {
  readonly id: number;
  readonly text: string;
}

/**
 * @summary Toasts for joins, leaves and messages, and the number of unread messages in the page's title.
 * @tag rtc-notifications
 *
 * @csspart toast - Each toast.
 */
export class RtcNotifications extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    css`
      :host {
        display: grid;
        justify-items: end;
        gap: var(--gap);
        pointer-events: none;
      }
      :host {
        container-type: inline-size;
      }
      .toast {
        max-width: 300px;
        padding: 8px 14px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface);
        box-shadow: 0 4px 14px rgb(0 0 0 / 12%);
        font-size: 13px;
      }
      .toast > span {
        display: -webkit-box;
        overflow: hidden;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      /* Where there is little room, only the newest. */
      @container (max-width: 560px) {
        .toast:not(:last-child) {
          display: none;
        }
      }
    `,
  ];
  static override words = enRoom;

  /** Where to tell: `toast`, `title`. */
  @property() notify = 'toast title';

  @state() private toasts: readonly Toast[] = [];
  #before: RoomState | null = null;
  #lastId = 0;
  readonly #animated = new WeakSet<Element>();
  /** The page's title without our count. */
  #title: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#setTitle(0);
    this.#before = null;
  }

  protected override takeState(state: RoomState): void {
    const before = this.#before;
    this.#before = state;
    if (this.#has('title')) this.#setTitle(document.hidden ? (this.rtc.session?.unread ?? 0) : 0);
    if (!before || !this.#has('toast')) return;
    const { panel, visibleLogs } = this.rtc.session ?? {};
    // The inside of the chat may still be on its way into its panel.
    const isChatOpen = panel === 'chat' || (visibleLogs?.size ?? 0) > 0;
    const texts = announce(before, state)
      .filter(({ isAboutOthers, key }) => isAboutOthers && !(isChatOpen && key === 'saidMessage'))
      .map(({ key, name = '', text = '' }) => this.t(key, { name, text }));
    if (texts.length === 0) return;
    const added = texts.map((text) => ({ id: (this.#lastId += 1), text }));
    this.toasts = [...this.toasts, ...added].slice(-MOST_TOASTS);
  }

  protected override render(): TemplateResult {
    // The live region of the room says it as well: this is for the eye alone.
    return html`${each(
      this.toasts,
      ({ id }) => id,
      ({ id, text }) =>
        html`<div part="toast" class="toast" aria-hidden="true" data-id=${id}>
          <span>${text}</span>
        </div>`,
    )}`;
  }

  /** A toast lives as long as its animation, so that it waits while the page is hidden. */
  protected override updated(): void {
    for (const toast of this.renderRoot.querySelectorAll<HTMLElement>('.toast')) {
      if (this.#animated.has(toast)) continue;
      this.#animated.add(toast);
      const frames = [
        { opacity: 0 },
        { opacity: 1, offset: 0.03 },
        { opacity: 1, offset: 0.97 },
        { opacity: 0 },
      ];
      toast.animate(frames, SHOWN_MS).onfinish = () => {
        this.toasts = this.toasts.filter(({ id }) => String(id) !== toast.dataset['id']);
      };
    }
  }

  #has(token: string): boolean {
    return this.notify.split(/\s+/).includes(token);
  }

  #setTitle(count: number): void {
    if (count > 0) {
      this.#title ??= document.title;
      document.title = `(${count}) ${this.#title}`;
    } else if (this.#title !== null) {
      document.title = this.#title;
      this.#title = null;
    }
  }

  readonly #onVisibility = (): void => this.requestUpdate();
}
