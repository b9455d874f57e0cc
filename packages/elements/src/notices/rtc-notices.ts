// <rtc-notices>: cards over the stage for what needs attention. Never a dialog: it would cover a
// running call.
import type { Problem, RoomState } from '@rtc-elements/core';
import type { WaitingPerson } from '@rtc-elements/protocol';
import { css, type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { icon, type IconNode } from '../base/icon.js';
import { MessageSquare, MicOff, Users, Volume2, WifiOff } from '../base/icons/call.js';
import { X } from '../base/icons/common.js';
import { DoorOpen, OctagonAlert } from '../base/icons/notices.js';
import { RtcElement } from '../base/rtc-element.js';
import type { MessageKey } from '../i18n/en.js';
import { enNotices } from '../i18n/en-notices.js';
import type { RtcAction } from '../session/requests/request-map.js';
import { mayModerate } from '../view/may-moderate.js';

interface Notice {
  readonly id: string;
  readonly icon: IconNode;
  readonly text: string;
  /** The button of the card. */
  readonly button?: { readonly label: string; readonly action: RtcAction };
  readonly isDismissable?: boolean;
  readonly isUrgent?: boolean;
}

/** The texts for the codes of `RoomState.relayProblem`. */
const RELAY_PROBLEMS: Readonly<Record<string, MessageKey>> = {
  'turn-refused': 'relayRefused',
  'turn-forbidden': 'relayForbidden',
  'turn-quota': 'relayQuota',
  'turn-capacity': 'relayCapacity',
  'turn-unreachable': 'relayUnreachable',
  'turn-missing': 'relayMissing',
};

/**
 * @summary Cards for join requests, messages that were not sent, device errors, a lost connection, a full call, a missing relay, blocked sound, and talking while muted.
 * @tag rtc-notices
 *
 * @fires rtc-request - What the button of a card requests.
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
      small {
        color: var(--ink-2);
        white-space: nowrap;
      }
      .buttons {
        display: flex;
        gap: var(--gap);
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
  static override words = enNotices;

  /** `waiting`: show only join requests, for a chat, which shows the rest in its own way. */
  @property() only: 'waiting' | '' = '';

  @state() private waiting: readonly WaitingPerson[] = [];
  /** Notices that the person dismissed. They appear again when the cause occurs again. */
  @state() private dismissed: ReadonlySet<string> = new Set();
  @state() private notices: readonly Notice[] = [];
  /** Whether its cards are read to people who cannot see them, rather than those of another element. */
  #isRead = true;

  protected override roomChanged(): void {
    this.dismissed = new Set();
  }

  protected override takeState(state: RoomState): void {
    this.#isRead = this.only === '' && this.rtc.owns('notices');
    this.waiting = mayModerate(state.you) ? state.access.waiting : [];
    const all = this.only ? [] : this.#collect(state);
    const ids = new Set(all.map(({ id }) => id));
    const stillThere = [...this.dismissed].filter((id) => ids.has(id));
    if (stillThere.length < this.dismissed.size) this.dismissed = new Set(stillThere);
    this.notices = all.filter(({ id }) => !this.dismissed.has(id));
  }

  protected override render(): TemplateResult {
    return html`${this.#renderKnock(this.waiting)}${repeat(
      this.notices,
      ({ id }) => id,
      (notice) => this.#renderNotice(notice),
    )}`;
  }

  /**
   * One join request at a time, the oldest first, so that the call has no more than two buttons over
   * it.
   */
  #renderKnock([first, ...others]: readonly WaitingPerson[]): unknown {
    if (!first) return nothing;
    const { session, name } = first;
    const more = others.length > 0 ? this.t('asksMore', { count: others.length }) : '';
    const button = (key: 'admit' | 'deny', kind: string): TemplateResult =>
      html`<button type="button" class=${kind} @click=${() => this.#answer(key, session)}>
        ${this.t(key)}
      </button>`;
    return html`<div
      part="notice"
      class="card"
      role="group"
      tabindex="-1"
      data-focus
      aria-label=${this.t('asksToJoin', { name })}
    >
      ${icon(DoorOpen)}
      <p>${this.t('asksToJoin', { name })}${more && html` <small>${more}</small>`}</p>
      <div class="buttons">${button('deny', 'plain')}${button('admit', 'primary')}</div>
    </div>`;
  }

  /** The card disappears when the room says that they are not waiting any more. */
  async #answer(key: 'admit' | 'deny', session: string): Promise<void> {
    await this.rtc.request({ do: `${key}-person`, session });
  }

  #renderNotice({ id, text, button, ...notice }: Notice): TemplateResult {
    return html`<div
      part="notice"
      class="card ${notice.isUrgent ? 'urgent' : ''}"
      role=${this.#isRead ? (notice.isUrgent ? 'alert' : 'status') : nothing}
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

  #collect({
    connection,
    problem,
    callProblem,
    relayProblem,
    soundProblem,
    media,
    you,
    chat,
  }: RoomState): readonly Notice[] {
    const notices: Notice[] = [];
    if (connection === 'reconnecting') {
      const text = `${this.t('lost')} ${this.t('lostHint')}`;
      notices.push({ id: 'lost', icon: WifiOff, text, isUrgent: true });
    } else if (connection === 'connecting') {
      const text = problem ? this.why(problem) : this.t('connectingRoom');
      notices.push({ id: 'connecting', icon: WifiOff, text, isUrgent: problem !== null });
    }
    if (callProblem) {
      const text = this.why(callProblem);
      notices.push({ id: callProblem.code, icon: Users, text, isDismissable: true });
    }
    if (relayProblem && connection === 'connected') {
      const { code, message } = relayProblem;
      const key = RELAY_PROBLEMS[code];
      const text = this.why({ ...relayProblem, message: key ? this.t(key) : message });
      const id = `relay ${relayProblem.code}`;
      notices.push({ id, icon: OctagonAlert, text, isDismissable: true, isUrgent: true });
    }
    if (soundProblem) {
      const button = { label: this.t('enableSound'), action: { do: 'enable-sound' } } as const;
      notices.push({ id: 'sound', icon: Volume2, text: this.t('soundBlocked'), button });
    }
    const count = chat.entries.filter(({ status }) => status === 'failed').length;
    if (count > 0 && !this.rtc.shared?.showsChat) {
      const action = { do: 'toggle-panel', panel: 'chat', force: true } as const;
      const button = { label: this.t('showUnsent'), action };
      const text = this.t('unsent', { count });
      notices.push({
        id: `unsent ${count}`,
        icon: MessageSquare,
        text,
        button,
        isDismissable: true,
      });
    }
    // Only known with `hold-microphone`.
    if (you?.speaking && media.microphone.status === 'off') {
      const action = { do: 'toggle-microphone', force: true } as const;
      const button = { label: this.t('unmuteMicrophone'), action };
      const text = this.t('mutedTalking');
      notices.push({ id: 'muted', icon: MicOff, text, button, isDismissable: true });
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
      icon: OctagonAlert,
      text: this.why(problem, { device: this.t(source) }),
      isDismissable: true,
      isUrgent: true,
      ...(problem.retryable && { button: { label: this.t('tryAgain'), action } }),
    };
  }
}
