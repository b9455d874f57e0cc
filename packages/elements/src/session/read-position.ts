// Tracks how far this person has read the chat: on this page, and in their other tabs as the room says (CH-7).
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
    this.update();
  }

  /** The number of messages of others that this person has not seen since they came. */
  get unread(): number {
    const { chat, you } = this.#room.getSnapshot();
    if (this.#seq < 0 || chat.lastSeq <= this.#seq) return 0;
    return chat.entries.filter(
      ({ seq, user }) => seq !== null && seq > this.#seq && user !== you?.user,
    ).length;
  }

  /** Marks all messages as read. Returns whether that changed anything. */
  markRead(): boolean {
    this.update();
    // What the first welcome brings is history, even if an empty chat was looked at before.
    if (this.#seq < 0) return false;
    const { lastSeq } = this.#room.getSnapshot().chat;
    if (lastSeq > this.#toldSeq) this.#room.chat.markRead((this.#toldSeq = lastSeq));
    if (lastSeq <= this.#seq) return false;
    this.#seq = lastSeq;
    return true;
  }

  /**
   * To be called when the snapshot has changed. Messages from before the first welcome do not count as unread, nor what
   * another tab of this person has read.
   */
  update(): void {
    const { connection, chat, peers, you } = this.#room.getSnapshot();
    if (this.#seq < 0) {
      if (connection === 'connected') this.#seq = chat.lastSeq;
      return;
    }
    for (const { user, read } of peers)
      if (user === you?.user) this.#seq = Math.max(this.#seq, read);
  }
}
