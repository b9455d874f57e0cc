// What stands in the way now, as small cards over the stage: never a dialog over a running call.
import type { Problem, RoomState } from '@rtc-elements/core';
import { css, type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { state } from '../internal/decorators.js';
import { each } from '../internal/each.js';
import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs';
import Volume2 from 'lucide/dist/esm/icons/volume-2.mjs';
import WifiOff from 'lucide/dist/esm/icons/wifi-off.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';

import type { RtcAction } from '../internal/actions.js';
import { icon, type IconNode } from '../internal/icon.js';
import { RtcElement } from '../internal/rtc-element.js';
import { enRoom } from '../locales/en-room.js';

interface Notice {
  readonly id: string;
  readonly icon: IconNode;
  readonly text: string;
  /** Its one button. */
  readonly button?: { readonly label: string; readonly action: RtcAction };
  readonly isDismissable?: boolean;
  readonly isUrgent?: boolean;
}

/**
 * @summary Cards for device errors, a lost connection, and sound that the browser holds back.
 * @tag rtc-notices
 *
 * @fires rtc-request - What the button of a card asks for.
 *
 * @csspart notice - Each card.
 */
export class RtcNotices extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--gap);
        pointer-events: none;
      }
      .card {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        max-width: 460px;
        padding: 6px 6px 6px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: 0 6px 20px rgb(0 0 0 / 14%);
        pointer-events: auto;
        animation: enter 160ms;
      }
      .card > .icon {
        color: var(--ink-2);
      }
      .urgent > .icon {
        color: var(--danger);
      }
      p {
        flex: 1;
        min-width: 150px;
        margin: 0;
        padding: 8px 0;
      }
      .buttons {
        display: flex;
        margin-inline-start: auto;
      }
      @keyframes enter {
        from {
          opacity: 0;
          translate: 0 -6px;
        }
      }
    `,
  ];
  static override words = enRoom;

  /** Told and put away by the person; told again when it happens again. */
  @state() private dismissed: ReadonlySet<string> = new Set();
  @state() private notices: readonly Notice[] = [];

  protected override takeState(state: RoomState): void {
    const all = this.#collect(state);
    const ids = new Set(all.map(({ id }) => id));
    const stillThere = [...this.dismissed].filter((id) => ids.has(id));
    if (stillThere.length < this.dismissed.size) this.dismissed = new Set(stillThere);
    this.notices = all.filter(({ id }) => !this.dismissed.has(id));
  }

  protected override render(): TemplateResult {
    return html`${each(
      this.notices,
      ({ id }) => id,
      (notice) => this.#renderNotice(notice),
    )}`;
  }

  #renderNotice({ id, text, button, ...notice }: Notice): TemplateResult {
    return html`<div
      part="notice"
      class="card ${notice.isUrgent ? 'urgent' : ''}"
      role=${notice.isUrgent ? 'alert' : 'status'}
    >
      ${icon(notice.icon)}
      <p>${text}</p>
      <div class="buttons">
        ${
          button
            ? html`<button
                type="button"
                class="primary"
                @click=${() => this.rtc.request(button.action)}
              >
                ${button.label}
              </button>`
            : nothing
        }
        ${
          notice.isDismissable
            ? html`<button
                type="button"
                aria-label=${this.t('dismiss')}
                @click=${() => (this.dismissed = new Set([...this.dismissed, id]))}
              >
                ${icon(X)}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #collect({ connection, problem, media }: RoomState): readonly Notice[] {
    const notices: Notice[] = [];
    if (connection === 'reconnecting') {
      const text = `${this.t('lost')} ${this.t('lostHint')}`;
      notices.push({ id: 'lost', icon: WifiOff, text, isUrgent: true });
    } else if (connection === 'connecting') {
      const text = problem?.message ?? this.t('connectingRoom');
      notices.push({ id: 'connecting', icon: WifiOff, text, isUrgent: problem !== null });
    }
    if (this.rtc.session?.sound.blocked) {
      const button = { label: this.t('enableSound'), action: { do: 'enable-sound' } } as const;
      notices.push({ id: 'sound', icon: Volume2, text: this.t('soundBlocked'), button });
    }
    for (const source of ['microphone', 'camera', 'screen'] as const) {
      const wrong = media[source].problem;
      if (wrong && wrong.code !== 'screen-cancelled')
        notices.push(this.#deviceNotice(source, wrong));
    }
    return notices;
  }

  #deviceNotice(source: 'microphone' | 'camera' | 'screen', problem: Problem): Notice {
    const action = { do: `toggle-${source}`, force: true } as const;
    return {
      id: `${source} ${problem.code}`,
      icon: CircleAlert,
      text: problem.message,
      isDismissable: true,
      isUrgent: true,
      ...(problem.retryable && { button: { label: this.t('tryAgain'), action } }),
    };
  }
}
