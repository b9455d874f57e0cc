// <rtc-level-meter>: the level of the local microphone, in twenty segments.
import { css, type CSSResultGroup, html, type TemplateResult } from 'lit';

import { cssProperties } from '../base/css-properties.js';
import { RtcElement } from '../base/rtc-element.js';
import { enLobby } from '../i18n/en-lobby.js';

const SEGMENTS = 20;

/**
 * @summary A segmented level meter of the local microphone.
 * @tag rtc-level-meter
 *
 * @csspart track - The row of segments.
 */
export class RtcLevelMeter extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    css`
      .track {
        position: relative;
        height: 8px;
        border-radius: 3px;
        background: var(--surface-3);
        mask: repeating-linear-gradient(90deg, #000 0 calc(5% - 4px), #0000 0 5%);
      }
      .lit {
        height: 100%;
        width: var(--lit, 0%);
        background: var(--ok);
      }
      @media (forced-colors: active) {
        .lit {
          background: Highlight;
        }
      }
    `,
  ];
  static override words = enLobby;

  #shown = 0;

  constructor() {
    super();
    this.rtc.onLevels((levels) => {
      const { state } = this.rtc;
      const level = levels.get(state?.you?.session ?? '') ?? 0;
      // The square root puts normal speech in the middle of the scale.
      // The meter falls more slowly than it rises, so that a short word is visible.
      const shown = Math.max(Math.round(Math.sqrt(level) * SEGMENTS), this.#shown - 2);
      if (shown === this.#shown) return;
      this.#shown = shown;
      this.requestUpdate();
    });
  }

  protected override roomChanged(): void {
    this.#shown = 0;
  }

  protected override render(): TemplateResult {
    const lit = this.rtc.state?.media.microphone.status === 'on' ? this.#shown : 0;
    return html`<div
      part="track"
      class="track"
      role="meter"
      aria-label=${this.t('inputLevel')}
      aria-valuemin="0"
      aria-valuemax=${SEGMENTS}
      aria-valuenow=${lit}
    >
      <div class="lit" ${cssProperties({ '--lit': `${(100 / SEGMENTS) * lit}%` })}></div>
    </div>`;
  }
}
