// Typing is passed on and forgotten (CH-6).
import { type Delivery, listeners, type RoomBook } from './room-book.js';

/** Tells everybody else. */
export const relayTyping = (book: RoomBook, from: string, on: boolean): Delivery => ({
  to: listeners(book, from),
  message: { type: 'typing', from, on },
});
