// The base class of all elements: shared styles, localized texts, and access to the room.
import type { Problem, RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, type CSSResultOrNative, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import { enShared } from '../i18n/en-shared.js';
import type { MessageKey, Messages } from '../i18n/en.js';
import { localize, type MessageParams } from '../i18n/localize.js';
import { problemWords } from '../i18n/problem-words.js';
import { LazyPart } from '../lazy/lazy-part.js';
import { RoomController } from '../session/room-controller.js';
import type { SharedRoom } from '../session/shared-room.js';
import { giveStyles } from './give-styles.js';
import { baseStyles } from './styles.js';

const focus = new LazyPart(() => import('./keep-focus.js'));

/**
 * The base class of all `rtc-*` elements.
 *
 * @cssprop --rtc-accent - Primary buttons, links, the ring around a person who speaks.
 * @cssprop --rtc-accent-ink - Text on the accent colour.
 * @cssprop --rtc-danger - Leave, muted, errors.
 * @cssprop --rtc-ok - Level meters, and a direct connection.
 * @cssprop --rtc-warn - A connection that could be better.
 * @cssprop --rtc-surface - Panels and buttons.
 * @cssprop --rtc-surface-2 - Fields.
 * @cssprop --rtc-surface-3 - Chips, meters, and buttons under the pointer.
 * @cssprop --rtc-stage - The background behind the tiles.
 * @cssprop [--rtc-tile=#20242c] - A tile without a picture.
 * @cssprop [--rtc-tile-ink=#fff] - Text on a tile.
 * @cssprop --rtc-ink - Text.
 * @cssprop --rtc-ink-2 - Secondary text.
 * @cssprop --rtc-line - Hairlines.
 * @cssprop [--rtc-radius=12px] - The radius of corners.
 * @cssprop [--rtc-gap=8px] - The gap between buttons.
 * @cssprop [--rtc-font=system-ui, sans-serif] - The font.
 */
export abstract class RtcElement extends LitElement {
  /** The styles inside the element. */
  static override styles: CSSResultGroup = baseStyles;

  static {
    // Lit's development build warns of an update that asks for another one. Here that is meant: what a room is told
    // after an update, such as new texts, may change the snapshot, which every element renders.
    this.disableWarning?.('change-in-update');
  }

  /** The English texts that the element uses. @internal */
  static words: Partial<Messages> = enShared;

  /** The `id` of the `<rtc-room>` whose room to show, for an element outside of it. */
  @property() for = '';

  /** Access to the room: its snapshot, and requests to it. @internal */
  readonly rtc = new RoomController(this);

  #shown: SharedRoom | null = null;

  /**
   * A move to another document loses the styles, and what is rendered may depend on where the element is.
   * @internal
   */
  adoptedCallback(): void {
    if (this.shadowRoot) giveStyles(this.shadowRoot, this.ownStyles);
    this.requestUpdate();
  }

  /** Focuses the place for it in this element: a heading, or the first control. */
  override focus(options?: FocusOptions): void {
    const enter = (): void => focus.use(enter)?.enter(this, options);
    enter();
  }

  /** Those of the class, and what an instance adds. */
  protected get ownStyles(): readonly CSSResultOrNative[] {
    return (this.constructor as typeof RtcElement).elementStyles;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const { shadowRootOptions } = this.constructor as typeof RtcElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    giveStyles(root, this.ownStyles);
    return root;
  }

  /** What has the focus in it, unless that is marked or the first control; see `keep-focus.ts`. @internal */
  focusPlace?(): HTMLElement | null | undefined;

  /**
   * Called before `takeState` when the element shows another room than it last did. What it has kept, such
   * as a message that is pointed at, belongs to that room.
   */
  protected roomChanged?(): void;

  /** Called before each render to pick what the element shows from the snapshot. */
  protected takeState?(state: RoomState): void;

  protected override update(changed: PropertyValues): void {
    const { shared, state } = this.rtc;
    const hadFocus = this.matches(':focus-within') || focus.module?.owesFocus(this);
    // An update that was requested before a removal happens after it.
    if (shared && state && this.isConnected) {
      const isOther = this.#shown !== null && this.#shown !== shared;
      this.#shown = shared;
      if (isOther) this.roomChanged?.();
      this.takeState?.(state);
    }
    super.update(changed);
    const keep = (): void => void focus.use(keep)?.keepFocus(this);
    if (hadFocus) keep();
  }

  /** The sentence for a problem. */
  protected why(problem: Pick<Problem, 'code' | 'message'>, params?: MessageParams): string {
    return problemWords(problem, this.rtc.shared?.messages, params);
  }

  /** The text for `key`, with `params` filled in. */
  protected t(key: MessageKey, params?: MessageParams): string {
    const { words } = this.constructor as typeof RtcElement;
    return localize(this.rtc.shared?.messages, words, key, params);
  }
}
