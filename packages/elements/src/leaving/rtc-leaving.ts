// <rtc-leaving>: the screen after the call.
import { type CSSResultGroup, html, nothing } from 'lit';

import { RtcElement } from '../base/rtc-element.js';
import { screenStyles } from '../base/screen-styles.js';
import { enEntry } from '../i18n/en-entry.js';
import { leaveWords } from '../view/leave-words.js';

/**
 * @summary The screen after the call: why it ended, and a button to join again, unless the page created the room.
 * @tag rtc-leaving
 *
 * @slot - Below the button.
 *
 * @fires rtc-request - `rejoin`.
 *
 * @csspart title - Why the call ended.
 * @csspart rejoin - The button to join again.
 */
export class RtcLeaving extends RtcElement {
  static override styles: CSSResultGroup = [RtcElement.styles, screenStyles];
  static override words = enEntry;

  protected override render(): unknown {
    const { state } = this.rtc;
    if (!state?.left) return nothing;
    const { title, hint, mayReturn } = leaveWords(state);
    const why = hint ? this.t(hint) : state.problem && this.why(state.problem);
    return html`
      <h2 part="title" tabindex="-1">${this.t(title, { room: state.room })}</h2>
      ${why ? html`<p role="alert">${why}</p>` : nothing}
      ${
        mayReturn && !this.rtc.shared?.isAdopted
          ? html`<button
              part="rejoin"
              type="button"
              class="primary"
              @click=${() => this.rtc.request({ do: 'rejoin' })}
            >
              ${this.t('rejoin')}
            </button>`
          : nothing
      }
      <slot></slot>
    `;
  }
}
