/**
 * Remembers which rooms were writing. A runtime throws a room's object away, with its memory, when a write
 * fails, so the object cannot hear of it. What the isolate remembers tells the next object of the room.
 */
export class WritesUnderWay {
  readonly #byRoom = new Map<string, Set<symbol>>();

  /** A new object of the room begins. Returns whether the one before it was thrown away during a write. */
  start(room: string): boolean {
    const hasFailed = (this.#byRoom.get(room)?.size ?? 0) > 0;
    // The writes of the former object may still end. They count no longer.
    this.#byRoom.delete(room);
    return hasFailed;
  }

  /** A write begins. Call the result when it has ended, well or not. */
  begin(room: string): () => void {
    const write = Symbol(room);
    const writes = this.#byRoom.get(room) ?? new Set();
    this.#byRoom.set(room, writes.add(write));
    return () => {
      writes.delete(write);
      if (writes.size === 0 && this.#byRoom.get(room) === writes) this.#byRoom.delete(room);
    };
  }
}
