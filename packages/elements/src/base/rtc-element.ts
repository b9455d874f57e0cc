// The base class of all elements: shared styles, localized texts, and access to the room.
import type { RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import { enShared } from '../i18n/en-shared.js';
import type { MessageKey, Messages } from '../i18n/en.js';
import { localize, type MessageParams } from '../i18n/localize.js';
import { RoomController } from '../session/room-controller.js';
import type { SharedRoom } from '../session/shared-room.js';
import { baseStyles } from './styles.js';

/** The base class of all `rtc-*` elements. */
export abstract class RtcElement extends LitElement {
  static override styles: CSSResultGroup = baseStyles;

  /** The English texts that the element uses. @internal */
  static words: Partial<Messages> = enShared;

  /** The `id` of the `<rtc-room>` whose room to show, for an element outside of it. */
  @property() for = '';

  /** Access to the room: its snapshot, and requests to it. @internal */
  readonly rtc = new RoomController(this);

  #shown: SharedRoom | null = null;

  /**
   * Called before `takeState` when the element shows another room than it last did. What it has kept, such
   * as a message that is pointed at, belongs to that room.
   */
  protected roomChanged?(): void;

  /** Called before each render to pick what the element shows from the snapshot. */
  protected takeState?(state: RoomState): void;

  protected override update(changed: PropertyValues): void {
    const { shared, state } = this.rtc;
    // An update that was requested before a removal happens after it.
    if (shared && state && this.isConnected) {
      const isOther = this.#shown !== null && this.#shown !== shared;
      this.#shown = shared;
      if (isOther) this.roomChanged?.();
      this.takeState?.(state);
    }
    super.update(changed);
  }

  /** The text for `key`, with `params` filled in. */
  protected t(key: MessageKey, params?: MessageParams): string {
    const { words } = this.constructor as typeof RtcElement;
    return localize(this.rtc.shared?.messages, words, key, params);
  }
}
