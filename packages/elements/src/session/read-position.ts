// How far the chat has been read on this page.
import type { Room } from '@rtc-elements/core';

/** The newest message that has been on the screen, of one Room after the other. */
export class ReadPosition {
  #room: Room;
  /** Its number; -1 until the first welcome. */
  #seq = -1;
  /** The same, as the room was told of it. */
  #toldSeq = 0;

  constructor(room: Room) {
    this.#room = room;
    this.skipHistory();
  }

  /** Messages of others that arrived since the last `markRead()`. */
  get unread(): number {
    const { chat, you } = this.#room.getSnapshot();
    if (this.#seq < 0 || chat.lastSeq <= this.#seq) return 0;
    return chat.entries.filter(
      ({ seq, user }) => seq !== null && seq > this.#seq && user !== you?.user,
    ).length;
  }

  /** Everything in the chat has been seen. `true`: something in it had not. */
  markRead(): boolean {
    const { lastSeq } = this.#room.getSnapshot().chat;
    if (lastSeq > this.#toldSeq) this.#room.chat.markRead((this.#toldSeq = lastSeq));
    if (lastSeq <= this.#seq) return false;
    this.#seq = lastSeq;
    return true;
  }

  /** History that was there before us is not unread. */
  skipHistory(): void {
    const { connection, chat } = this.#room.getSnapshot();
    if (this.#seq < 0 && connection === 'connected') this.#seq = chat.lastSeq;
  }
}
