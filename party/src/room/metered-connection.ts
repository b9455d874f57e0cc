/** A socket that counts what it sends, so that a client that does not read cannot fill the room's memory (FL-1). */
import { createId, encode, utf8Length } from '@rtc-elements/protocol';

import type { ConnectionNote, RoomConnection } from '../ports.js';
import { Backlog, emptyBacklog } from '../rules/backlog.js';

/** The length of a mark: 72 random bits, and little to keep in a note. */
const MARK_LENGTH = 12;

export interface MeterHandlers {
  /** The backlog has changed, for the first time since it was stored. */
  onChange(connection: MeteredConnection): void;
  /** Something was to be sent, but the backlog is full. */
  onFull(connection: MeteredConnection): void;
}

export class MeteredConnection implements RoomConnection {
  readonly #connection: RoomConnection;
  readonly #handlers: MeterHandlers;
  #backlog: Backlog;
  #isUnsaved = false;

  constructor(connection: RoomConnection, handlers: MeterHandlers) {
    this.#connection = connection;
    this.#handlers = handlers;
    this.#backlog = new Backlog(connection.note.backlog ?? emptyBacklog(false));
  }

  get id(): string {
    return this.#connection.id;
  }

  get note(): ConnectionNote {
    return this.#connection.note;
  }

  setNote(note: ConnectionNote): void {
    this.#connection.setNote(note);
  }

  heardAt(): number {
    return this.#connection.heardAt();
  }

  close(code: number, reason: string): void {
    this.#connection.close(code, reason);
  }

  send(text: string, bytes = utf8Length(text)): void {
    if (this.#backlog.isFull) return this.#handlers.onFull(this);
    this.#connection.send(text);
    this.#backlog.add(bytes);
    if (this.#backlog.isMarkDue) this.#sendMark();
    if (!this.#isUnsaved) this.#change();
  }

  /** Counts from here: a newcomer gets all of `welcome`, however large it is. */
  restart(isMarked: boolean): void {
    this.#backlog = new Backlog(emptyBacklog(isMarked));
    this.#change();
  }

  /** The client has read everything up to `mark`. `false` if no such mark waits for an answer. */
  acknowledge(mark: string): boolean {
    if (!this.#backlog.acknowledge(mark)) return false;
    this.#change();
    return true;
  }

  /** Stores the backlog in the note, which outlasts sleep. */
  saveBacklog(): void {
    this.#isUnsaved = false;
    this.setNote({ ...this.note, backlog: this.#backlog.toRecord() });
  }

  #change(): void {
    if (this.#isUnsaved) return;
    this.#isUnsaved = true;
    this.#handlers.onChange(this);
  }

  #sendMark(): void {
    const mark = createId().slice(0, MARK_LENGTH);
    const text = encode({ type: 'mark', mark });
    this.#connection.send(text);
    this.#backlog.add(text.length);
    this.#backlog.addMark(mark);
  }
}
