// A socket pair in memory: the room's end and the client's, with a wire in each direction.
import type { ConnectionNote, RoomConnection } from '../../../party/src/ports.js';
import { HEARTBEAT, HEARTBEAT_REPLY } from '@rtc-elements/protocol';

import { Wire } from './wire.js';

/** What happens to a pair, told to the house and to the client. */
export interface PairHandlers {
  /** A frame reached the room. */
  onRoomFrame(pair: SocketPair, data: unknown): void;
  /** The client's end closed; `code` as the room would be told. */
  onRoomClose(pair: SocketPair, code: number): void;
  onClientFrame(data: string): void;
  onClientClose(code: number, reason: string): void;
}

type ToClient =
  | { readonly kind: 'frame'; readonly text: string }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string };

type ToRoom =
  | { readonly kind: 'frame'; readonly data: unknown }
  | { readonly kind: 'close'; readonly code: number };

/** Both ends of one connection. */
export class SocketPair implements RoomConnection {
  readonly id: string;
  readonly toRoom: Wire<ToRoom>;
  readonly toClient: Wire<ToClient>;
  isOpen = true;
  #note: string;
  #heardAt = 0;
  readonly #handlers: PairHandlers;
  readonly #now: () => number;

  constructor(id: string, note: ConnectionNote, handlers: PairHandlers, now: () => number) {
    this.id = id;
    this.#note = JSON.stringify(note);
    this.#handlers = handlers;
    this.#now = now;
    this.toRoom = new Wire((item) => this.#reachRoom(item));
    this.toClient = new Wire((item) => this.#reachClient(item));
  }

  // The room's end.

  get note(): ConnectionNote {
    return JSON.parse(this.#note) as ConnectionNote;
  }

  setNote(note: ConnectionNote): void {
    this.#note = JSON.stringify(note);
    if (this.#note.length > 1_024) throw new Error('a note must stay below 1 KiB');
  }

  send(text: string): void {
    if (this.isOpen) this.toClient.push({ kind: 'frame', text });
  }

  close(code: number, reason: string): void {
    if (this.isOpen) this.toClient.push({ kind: 'close', code, reason });
  }

  heardAt(): number {
    return this.#heardAt;
  }

  // The client's end.

  clientSend(data: unknown): void {
    if (!this.isOpen) return;
    this.toRoom.push({ kind: 'frame', data });
  }

  clientClose(code: number, reason = ''): void {
    if (!this.isOpen) return;
    this.toRoom.push({ kind: 'close', code });
    // The room answers a close frame (UN-3).
    this.toClient.push({ kind: 'close', code, reason });
  }

  /** The network breaks: nothing on the wires arrives, both ends hear 1006. */
  cut(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.toRoom.clear();
    this.toClient.clear();
    this.#handlers.onRoomClose(this, 1006);
    this.#handlers.onClientClose(1006, '');
  }

  /** The room's process dies: only the client hears of it. */
  die(): void {
    this.isOpen = false;
    this.toRoom.clear();
    this.toClient.clear();
    this.#handlers.onClientClose(1006, '');
  }

  #reachRoom(item: ToRoom): void {
    if (item.kind === 'close') this.#handlers.onRoomClose(this, item.code);
    else if (item.data === HEARTBEAT) {
      // Answered by the runtime; the room sleeps on (PR-3).
      this.#heardAt = this.#now();
      this.send(HEARTBEAT_REPLY);
    } else this.#handlers.onRoomFrame(this, item.data);
  }

  #reachClient(item: ToClient): void {
    if (item.kind === 'frame') return this.#handlers.onClientFrame(item.text);
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#handlers.onRoomClose(this, item.code);
    this.#handlers.onClientClose(item.code, item.reason);
  }
}
