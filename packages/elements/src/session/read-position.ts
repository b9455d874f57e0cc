// Tracks how far the chat has been read on this page.
import type { Room } from '@rtc-elements/core';

/** The read position in one Room. */
export class ReadPosition {
  #room: Room;
  /** The `seq` of the newest message that was visible; -1 before the first welcome. */
  #seq = -1;
  /** The `seq` that was last reported to the room. */
  #toldSeq = 0;

  constructor(room: Room) {
    this.#room = room;
    this.skipHistory();
  }

  /** The number of messages of others since the last `markRead()`. */
  get unread(): number {
    const { chat, you } = this.#room.getSnapshot();
    if (this.#seq < 0 || chat.lastSeq <= this.#seq) return 0;
    return chat.entries.filter(
      ({ seq, user }) => seq !== null && seq > this.#seq && user !== you?.user,
    ).length;
  }

  /** Marks all messages as read. Returns whether that changed anything. */
  markRead(): boolean {
    const { lastSeq } = this.#room.getSnapshot().chat;
    if (lastSeq > this.#toldSeq) this.#room.chat.markRead((this.#toldSeq = lastSeq));
    if (lastSeq <= this.#seq) return false;
    this.#seq = lastSeq;
    return true;
  }

  /** Messages from before the first welcome do not count as unread. */
  skipHistory(): void {
    const { connection, chat } = this.#room.getSnapshot();
    if (this.#seq < 0 && connection === 'connected') this.#seq = chat.lastSeq;
  }
}
