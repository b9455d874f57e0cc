// <rtc-talk-key>: push-to-talk.
import { css, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';

/** Elements that use keys themselves. */
const USES_KEYS =
  'input, textarea, select, button, a[href], summary, audio, video, [contenteditable]:not([contenteditable="false" i]), [role="button"], [role="textbox"], [role^="menuitem"], [role="slider"]';

/**
 * @summary Turns the microphone on while a key is held. Ignores keys in fields, buttons and the like. Shows nothing.
 * @tag rtc-talk-key
 *
 * @fires rtc-request - `toggle-microphone`, when the key is pressed and released.
 */
export class RtcTalkKey extends RtcElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: none;
    }
  `;

  /** The key, as a `KeyboardEvent.code`, which does not depend on the keyboard layout. */
  @property() code = 'Space';

  #isHeld = false;
  #stop: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#stop = new AbortController());
    document.addEventListener('keydown', this.#onKeydown, { signal });
    document.addEventListener('keyup', this.#onKeyup, { signal });
    // If the window loses focus, the key may be released without a `keyup` here.
    window.addEventListener('blur', this.#release, { signal });
    document.addEventListener('visibilitychange', this.#release, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
    this.#release();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { code, repeat, defaultPrevented, ctrlKey, altKey, metaKey } = event;
    if (code !== this.code || defaultPrevented || ctrlKey || altKey || metaKey) return;
    if (usesKeys(event)) return;
    // Prevents scrolling, also on repeats.
    event.preventDefault();
    if (repeat || this.#isHeld || this.rtc.state?.media.microphone.status !== 'off') return;
    this.#isHeld = true;
    void this.rtc.request({ do: 'toggle-microphone', force: true });
  };

  readonly #onKeyup = ({ code }: KeyboardEvent): void => {
    if (code === this.code) this.#release();
  };

  readonly #release = (): void => {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    void this.rtc.request({ do: 'toggle-microphone', force: false });
  };
}

/** Whether the focused element, in any shadow root, uses keys itself. */
const usesKeys = (event: Event): boolean =>
  event.composedPath().some((one) => one instanceof Element && one.matches(USES_KEYS));
