// Whether a room had files on their way when the page was last closed, without loading what would know.

const keyOf = (room: string): string => `rtc-elements:files:${room}`;

/** A browser may forbid storage: then nobody is told before somebody looks at the list. */
export function hasUnfinished(room: string): boolean {
  try {
    return localStorage.getItem(keyOf(room)) !== null;
  } catch {
    return false;
  }
}

export function noteUnfinished(room: string, isUnfinished: boolean): void {
  try {
    if (isUnfinished) localStorage.setItem(keyOf(room), '');
    else localStorage.removeItem(keyOf(room));
  } catch {
    // See above.
  }
}
