// Push-to-talk: the microphone is on while a key is held.
import { css, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';

/** Where a key writes, chooses or presses something, and so is not ours. */
const USES_KEYS =
  'input, textarea, select, button, a[href], summary, audio, video, [contenteditable]:not([contenteditable="false" i]), [role="button"], [role="textbox"], [role^="menuitem"], [role="slider"]';

/**
 * @summary Turns the microphone on while a key is held. Shows nothing, and leaves fields and buttons alone.
 * @tag rtc-talk-key
 *
 * @fires rtc-request - `toggle-microphone`, when the key goes down and up.
 */
export class RtcTalkKey extends RtcElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: none;
    }
  `;

  /** The key, as `KeyboardEvent.code` names it: its place, whatever the layout writes there. */
  @property() code = 'Space';

  #isHeld = false;
  #stop: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#stop = new AbortController());
    document.addEventListener('keydown', this.#onKeydown, { signal });
    document.addEventListener('keyup', this.#onKeyup, { signal });
    // Whoever goes to another window lets go of the key there, and we would never hear of it.
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
    // A page would scroll by it, also with each repeat.
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

/** Whether what has the focus, in whatever shadow root, does something of its own with keys. */
const usesKeys = (event: Event): boolean =>
  event.composedPath().some((one) => one instanceof Element && one.matches(USES_KEYS));
