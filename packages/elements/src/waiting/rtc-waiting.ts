// <rtc-waiting>: the screen in the waiting room.
import { css, type CSSResultGroup, html, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { DoorClosed } from '../base/icons/entering.js';
import { RtcElement } from '../base/rtc-element.js';
import { screenStyles } from '../base/screen-styles.js';
import { enEntry } from '../i18n/en-entry.js';

/**
 * @summary The screen while the person waits for admission to a locked room.
 * @tag rtc-waiting
 *
 * @slot - Below the button.
 *
 * @fires rtc-request - `leave`.
 *
 * @csspart title - What the person is waiting for.
 * @csspart leave - The button to leave.
 */
export class RtcWaiting extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    screenStyles,
    css`
      .sign {
        display: grid;
        place-items: center;
        width: 64px;
        height: 64px;
        border-radius: 50%;
        background: var(--surface-2);
        color: var(--ink-2);
        --icon-size: 28px;
        animation: breathe 2.4s ease-in-out infinite;
      }
      @keyframes breathe {
        50% {
          opacity: 0.55;
        }
      }
    `,
  ];
  static override words = enEntry;

  protected override render(): TemplateResult {
    return html`
      <span class="sign">${icon(DoorClosed)}</span>
      <h2 part="title" tabindex="-1" data-focus>${this.t('waitTitle')}</h2>
      <p role="status">${this.t('waitHint')}</p>
      <button
        part="leave"
        type="button"
        class="plain"
        @click=${() => this.rtc.request({ do: 'leave' })}
      >
        ${this.t('waitLeave')}
      </button>
      <slot></slot>
    `;
  }
}
