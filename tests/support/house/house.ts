/**
 * A whole house in memory: the real room on a store and a clock of the test, and sockets whose
 * wires the test can hold, drop, double and reorder. No port is opened and no time passes by itself.
 */
import { isRoomName, type RoomLimits, LIMITS, mayRetryAfterClose } from '@rtc-elements/protocol';

import type {
  SocketFactory,
  SocketHandlers,
  SocketPort,
  SocketTarget,
} from '../../../packages/core/src/ports.js';
import { createIdentify } from '../../../party/src/auth/identity.js';
import type { IceServerIssuer, RoomClock, RoomLog } from '../../../party/src/ports.js';
import type { Identity } from '../../../party/src/rules/admit.js';
import type { RoomPath } from '../../../party/src/room/http-handler.js';
import { EdgeRoom } from '../../../party/src/room/edge-room.js';
import { FakeClock } from '../fake-clock.js';
import { SocketPair } from './socket-pair.js';
import { MemoryStore } from './memory-store.js';
import { RawClient } from './raw-client.js';

/** What the provider of a house issues. */
const ISSUED = { iceServers: [], ttlMs: null };

export interface HouseOptions {
  readonly clock?: FakeClock;
  readonly room?: string;
  readonly limits?: Partial<RoomLimits>;
  readonly iceServers?: IceServerIssuer;
  /** Default: as many as there may be members. */
  readonly membersPerAddress?: number;
  /** Nobody enters without one. */
  readonly asksForTokens?: boolean;
}

/** What comes out of JSON, for a test to look into. */
type RequestBody = Readonly<Record<string, unknown>>;

/** After how long a client of the house tries again, ms of the fake clock. */
export const HOUSE_RETRY_MS = 1_000;

/** One room and everybody's wires to it. */
export class House {
  readonly clock: FakeClock;
  readonly name: string;
  /** One of its own, as all pages with tests share the storage of the browser. */
  readonly origin = `http://house-${Math.random().toString(36).slice(2)}.test`;
  readonly store: MemoryStore;
  /** `warn` lines of the room: a healthy test leaves it empty. */
  readonly warnings: string[] = [];
  /** The address of every connection that a client of core has opened, in order. */
  readonly targets: string[] = [];
  /** Open pairs, oldest first. */
  readonly pairs: SocketPair[] = [];
  /** While `false` it is deaf to a `hello` that comes with the request, as an older room is. */
  takesEarlyHello = true;
  /** While `false` nobody gets a socket. */
  isReachable = true;
  #room: EdgeRoom;
  #lastId = 0;
  #waking: Promise<void> = Promise.resolve();
  #cancelAlarm: () => void = () => undefined;
  readonly #limits: RoomLimits;
  readonly #iceServers: IceServerIssuer;
  readonly #asksForTokens: boolean;
  readonly #membersPerAddress: number;

  constructor(options: HouseOptions = {}) {
    this.clock = options.clock ?? new FakeClock();
    this.name = options.room ?? 'house';
    this.#limits = {
      members: LIMITS.members,
      meshMembers: LIMITS.meshMembers,
      historyMessages: LIMITS.historyMessages,
      ...options.limits,
    };
    this.#iceServers = options.iceServers ?? { issue: async () => ISSUED };
    this.#asksForTokens = options.asksForTokens ?? false;
    this.#membersPerAddress = options.membersPerAddress ?? this.#limits.members;
    this.store = new MemoryStore(() => this.#setAlarm());
    this.#room = this.#makeRoom();
    this.#waking = this.#room.wake([]);
  }

  /** The room that is awake now. */
  get room(): EdgeRoom {
    return this.#room;
  }

  /** Core's `SocketFactory`: give it to a client as `ports.openSocket`. Retries by the house's clock. */
  readonly openSocket: SocketFactory = (getTarget, handlers) =>
    new HouseSocket(this, getTarget, handlers);

  /** A client that speaks frames and keeps what it hears. */
  client(): RawClient {
    return new RawClient(this);
  }

  /** Opens a pair; the room hears of it first. `null`: not reachable. */
  connect(handlers: {
    onFrame(data: string): void;
    onClose(code: number, reason: string): void;
    address?: string;
    /** What a token would say. */
    identity?: Identity;
    /** What came with the request (EN-10). */
    hello?: string;
  }): SocketPair | null {
    if (!this.isReachable) return null;
    const now = this.clock.now();
    const note = {
      session: null,
      openedAt: now,
      seenAt: 0,
      address: handlers.address ?? null,
      takesPages: false,
      takesNew: false,
      local: true,
      identity: handlers.identity ?? null,
    };
    const pair = new SocketPair(
      `socket-${++this.#lastId}`,
      note,
      {
        onRoomFrame: (from, data) => void this.#awake((room) => room.receive(from.id, data)),
        onRoomClose: (from, code) => {
          this.#forget(from);
          void this.#awake((room) => room.closed(from, code));
        },
        onClientFrame: (data) => handlers.onFrame(data),
        onClientClose: (code, reason) => {
          this.#forget(pair);
          handlers.onClose(code, reason);
        },
      },
      () => this.clock.now(),
    );
    this.pairs.push(pair);
    const { hello } = handlers;
    const readHello = hello === undefined ? undefined : () => Promise.resolve(hello);
    void this.#awake((room) => room.open(pair, readHello));
    return pair;
  }

  /** What a backend or a lobby asks of the room, the edge left out. */
  async request(
    method: string,
    path: RoomPath,
    body: unknown = '',
    identity: Identity | null = null,
  ): Promise<{ status: number; retryAfterS: number | undefined; text: string; body: RequestBody }> {
    await this.settle();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await this.#room.request({
      method,
      path,
      body: text,
      asker: { local: true, identity, address: null },
    });
    let content = typeof answer.body === 'string' ? answer.body : '';
    if (typeof answer.body !== 'string') for await (const part of answer.body) content += part;
    await this.settle();
    const isJson = answer.type === 'application/json';
    return {
      status: answer.status,
      retryAfterS: answer.retryAfterS,
      text: content,
      body: isJson ? JSON.parse(content) : null,
    };
  }

  /** The room forgets everything in its memory; the sockets stay open (hibernation). */
  async hibernate(): Promise<void> {
    await this.settle();
    this.#room = this.#makeRoom();
    this.#waking = this.#room.wake([...this.pairs]);
    await this.#waking;
  }

  /** The room's process is killed and started again: every socket breaks unheard. */
  async kill(): Promise<void> {
    this.#room = this.#makeRoom();
    for (const pair of [...this.pairs]) pair.die();
    this.#waking = this.#room.wake([]);
    await this.settle();
  }

  /** Until nothing is under way: frames on wires that are not held, and work in the room. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await this.#waking;
      await this.#room.idle();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  }

  /** The same, but does not wait for what storage holds back. */
  async runTasks(): Promise<void> {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  }

  /** Lets time pass, with everything that happens meanwhile. */
  async advance(ms: number): Promise<void> {
    await this.settle();
    await this.clock.advanceAsync(ms);
    await this.settle();
  }

  #makeRoom(): EdgeRoom {
    const warn: RoomLog['warn'] = (event, fields) => {
      this.warnings.push(`${event} ${JSON.stringify(fields ?? {})}`);
    };
    // The timers of a room that is no longer awake are gone, as its memory is.
    const clock: RoomClock = {
      now: () => this.clock.now(),
      setTimer: (ms, task) => this.clock.setTimer(ms, () => room === this.#room && task()),
      nextTurn: () => Promise.resolve(),
    };
    const room: EdgeRoom = new EdgeRoom({
      name: () => this.name,
      clock,
      store: this.store,
      identify: createIdentify(this.#asksForTokens),
      iceServers: this.#iceServers,
      settings: {
        limits: this.#limits,
        membersPerAddress: this.#membersPerAddress,
        asksForTokens: this.#asksForTokens,
      },
      log: { info: () => undefined, warn },
    });
    return room;
  }

  /** Events of a room that is waking wait, in order. */
  #awake(task: (room: EdgeRoom) => Promise<void> | void): Promise<void> {
    const room = this.#room;
    return this.#waking.then(() => (room === this.#room ? task(room) : undefined));
  }

  #forget(pair: SocketPair): void {
    const index = this.pairs.indexOf(pair);
    if (index >= 0) this.pairs.splice(index, 1);
  }

  #setAlarm(): void {
    this.#cancelAlarm();
    const at = this.store.alarmAt;
    if (at === null) return;
    this.#cancelAlarm = this.clock.setTimer(at - this.clock.now(), () => {
      this.store.alarmAt = null;
      void this.#awake((room) => room.alarm());
    });
  }
}

/** What core's clients hold: opens again by itself, after `HOUSE_RETRY_MS`, until closed. */
class HouseSocket implements SocketPort {
  readonly #house: House;
  readonly #handlers: SocketHandlers;
  readonly #getTarget: Parameters<SocketFactory>[0];
  #pair: SocketPair | null = null;
  #isOpen = false;
  #isOver = false;
  #attempt = 0;

  constructor(house: House, getTarget: Parameters<SocketFactory>[0], handlers: SocketHandlers) {
    this.#house = house;
    this.#handlers = handlers;
    this.#getTarget = getTarget;
    this.#connect();
  }

  send(text: string): boolean {
    if (!this.#isOpen || !this.#pair) return false;
    this.#pair.clientSend(text);
    return true;
  }

  reconnect(): void {
    const pair = this.#pair;
    this.#drop();
    pair?.cut();
    if (!this.#isOver) this.#connect();
  }

  close(code: number, reason: string): void {
    this.#isOver = true;
    const pair = this.#pair;
    this.#drop();
    pair?.clientClose(code, reason);
  }

  #drop(): void {
    this.#attempt += 1;
    this.#pair = null;
    this.#isOpen = false;
  }

  #connect(): void {
    const attempt = ++this.#attempt;
    void Promise.resolve()
      .then(this.#getTarget)
      .then(
        (target) => this.#open(attempt, target),
        () => this.#ended(attempt, 1006, ''),
      );
  }

  #open(attempt: number, { url, hello }: SocketTarget): void {
    if (attempt !== this.#attempt || this.#isOver) return;
    this.#house.targets.push(url);
    const isGreeted = hello !== undefined && hello !== '';
    // A browser gives up on a room that does not take up its subprotocol.
    if (isGreeted && !this.#house.takesEarlyHello) return this.#ended(attempt, 1006, '');
    this.#pair = this.#house.connect({
      ...(isGreeted && { hello }),
      onFrame: (data) => {
        if (attempt === this.#attempt) this.#handlers.onMessage(data);
      },
      onClose: (code, reason) => this.#ended(attempt, code, reason),
    });
    if (!this.#pair) return this.#ended(attempt, 1006, '');
    this.#isOpen = true;
    this.#handlers.onOpen(isGreeted);
    const hasRoom = isRoomName(new URL(url).pathname.split('/').at(-1) ?? '');
    if (!hasRoom) this.#pair?.close(4404, 'room name');
  }

  #ended(attempt: number, code: number, reason: string): void {
    if (attempt !== this.#attempt) return;
    this.#drop();
    const willRetry = !this.#isOver && mayRetryAfterClose(code);
    const next = this.#attempt;
    if (willRetry) {
      this.#house.clock.setTimer(HOUSE_RETRY_MS, () => {
        if (next === this.#attempt && !this.#isOver) this.#connect();
      });
    }
    this.#handlers.onClose({ code, reason, willRetry });
  }
}
