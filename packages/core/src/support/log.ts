// The one way this package speaks to the console.

/** Something went on that should not have, and was dealt with: for people who debug. */
export const logWarning = (text: string, detail?: unknown): void =>
  console.warn(`[rtc-elements] ${text}`, detail ?? '');
