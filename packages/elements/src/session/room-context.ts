// The contexts through which elements find the room of an enclosing element.
import { createContext } from '@lit/context';

import type { Room } from '@rtc-elements/core';

import type { SharedRoom } from './shared-room.js';

const KEY = Symbol.for('rtc-elements.room');
const SHARED_KEY = Symbol.for('rtc-elements.shared-room');

/**
 * The key of the context in which every `rtc-*` element provides its room, by the context protocol of the
 * Web Components community group. The value is the `Room` as it is now, and `null` while there is none;
 * subscribers get the next one when the element shows another room. The key is the
 * registered symbol `Symbol.for('rtc-elements.room')`, so an element need not import it.
 */
export const roomContext = createContext<Room | null, typeof KEY>(KEY);

/** The key by which the elements of this package, in all bundles on a page, find what they share. */
export const sharedRoomContext = createContext<SharedRoom | null, typeof SHARED_KEY>(SHARED_KEY);
