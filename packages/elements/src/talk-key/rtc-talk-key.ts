// <rtc-talk-key>: push-to-talk.
import { css, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';
import { viewOf } from '../base/view-of.js';
import type { SharedRoom } from '../session/shared-room.js';

const KEY = Symbol.for('rtc-elements.talk-keys');

/** All talk keys of the page, in the order in which they came, on `globalThis` for all bundles on it. */
const page = ((globalThis as { [KEY]?: Set<TalkKey> })[KEY] ??= new Set());

/** What the talk keys of a page know of each other: one press talks in one room. */
interface TalkKey {
  /** How much the press is for this room: 0 for not at all. */
  rank(event: KeyboardEvent): number;
}

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

  /** The session in which it turned the microphone on, while the key is held. */
  #heldIn: SharedRoom | null = null;
  #stop: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    page.add(this);
    const { signal } = (this.#stop = new AbortController());
    const { ownerDocument } = this;
    ownerDocument.addEventListener('keydown', this.#onKeydown, { signal });
    ownerDocument.addEventListener('keyup', this.#onKeyup, { signal });
    // If the window loses focus, the key may be released without a `keyup` here.
    viewOf(this).addEventListener('blur', this.#release, { signal });
    ownerDocument.addEventListener('visibilitychange', this.#release, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    page.delete(this);
    this.#stop?.abort();
    this.#release();
  }

  /** The microphone of the former room must not stay on. */
  protected override roomChanged(): void {
    this.#release();
  }

  /** The room that contains the focus comes first, then one in which there is a call. @internal */
  rank({ code, target }: KeyboardEvent): number {
    const { shared, state } = this.rtc;
    if (code !== this.code || !shared || state?.connection === 'closed') return 0;
    const room = this.closest('rtc-room') ?? (this.getRootNode() as Partial<ShadowRoot>).host;
    if (room?.contains(target as Node)) return 3;
    return shared.isCalling ? 2 : 1;
  }

  /** Whether the press is for another talk key: the first of those for which it is most. */
  #isForAnother(event: KeyboardEvent): boolean {
    const own = this.rank(event);
    const others = [...page].map((key) => (key === this ? own : key.rank(event)));
    const most = Math.max(...others);
    return most === 0 || [...page][others.indexOf(most)] !== this;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { code, repeat, defaultPrevented, ctrlKey, altKey, metaKey } = event;
    if (code !== this.code || defaultPrevented || ctrlKey || altKey || metaKey) return;
    if (usesKeys(event) || this.#isForAnother(event)) return;
    // Prevents scrolling, also on repeats.
    event.preventDefault();
    if (repeat || this.#heldIn || this.rtc.state?.media.microphone.status !== 'off') return;
    this.#heldIn = this.rtc.shared;
    void this.rtc.request({ do: 'toggle-microphone', force: true });
  };

  readonly #onKeyup = ({ code }: KeyboardEvent): void => {
    if (code === this.code) this.#release();
  };

  readonly #release = (): void => {
    const shared = this.#heldIn;
    if (!shared) return;
    this.#heldIn = null;
    if (shared === this.rtc.shared) {
      void this.rtc.request({ do: 'toggle-microphone', force: false });
    } else void shared.setDevice('microphone', false);
  };
}

/** Whether the focused element, in any shadow root, uses keys itself. */
const usesKeys = (event: Event): boolean =>
  event.composedPath().some((one) => (one as Partial<Element>).matches?.(USES_KEYS));
