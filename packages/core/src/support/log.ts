// The one way this package speaks to the console.
import type { Fault } from '@rtc-elements/protocol';

/** Something went on that should not have, and was dealt with: for people who debug. */
export const logWarning = (text: string, detail?: unknown): void =>
  console.warn(`[rtc-elements] ${text}`, detail ?? '');

/** A frame from the room that cannot be read. */
export const ignoreFrame = (fault: Fault): void =>
  logWarning('A frame from the room was ignored.', fault);
