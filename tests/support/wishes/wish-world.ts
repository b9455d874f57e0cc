/**
 * One person in a real room in memory, whose devices, files, engines and wires each answer as late as a seed says. The
 * person wants one thing after another; what is, is compared with what was wanted last.
 */
import type { EncryptionKeys } from '../../../packages/core/src/api/room-api.js';
import { completeOptions } from '../../../packages/core/src/api/options.js';
import { createPrepareCall } from '../../../packages/core/src/call/call.js';
import type { EngineModule } from '../../../packages/core/src/call/ports.js';
import { LocalMedia } from '../../../packages/core/src/media/local-media.js';
import type { SocketFactory } from '../../../packages/core/src/ports.js';
import { RoomClient } from '../../../packages/core/src/room/room.js';
import { RtcError } from '../../../packages/core/src/state/errors.js';
import { type FakeCall, FakeNetwork } from '../fake-call.js';
import type { House } from '../house/house.js';
import type { RawClient } from '../house/raw-client.js';
import { seededRandom } from '../seeded-random.js';
import { type Captured, SlowDevices } from './slow-devices.js';
import { type Act, type FirstWishes, Wishes } from './wishes.js';

/** Longer than everything that is waited for, ms. */
const QUIET_MS = 4_000;
const SOURCES = ['microphone', 'camera', 'screen'] as const;
/** How late each answer may be, ms. */
const LATE = { file: 60, device: 150, screen: 400, wire: 30, engine: 80, keys: 50 } as const;
const REFUSALS = ['NotAllowedError', 'NotReadableError', 'NotFoundError', 'AbortError'];

export interface WishCase {
  readonly seed: number;
  /** Whether devices and files may fail. What is wanted may then be missing, never the other way. */
  readonly fails: boolean;
}

export class WishWorld {
  /** What was asked for, and what is wrong. */
  readonly story: string[] = [];
  readonly wrong: string[] = [];
  readonly #house: House;
  readonly #host: RawClient;
  readonly #random: () => number;
  readonly #fails: boolean;
  readonly #first: FirstWishes;
  readonly #wishes: Wishes;
  readonly #devices: SlowDevices;
  readonly #networks: Readonly<Record<string, FakeNetwork>>;
  readonly #keys: ReadonlyMap<string, EncryptionKeys>;
  readonly #sockets = new Set<object>();
  readonly #pending = new Set<string>();
  readonly #room: RoomClient;
  #muted = 0;

  constructor(
    { house, host, keys }: Pick<WishHouse, 'house' | 'host' | 'keys'>,
    { seed, fails }: WishCase,
  ) {
    this.#house = house;
    this.#host = host;
    this.#keys = keys;
    this.#random = seededRandom(seed);
    this.#fails = fails;
    this.#first = {
      call: this.#chance(0.6),
      microphone: this.#chance(0.7),
      camera: this.#chance(0.7),
    };
    this.#wishes = new Wishes(this.#first);
    this.#devices = new SlowDevices({
      wait: (what) => this.#late(what),
      refuse: () => (this.#fails && this.#chance(0.3) ? this.#pick(REFUSALS) : null),
      onAsk: (sources) => this.#hearAsk(sources),
    });
    this.#networks = { mesh: this.#network(), one: this.#network(), two: this.#network() };
    this.#room = this.#createRoom();
    this.#room.subscribe(() => this.#hearMutes());
  }

  /** Everything that is wrong with this case, each in a line. */
  async run(): Promise<readonly string[]> {
    const acts = 3 + Math.floor(this.#random() * 8);
    for (let count = 0; count < acts; count += 1) {
      if (this.#chance(0.08)) this.#mute();
      else this.#act(this.#draw());
      if (this.#chance(0.45)) continue;
      await this.#pass(Math.floor(this.#random() * 120));
      this.#look('then');
    }
    await this.#pass(QUIET_MS);
    this.#look('in the end');
    this.#compare();
    this.#act({ do: 'leave' });
    await this.#pass(QUIET_MS);
    this.#look('after leaving');
    if (this.#sockets.size > 0) this.wrong.push('a socket is open after leaving');
    if (this.#openCalls.length > 0) this.wrong.push('a call is open after leaving');
    for (const waiting of this.#pending) this.wrong.push(`never settles: ${waiting}`);
    return this.wrong;
  }

  async #pass(ms: number): Promise<void> {
    await this.#importFiles();
    await this.#house.clock.advanceAsync(ms);
    await this.#house.settle();
    if (ms === QUIET_MS && (await this.#importFiles())) await this.#house.advance(ms);
  }

  /** The code of a move is imported by the browser, which takes its own time. */
  async #importFiles(): Promise<boolean> {
    const isMoving = [...this.#pending].some((act) => act.includes('move'));
    if (isMoving) await import('../../../packages/core/src/call/engines.js');
    return isMoving;
  }

  #createRoom(): RoomClient {
    const { clock, name } = this.#house;
    const engines = Object.fromEntries(
      ['one', 'two'].map((engine) => [
        engine,
        async (): Promise<EngineModule> => {
          await this.#late('engine');
          return this.#networkOf(engine);
        },
      ]),
    );
    return new RoomClient(
      completeOptions({
        host: 'http://house.test',
        room: name,
        name: 'Me',
        call: this.#first.call,
        audio: this.#first.microphone,
        video: this.#first.camera,
        engines,
        ports: { clock, media: this.#devices, openSocket: this.#openSocket },
      }),
      {
        call: async () => {
          await this.#loadFile();
          return createPrepareCall(this.#networkOf('mesh').createCall);
        },
        media: async () => {
          await this.#loadFile();
          return { LocalMedia, browserMedia: this.#devices };
        },
      },
    );
  }

  /** Each frame takes its time, in order. */
  readonly #openSocket: SocketFactory = (getTarget, handlers) => {
    let lane = Promise.resolve();
    const later = (task: () => void): void => {
      lane = lane.then(() => this.#late('wire')).then(task);
    };
    const socket = this.#house.openSocket(
      async () => {
        await this.#late('wire');
        return getTarget();
      },
      {
        onOpen: (isGreeted) => later(() => this.#sockets.has(socket) && handlers.onOpen(isGreeted)),
        onMessage: (data) => later(() => this.#sockets.has(socket) && handlers.onMessage(data)),
        onClose: (close) => later(() => this.#sockets.has(socket) && handlers.onClose(close)),
      },
    );
    this.#sockets.add(socket);
    return {
      send: (text) => socket.send(text),
      reconnect: () => socket.reconnect(),
      close: (code, reason) => {
        this.#sockets.delete(socket);
        socket.close(code, reason);
      },
    };
  };

  #act(act: Act): void {
    this.story.push(`${this.#house.clock.now()} ${JSON.stringify(act)}`);
    const isDone = act.do === 'join' && this.#room.getSnapshot().connection === 'connected';
    const { starts, isLast } = this.#wishes.take(act);
    const name = `#${this.story.length} ${JSON.stringify(act)}`;
    this.#pending.add(name);
    const settle = (code: string, isTyped = true): void => {
      this.#pending.delete(name);
      const wanted = starts && !isLast() && !isDone ? 'aborted' : 'done';
      if (!isTyped) this.wrong.push(`${name} rejects with ${code}, which is no RtcError`);
      else if (this.#fails && starts && (code !== 'done' || isLast() || isDone)) return;
      else if (code !== wanted) this.wrong.push(`${name} is ${code}, not ${wanted}`);
    };
    this.#carryOut(act).then(
      () => settle('done'),
      (error: unknown) =>
        settle(error instanceof RtcError ? error.code : String(error), error instanceof RtcError),
    );
  }

  #carryOut(act: Act): Promise<void> {
    const room = this.#room;
    const { media } = room;
    switch (act.do) {
      case 'join':
        return room.join();
      case 'leave':
        return room.leave();
      case 'enter-call':
        return room.enterCall();
      case 'leave-call':
        return room.leaveCall();
      case 'on':
      case 'off': {
        const to = act.do === 'off' ? false : act.to === null ? true : { deviceId: act.to };
        return act.topic === 'camera' ? media.setCamera(to) : media.setMicrophone(to);
      }
      case 'share':
        return media.shareScreen({ hint: act.to });
      case 'stop-screen':
        media.stopScreen();
        return Promise.resolve();
      case 'move':
        return room.moveCall(act.to);
      case 'encrypt':
        return room.setEncryption(act.to === null ? null : (this.#keys.get(act.to) ?? null));
    }
  }

  #draw(): Act {
    const topic = this.#pick(['microphone', 'camera'] as const);
    const device = topic === 'camera' ? 'cam' : 'mic';
    return this.#pick<() => Act>([
      () => ({ do: 'join' }),
      () => ({ do: 'join' }),
      () => ({ do: 'enter-call' }),
      () => ({ do: 'enter-call' }),
      () => ({ do: 'leave-call' }),
      () => (this.#chance(0.3) ? { do: 'leave' } : { do: 'leave-call' }),
      () => ({ do: 'on', topic, to: null }),
      () => ({ do: 'on', topic, to: null }),
      () => ({ do: 'on', topic, to: `${device}-${this.#chance(0.5) ? 1 : 2}` }),
      () => ({ do: 'off', topic }),
      () => ({ do: 'off', topic }),
      () => ({ do: 'share', to: this.#chance(0.8) ? 'detail' : 'motion' }),
      () => ({ do: 'share', to: 'detail' }),
      () => ({ do: 'stop-screen' }),
      () => ({ do: 'move', to: this.#pick(['mesh', 'one', 'two']) }),
      () => ({ do: 'encrypt', to: this.#pick(['a', 'b', null]) }),
    ])();
  }

  /** A host turns something of ours off; it counts from when we hear of it. */
  #mute(): void {
    const session = this.#room.getSnapshot().you?.session;
    if (!session) return;
    const source = this.#pick(SOURCES);
    this.story.push(`${this.#house.clock.now()} a host mutes the ${source}`);
    const ref = `mute-${(this.#muted += 1)}`;
    this.#host.send({ type: 'moderate', action: 'mute', session, source, ref });
  }

  #former: readonly string[] = [];

  #hearMutes(): void {
    const muted = this.#room.getSnapshot().you?.muted ?? [];
    for (const source of muted) {
      if (this.#former.includes(source)) continue;
      this.story.push(`${this.#house.clock.now()} it hears that its ${source} is muted`);
      this.#wishes.mute(source);
    }
    this.#former = muted;
  }

  /** Nobody is asked for a device that is not wanted. */
  #hearAsk(sources: readonly Captured[]): void {
    for (const source of sources) {
      if (this.#wishes.live[source] === null)
        this.wrong.push(`asks for the ${source}, which is not wanted`);
    }
  }

  /** Nothing is open that is not wanted. */
  #look(when: string): void {
    for (const source of SOURCES) {
      const count = this.#devices.tracksOf(source).length;
      const most = this.#wishes.live[source] === null ? 0 : 1;
      if (count > most) this.wrong.push(`${when}, the ${source} is open ${count} times`);
    }
  }

  /** What is, is what was wanted last. */
  #compare(): void {
    const { inRoom, isOver, inCall, keys, engine, open } = this.#wishes;
    const isIn = inRoom && !isOver;
    this.#expect('sockets', this.#sockets.size, isIn ? 1 : 0);
    this.#expect('connection', this.#room.getSnapshot().connection === 'connected', isIn);
    const line = this.#room.getSnapshot().you;
    const calls = this.#openCalls;
    if (isIn && !this.#fails) this.#expect('in the call', (line?.call ?? 0) > 0, inCall);
    if (isIn && inCall && !this.#fails) this.#expect('calls', calls.length, 1);
    else if (calls.length > 1) this.wrong.push('there are several calls');
    if (!this.#fails) {
      this.#expect('devices', this.#devices.live.join(), open.join());
      if (isIn) this.#expect('flags', flagsOf(line?.media), flagsOf(this.#wishes.live));
    }
    for (const call of calls) {
      const sent = Object.entries(call.published).filter(([, track]) => track);
      this.#expect(
        'sent',
        sent
          .map(([source]) => source)
          .sort()
          .join(),
        this.#openSources,
      );
      this.#expect('keys', call.keys, keys === null ? null : this.#keys.get(keys));
      if (inCall && !this.#fails) this.#expect('engine', this.#engineOf(call), engine);
    }
  }

  get #openSources(): string {
    return SOURCES.filter((source) => this.#devices.tracksOf(source).length > 0)
      .sort()
      .join();
  }

  get #openCalls(): readonly FakeCall[] {
    return Object.values(this.#networks)
      .flatMap(({ made }) => made)
      .filter(({ calls }) => calls.at(-1) !== 'close');
  }

  #engineOf(call: FakeCall): string | undefined {
    return Object.entries(this.#networks).find(([, { made }]) => made.includes(call))?.[0];
  }

  #expect(what: string, is: unknown, wanted: unknown): void {
    if (is !== wanted) this.wrong.push(`${what}: ${String(is)}, not ${String(wanted)}`);
  }

  #network(): FakeNetwork {
    const network = new FakeNetwork();
    network.open = () => this.#late('engine');
    network.encrypt = () => this.#late('keys');
    return network;
  }

  #networkOf(engine: string): FakeNetwork {
    return this.#networks[engine] as FakeNetwork;
  }

  async #loadFile(): Promise<void> {
    const isMissing = this.#fails && this.#chance(0.15);
    await this.#late('file');
    if (isMissing) throw new RtcError('part-unavailable', 'Not found.', { retryable: true });
  }

  #late(what: keyof typeof LATE): Promise<void> {
    const ms = Math.floor(this.#random() * LATE[what]);
    return new Promise((resolve) => void this.#house.clock.setTimer(ms, resolve));
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T;
  }
}

const flagsOf = (media: Readonly<Record<(typeof SOURCES)[number], unknown>> | undefined): string =>
  SOURCES.filter((source) => media?.[source]).join();

/** A room with a host in it, for some cases one after another. */
export interface WishHouse {
  readonly house: House;
  readonly host: RawClient;
  readonly keys: ReadonlyMap<string, EncryptionKeys>;
}
