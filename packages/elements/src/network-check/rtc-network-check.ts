// <rtc-network-check>: checks before a call whether the network is good enough.
import { checkNetwork, type NetworkReport } from '@rtc-elements/core';
import { css, type CSSResultGroup, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';
import { enLobby } from '../i18n/en-lobby.js';
import type { MessageKey } from '../i18n/en.js';

const PROBLEMS = {
  'room-unreachable': 'checkRoomUnreachable',
  'no-path': 'checkNoPath',
  'relay-refused': 'checkRelayRefused',
  'relay-full': 'checkRelayFull',
  'relay-unreachable': 'checkRelayUnreachable',
  'udp-blocked': 'checkUdpBlocked',
  slow: 'checkSlow',
} as const satisfies Record<NonNullable<NetworkReport['problem']>, MessageKey>;

/**
 * @summary A button that checks the network before a call, and the result in a sentence. Shows nothing for a room that the page created.
 * @tag rtc-network-check
 *
 * @csspart verdict - The result.
 * @csspart good - In addition to `verdict`: nothing is in the way of a call.
 * @csspart fair - In addition to `verdict`: a call may suffer.
 * @csspart poor - In addition to `verdict`: a call will suffer.
 * @csspart check - The button that starts the check.
 */
export class RtcNetworkCheck extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 10px;
        color: var(--ink-2);
        font-size: 12.5px;
      }
      p {
        flex: 1 1 90px;
        margin: 0;
      }
      .good {
        color: color-mix(in srgb, var(--ok) 78%, var(--ink));
      }
      .fair {
        color: color-mix(in srgb, var(--warn) 80%, var(--ink));
      }
      .poor {
        color: color-mix(in srgb, var(--danger) 85%, var(--ink));
      }
      button {
        flex: none;
        color: var(--accent);
        font-weight: 600;
      }
      button:hover {
        background: none;
        text-decoration: underline;
      }
    `,
  ];
  static override words = enLobby;

  @state() private status: 'idle' | 'running' | 'failed' | 'done' = 'idle';
  /** The report of the last check; `null` before the first one. */
  report: NetworkReport | null = null;
  #stop: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  /** What was measured was the way to another host. */
  protected override roomChanged(): void {
    this.#stop?.abort();
    this.status = 'idle';
    this.report = null;
  }

  /**
   * Runs a check. Resolves with the report, or with `null` if the check failed or was cancelled, or if
   * the page created the room: its options are not known then.
   */
  async check(): Promise<NetworkReport | null> {
    const { shared } = this.rtc;
    if (!shared || shared.isAdopted) return null;
    this.#stop?.abort();
    const { signal } = (this.#stop = new AbortController());
    this.status = 'running';
    const report = await checkNetwork({ ...shared.options, signal }).catch(() => null);
    // Another check has started, or the element was removed.
    if (signal.aborted) {
      if (this.#stop.signal === signal) this.status = 'idle';
      return null;
    }
    this.report = report;
    this.status = report ? 'done' : 'failed';
    return report;
  }

  protected override render(): unknown {
    if (this.rtc.shared?.isAdopted) return nothing;
    const quality = this.status === 'done' ? (this.report?.quality ?? '') : '';
    const isRunning = this.status === 'running';
    return html`<p part="verdict ${quality}" class=${quality} role="status">${this.#verdict()}</p>
      <button part="check" type="button" aria-disabled=${isRunning} @click=${this.#onClick}>
        ${this.t(this.status === 'idle' || isRunning ? 'checkNetwork' : 'checkAgain')}
      </button>`;
  }

  #verdict(): string {
    if (this.status === 'running') return this.t('checkRunning');
    if (this.status === 'failed') return this.t('checkFailed');
    if (this.status === 'idle') return this.t('checkNone');
    const { problem } = this.report ?? {};
    return this.t(problem ? PROBLEMS[problem] : 'checkGood');
  }

  /** The button is not `disabled` while a check runs, as that would lose focus. */
  readonly #onClick = (): void => {
    if (this.status !== 'running') void this.check();
  };
}
