// The locks by which the Rooms of a browser know of each other (Web Locks).

/** Absent in insecure pages. There, two open tabs may both offer a message; the room stores it once (CH-1). */
export const locks = (): LockManager | undefined =>
  typeof navigator === 'undefined' ? undefined : navigator.locks;
