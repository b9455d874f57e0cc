/** Handles the state that everybody in a room shares, one change at a time (ST-1). */
import {
  type Fault,
  LIMITS,
  type StateRequest,
  type StateSetMessage,
  TIMES,
} from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import type { SessionRecord } from '../rules/room-book.js';
import {
  EMPTY_SHARED_STATE,
  presentEntry,
  setState,
  type SharedState,
} from '../rules/shared-state.js';
import { SerialQueue } from '../storage/serial-queue.js';
import { StateStore } from '../storage/state-store.js';
import type { FaultHandler } from './fault-handler.js';
import { refuseBusy } from './refuse-busy.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

/** What has become of a change; `bytes` were sent to others because of it, counted once. */
export type StateOutcome =
  | { readonly ok: true; readonly rev: number; readonly bytes: number }
  | { readonly ok: false; readonly fault: Fault };

/** Who has set the values of a backend. */
const SERVER = 'server';

export class StateHandler {
  readonly #ports: RoomPorts;
  readonly #roster: Roster;
  readonly #faults: FaultHandler;
  readonly #store: StateStore;
  readonly #queue = new SerialQueue(LIMITS.waitingWrites);
  #state: SharedState = EMPTY_SHARED_STATE;

  constructor(ports: RoomPorts, roster: Roster, faults: FaultHandler) {
    this.#ports = ports;
    this.#roster = roster;
    this.#faults = faults;
    this.#store = new StateStore(ports.store);
  }

  load(): Promise<SharedState> {
    return this.#store.load();
  }

  start(state: SharedState): void {
    this.#state = state;
  }

  /** How many keys have a value. */
  get size(): number {
    return this.#state.entries.size;
  }

  /** Resolves with how many bytes were sent because of it: to the sender, or to others, counted once. */
  async set(
    connection: RoomConnection,
    record: SessionRecord,
    message: StateSetMessage,
  ): Promise<number> {
    if (!this.#queue.isFull) {
      return this.#queue.run(() => this.#set(connection, record, message));
    }
    refuseBusy(this.#faults, connection, message.ref);
    return 0;
  }

  /** Sets a value for a backend (ST-2). */
  put(request: StateRequest): Promise<StateOutcome> {
    if (this.#queue.isFull) {
      return Promise.resolve(refusedChange('rate-limited', 'too many wait for the same'));
    }
    return this.#queue.run(() => this.#change(request, SERVER));
  }

  /** Sends everything after `welcome`. Empty state is sent only to a resumed client, which may hold some. */
  sendAll(connection: RoomConnection, resumed: boolean): void {
    const entries = [...this.#state.entries.values()];
    if (entries.length > 0 || resumed) send(connection, { type: 'state', entries, all: true });
  }

  async #set(
    connection: RoomConnection,
    { user }: SessionRecord,
    message: StateSetMessage,
  ): Promise<number> {
    const change = await this.#change(message, user);
    if (!change.ok) {
      const { fault } = change;
      const entries = [presentEntry(this.#state, message.key)];
      const bytes = fault.code === 'conflict' ? send(connection, { type: 'state', entries }) : 0;
      this.#faults.refuse(
        connection,
        { ...fault, ref: message.ref },
        fault.code === 'not-stored' ? TIMES.storeRetryMs : undefined,
      );
      return bytes;
    }
    send(connection, { type: 'done', ref: message.ref });
    return change.bytes;
  }

  /** Stores a value, and tells everybody. */
  async #change(request: StateRequest, by: string): Promise<StateOutcome> {
    const change = setState(this.#state, request, by);
    if (!change.ok) return change;
    const { entry, state } = change;
    try {
      await this.#store.save(entry);
    } catch (error) {
      this.#ports.log.warn('not-stored', { error: String(error) });
      return refusedChange('not-stored', 'the room could not store it; send it again');
    }
    this.#state = state;
    return {
      ok: true,
      rev: entry.rev,
      bytes: this.#roster.broadcast({ type: 'state', entries: [entry] }),
    };
  }
}

const refusedChange = (code: Fault['code'], detail: string): StateOutcome => ({
  ok: false,
  fault: { code, detail },
});
