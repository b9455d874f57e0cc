// The only module of this package that writes to the console.
import type { Fault } from '@rtc-elements/protocol';

/** Logs something unexpected that was handled, for debugging. */
export const logWarning = (text: string, detail?: unknown): void =>
  console.warn(`[rtc-elements] ${text}`, detail ?? '');

/** Tells a developer what to know, though nothing is wrong. */
export const logHint = (text: string): void => console.info(`[rtc-elements] ${text}`);

/** Logs a frame from the room that could not be decoded. */
export const ignoreFrame = (fault: Fault): void =>
  logWarning('A frame from the room was ignored.', fault);
