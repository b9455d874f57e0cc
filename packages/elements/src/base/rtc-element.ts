// The base of every element: shared look, words, and the way to the room.
import type { RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import { enShared } from '../i18n/en-shared.js';
import type { MessageKey, Messages } from '../i18n/en.js';
import { localize, type MessageParams } from '../i18n/localize.js';
import { RoomController } from '../session/room-controller.js';
import { baseStyles } from './styles.js';

/** What all `rtc-*` elements are. */
export abstract class RtcElement extends LitElement {
  static override styles: CSSResultGroup = baseStyles;

  /** The English words that the element uses. @internal */
  static words: Partial<Messages> = enShared;

  /** The id of the `<rtc-room>` to show, for an element that stands outside of it. */
  @property() for = '';

  /** The way to the room: its snapshot, and requests to it. @internal */
  readonly rtc = new RoomController(this);

  /** Takes what the element shows out of the snapshot, before it renders. */
  protected takeState?(state: RoomState): void;

  protected override update(changed: PropertyValues): void {
    const { state } = this.rtc;
    if (state) this.takeState?.(state);
    super.update(changed);
  }

  /** The words of `key` in the page's language, with `{params}` filled in. */
  protected t(key: MessageKey, params?: MessageParams): string {
    const { words } = this.constructor as typeof RtcElement;
    return localize(this.rtc.shared?.messages, words, key, params);
  }
}
