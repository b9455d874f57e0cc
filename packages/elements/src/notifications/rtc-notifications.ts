// Toasts for what happens while one looks elsewhere and for the page's notices, and a count in the title.
import type { NotifyEvent, Room, RoomState } from '@rtc-elements/core';
import type { NoticeLevel, NotifyMessage } from '@rtc-elements/protocol';
import { type CSSResultGroup, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { announce } from '../announcer/announcements.js';
import { RtcElement } from '../base/rtc-element.js';
import { enNotices } from '../i18n/en-notices.js';
import { chime } from './chime.js';
import { notificationsStyles } from './rtc-notifications.styles.js';
import { maySystemAsk, showSystem } from './system-notice.js';
import { TitleCount } from './title-count.js';
import { renderNotice, renderWord } from './toast.js';

/** What happens is told this long, what the backend says a little longer. */
const WORD_MS = 5_000;
const NOTICE_MS = 6_000;
const MOST_TOASTS = 3;

/** One toast: a word on what happened, or a notice of the backend. */
interface Toast {
  readonly id: number;
  readonly kind: 'word' | NoticeLevel;
  readonly title: string;
  readonly body?: string;
  /** Has the button that turns on the system's notifications; stays until it is answered. */
  readonly asks?: boolean;
}

/**
 * Errors stay until they are dismissed, the rest goes by itself; not while the pointer or focus is on
 * it, and not while the page is hidden.
 *
 * @summary Toasts for joins, messages and the page's notices; on request a sound, a count in the title, and the system's notifications.
 * @tag rtc-notifications
 *
 * @csspart toast - Each toast.
 */
export class RtcNotifications extends RtcElement {
  static override styles: CSSResultGroup = [RtcElement.styles, notificationsStyles];
  static override words = enNotices;

  /** Where to tell, by token: `toast`, `sound`, `title`, `system`. */
  @property() notify = 'toast title';

  /** `notices`: only those of the page's backend; for a chat, where the rest can be seen. */
  @property() only: 'notices' | '' = '';

  @state() private toasts: readonly Toast[] = [];
  #before: RoomState | null = null;
  #lastId = 0;
  #room: Room | null = null;
  /** Notices that came while the page was hidden. */
  #unseen = 0;
  #hasAsked = false;
  readonly #title = new TitleCount();
  readonly #animated = new WeakSet<Element>();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#title.show(0);
    this.#listenTo(null);
    this.#before = null;
  }

  protected override takeState(state: RoomState): void {
    this.#listenTo(this.rtc.room);
    const before = this.#before;
    this.#before = state;
    const unread = (this.rtc.shared?.unread ?? 0) + this.#unseen;
    if (this.#has('title')) this.#title.show(document.hidden ? unread : 0);
    if (!before || this.only || !this.#has('toast')) return;
    const { panel, visibleLogs } = this.rtc.shared ?? {};
    // The inside of the chat may still be on its way into its panel.
    const isChatOpen = panel === 'chat' || (visibleLogs?.size ?? 0) > 0;
    for (const { isNews, key, name = '', text = '' } of announce(before, state)) {
      if (!isNews || (isChatOpen && key === 'saidMessage')) continue;
      this.#add({ kind: 'word', title: this.t(key, { name, text }) });
    }
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.toasts,
      ({ id }) => id,
      (toast) => this.#renderToast(toast),
    )}`;
  }

  /** A toast lives as long as its animation, so that it waits while the page is hidden. */
  protected override updated(): void {
    for (const toast of this.renderRoot.querySelectorAll<HTMLElement>('.toast')) {
      if (this.#animated.has(toast)) continue;
      this.#animated.add(toast);
      const { kind, asks } = this.toasts.find(({ id }) => String(id) === toast.dataset['id']) ?? {};
      const lifeMs = kind === 'error' || asks ? 0 : kind === 'word' ? WORD_MS : NOTICE_MS;
      if (lifeMs === 0) {
        toast.animate([{ opacity: 0 }, { opacity: 1 }], 160);
        continue;
      }
      const frames = [
        { opacity: 0 },
        { opacity: 1, offset: 0.03 },
        { opacity: 1, offset: 0.97 },
        { opacity: 0 },
      ];
      toast.animate(frames, lifeMs).onfinish = () => this.#drop(Number(toast.dataset['id']));
    }
  }

  #renderToast({ id, kind, title, body, asks }: Toast): TemplateResult {
    // The live region of the room says it as well: this is for the eye alone.
    if (kind === 'word') return renderWord(id, title);
    return renderNotice(
      { level: kind, title, body },
      {
        id,
        dismiss: this.t('dismiss'),
        onDrop: () => this.#drop(id),
        onPause: this.#onPause,
        ...(asks && {
          ask: this.t('systemAsk'),
          turnOn: this.t('systemTurnOn'),
          onTurnOn: () => this.#turnOn(id),
        }),
      },
    );
  }

  #has(token: string): boolean {
    return this.notify.split(/\s+/).includes(token);
  }

  #add(toast: Omit<Toast, 'id'>): void {
    const all = [...this.toasts, { ...toast, id: (this.#lastId += 1) }];
    // What went by itself anyway makes way first.
    while (all.length > MOST_TOASTS) {
      const goes = all.findIndex(({ kind, asks }) => kind !== 'error' && !asks);
      all.splice(Math.max(goes, 0), 1);
    }
    this.toasts = all;
  }

  #drop(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  #listenTo(room: Room | null): void {
    if (room === this.#room) return;
    this.#room?.removeEventListener('notify', this.#onNotify);
    this.#room = room;
    room?.addEventListener('notify', this.#onNotify);
  }

  /** In a task of its own after the page had its say, whoever listened first. */
  readonly #onNotify = ({ notice }: NotifyEvent): void => {
    queueMicrotask(() => {
      if (!this.rtc.shared?.hushed.has(notice)) this.#tell(notice);
    });
  };

  #tell({ level, title, body }: NotifyMessage): void {
    if (document.hidden) {
      this.#unseen += 1;
      if (this.#has('system')) showSystem(title, body);
    }
    if (this.#has('sound')) chime(level);
    if (this.#has('toast')) {
      const asks = this.#has('system') && !this.#hasAsked && maySystemAsk();
      this.#hasAsked ||= asks;
      this.#add({ kind: level, title, asks, ...(body !== undefined && { body }) });
    }
    this.requestUpdate();
  }

  /** Within a click: a browser asks its question for nothing less. */
  #turnOn(id: number): void {
    this.#drop(id);
    void Notification.requestPermission();
  }

  /** While somebody reads a toast, it stays. */
  readonly #onPause = (event: Event): void => {
    const toast = event.currentTarget as HTMLElement;
    for (const animation of toast.getAnimations()) {
      if (toast.matches(':hover, :focus-within')) animation.pause();
      else animation.play();
    }
  };

  readonly #onVisibility = (): void => {
    if (!document.hidden) this.#unseen = 0;
    this.requestUpdate();
  };
}
