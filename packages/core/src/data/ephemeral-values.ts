/**
 * The ephemeral values of a room: ours go to everybody, those of others are kept as long as the others are here
 * (rules EV). Knows peers by session, and paths by what they can do; does not know what a path is.
 */
import {
  decodePathMessage,
  type Json,
  LIMITS,
  type ValueEntry,
  type ValueMessage,
  valueMessageSchemas,
} from '@rtc-elements/protocol';

import type { Reliability } from '../call/ports.js';
import type { RoomContext } from '../room/room-context.js';
import { SendRate } from '../signaling/send-rate.js';
import type { RoomState } from '../state/room-state.js';
import { openPeerPaths } from './peer-paths.js';
import type { DataContext, PeerPathHandlers, PeerPaths } from './ports.js';
import { ReceivedValues } from './rules/received-values.js';
import type { Pace } from './rules/value-history.js';
import { type OwnValue, ValueOutbox, type ValuePace } from './rules/value-outbox.js';

/** What the values need of their room. */
export interface ValuesHost extends Pick<RoomContext, 'clock' | 'getSnapshot'> {
  subscribe(listener: () => void): () => void;
  openPaths(handlers: PeerPathHandlers): PeerPaths;
  /** See `DataContext.wantLink`. */
  wantLink(session: string): Promise<unknown>;
  /** A value of somebody else has changed. */
  onChange(name: string, session: string, value: Json): void;
}

/** A late value is worth nothing, and one that is lost is repeated (EV-3). */
const LOSSY: Reliability = { ordered: false, maxRetransmits: 0 };

/** Rounded up: never more than so many in any second. */
const PATH_PACE: ValuePace = {
  intervalMs: Math.ceil(1_000 / LIMITS.valuesPerSecond),
  messageBytes: LIMITS.valuesBytes - 128,
};

/** Who has no link is asked for one this often, ms: perhaps their page takes values by now. */
const ASK_MS = 60_000;

/** Three messages: one may be late, and one lost. */
const PLAYBACK: Pace = { behindMs: 100 };

/** Beside what a peer says, there is what it answers, so twice as much. The rest is dropped, as a network would. */
const TAKEN = { perSecond: 2 * LIMITS.valuesPerSecond, burst: 2 * LIMITS.valuesPerSecond };

interface Other {
  readonly outbox: ValueOutbox;
  received: ReceivedValues;
  readonly rate: SendRate;
  /** Until there is room for more on the path. */
  isFull: boolean;
}

export class EphemeralValues {
  readonly #host: ValuesHost;
  readonly #own: ReadonlyMap<string, OwnValue>;
  readonly #paths: PeerPaths;
  readonly #others = new Map<string, Other>();
  readonly #unsubscribe: () => void;
  #cancelTimer: (() => void) | null = null;
  /** Who was asked for a link, since the timer was set. */
  readonly #asked = new Set<string>();
  #cancelAsking: (() => void) | null = null;
  #isListener = false;

  /** `own`: our values, which whoever holds it changes, and then calls `set()`. */
  constructor(host: ValuesHost, own: ReadonlyMap<string, OwnValue>) {
    this.#host = host;
    this.#own = own;
    this.#paths = host.openPaths({
      onOpen: (session) => this.#onOpen(session),
      onMessage: (session, data) => this.#onMessage(session, data),
      onReset: () => undefined,
      onClose: (session) => this.#drop(session),
      isHeld: (session) => this.#paths.statusOf(session) === 'open' && this.#isShared(session),
    });
    this.#unsubscribe = host.subscribe(() => this.#onSnapshot());
    this.#onSnapshot();
  }

  /** Our value of this name has changed. */
  set(name: string): void {
    const now = this.#host.clock.now();
    for (const { outbox } of this.#others.values()) outbox.set(name, now);
    this.#flush();
    this.#askForLinks();
  }

  /** The last value of somebody; `null`: none. */
  get(name: string, session: string): Json {
    return this.#others.get(session)?.received.get(name) ?? null;
  }

  /** The value of somebody as it is to be drawn at `time`. */
  play(name: string, session: string, time = this.#host.clock.now()): Json {
    return this.#others.get(session)?.received.play(name, time, PLAYBACK) ?? null;
  }

  /** The sessions that have a value of this name. */
  sessionsOf(name: string): readonly string[] {
    return [...this.#others.keys()].filter((session) => this.get(name, session) !== null);
  }

  close(): void {
    this.#cancelTimer?.();
    this.#cancelAsking?.();
    this.#unsubscribe();
    for (const session of [...this.#others.keys()]) this.#drop(session);
    this.#paths.close();
  }

  #onOpen(session: string): void {
    const other = this.#find(session);
    other.isFull = false;
    other.outbox.renew(this.#host.clock.now());
    this.#flush();
  }

  #onMessage(session: string, data: string | ArrayBuffer): void {
    const other = this.#find(session);
    if (other.rate.take() > 0) return;
    const decoded = decodePathMessage<ValueMessage>(data, valueMessageSchemas, LIMITS.valuesBytes);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === 'values') return this.#take(session, other, message.entries);
    for (const { name, at } of message.entries) other.outbox.seen(name, at);
    this.#flush();
  }

  /** What somebody may not say is not confirmed either, so they say it again, until they may (EV-3). */
  #take(session: string, { received }: Other, entries: readonly ValueEntry[]): void {
    if (!mayTell(this.#host.getSnapshot(), session)) return;
    const { changed, seen } = received.take(entries, this.#host.clock.now());
    if (seen.length > 0) this.#send(session, { type: 'values.seen', entries: seen });
    for (const { name, value } of changed) this.#host.onChange(name, session, value);
  }

  #onSnapshot(): void {
    const state = this.#host.getSnapshot();
    for (const [session, other] of [...this.#others]) {
      if (!mayTell(state, session)) this.#forget(session, other);
    }
    const wasListener = this.#isListener;
    this.#isListener = state.you?.role === 'listener';
    this.#askForLinks();
    if (!wasListener || this.#isListener) return;
    // The others have forgotten what we said before.
    for (const { outbox } of this.#others.values()) outbox.renew(this.#host.clock.now());
    this.#flush();
  }

  get #hasOwn(): boolean {
    return [...this.#own.values()].some(({ value }) => value !== null);
  }

  /** Whether one of the two has a value that the other should have. */
  #isShared(session: string): boolean {
    return this.#hasOwn || (this.#others.get(session)?.received.names.length ?? 0) > 0;
  }

  /** Whoever has a value wants a link to everybody to whom there is no path (DL-1). */
  #askForLinks(): void {
    const { you, peers } = this.#host.getSnapshot();
    if (!you || this.#isListener || !this.#hasOwn) return;
    for (const { session, call } of peers) {
      // The call connects these two, or soon will.
      if (call > 0 && you.call > 0) continue;
      if (this.#asked.has(session) || this.#paths.statusOf(session) !== 'none') continue;
      this.#asked.add(session);
      void this.#host.wantLink(session);
    }
    if (this.#asked.size === 0) return;
    this.#cancelAsking ??= this.#host.clock.setTimer(ASK_MS, () => {
      this.#cancelAsking = null;
      this.#asked.clear();
      this.#askForLinks();
    });
  }

  #find(session: string): Other {
    const found = this.#others.get(session);
    if (found) return found;
    const other: Other = {
      outbox: new ValueOutbox(this.#own),
      received: new ReceivedValues(),
      rate: new SendRate(this.#host.clock, TAKEN),
      isFull: false,
    };
    other.outbox.renew(this.#host.clock.now());
    this.#others.set(session, other);
    return other;
  }

  #drop(session: string): void {
    const other = this.#others.get(session);
    this.#others.delete(session);
    if (other) this.#forget(session, other);
  }

  #forget(session: string, other: Other): void {
    const { names } = other.received;
    other.received = new ReceivedValues();
    for (const name of names) this.#host.onChange(name, session, null);
  }

  /** Sends what is due, and sets the timer for what will be. */
  #flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#isListener) return;
    const now = this.#host.clock.now();
    let dueAt = Infinity;
    for (const [session, other] of this.#others) {
      if (other.isFull || this.#paths.statusOf(session) !== 'open') continue;
      const message = other.outbox.take(now, PATH_PACE);
      if (message) this.#tell(session, other, message);
      else dueAt = Math.min(dueAt, other.outbox.dueAt);
    }
    if (dueAt === Infinity) return;
    this.#cancelTimer = this.#host.clock.setTimer(Math.max(0, dueAt - now), () => this.#flush());
  }

  /** Nothing is queued on a path that is full: by the time that it is free, there may be a later value. */
  #tell(session: string, other: Other, message: ValueMessage): void {
    other.isFull = true;
    this.#send(session, message);
    void this.#paths.headroom(session).then(() => {
      other.isFull = false;
      if (this.#others.get(session) === other) this.#flush();
    });
  }

  #send(session: string, message: ValueMessage): void {
    this.#paths.send(session, JSON.stringify(message), LOSSY);
  }
}

function mayTell({ peers }: RoomState, session: string): boolean {
  const peer = peers.find((one) => one.session === session);
  return peer !== undefined && peer.role !== 'listener';
}

/** The values of a room, with `own` and `onChange` as above. */
export const createEphemeralValues = (
  context: DataContext,
  own: ReadonlyMap<string, OwnValue>,
  onChange: ValuesHost['onChange'],
): EphemeralValues =>
  new EphemeralValues(
    {
      clock: context.clock,
      getSnapshot: context.getSnapshot,
      subscribe: context.subscribe,
      openPaths: (handlers) => openPeerPaths(context, 'values', handlers),
      wantLink: (session) => context.wantLink(session, 'values'),
      onChange,
    },
    own,
  );
