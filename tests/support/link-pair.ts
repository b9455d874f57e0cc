/**
 * Meshes in one page, wired to each other in memory: real connections, and signals that take as
 * long as a seeded generator says, in order for each pair of members.
 */
import type {
  EarlyOffer,
  LayoutMessage,
  PeerEntry,
  SignalBody,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import { memberEntry } from '../../packages/core/src/call/testing/meeting.js';
import { createRecovery } from '../../packages/core/src/call/recovery/link-recovery.js';
import type { Clock } from '../../packages/core/src/ports.js';
import type { LinkStatus } from '../../packages/core/src/state/room-state.js';
import { MeshTopology } from '../../packages/core/src/call/mesh/mesh-topology.js';
import { seededRandom } from './seeded-random.js';

/** A roster entry with the call number that decides who offers. */
export { memberEntry as entry };

/** The page's own time. */
export const realClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, task) {
    const id = setTimeout(task, ms);
    return () => clearTimeout(id);
  },
};

/** One mesh with what it told. */
export class Member {
  readonly mesh: MeshTopology;
  readonly entry: PeerEntry;
  readonly connections: RTCPeerConnection[] = [];
  readonly statuses = new Map<string, LinkStatus[]>();
  readonly tracks = new Map<string, ReadonlyMap<Source, MediaStreamTrack>>();
  readonly media: unknown[] = [];
  readonly layouts: { readonly session: string; readonly layout: LayoutMessage }[] = [];
  /** How often a TURN server refused us. */
  refusals = 0;
  /** Why there is no relay although one is needed, as it was told. */
  readonly relayProblems: (string | null)[] = [];
  readonly errors: { readonly cause: unknown; readonly fatal: boolean }[] = [];
  readonly sent: { readonly to: string; readonly body: SignalBody }[] = [];
  /** While `false`, the room is out of reach for this one. */
  online = true;
  /** May change, double or drop what this one sends. */
  tamper: (body: SignalBody) => readonly SignalBody[] = (body) => [body];
  readonly #wire: Wire;

  constructor(wire: Wire, line: PeerEntry, clock: Clock, maxPeers: number) {
    this.entry = line;
    this.#wire = wire;
    this.mesh = new MeshTopology(
      {
        clock,
        createPeerConnection: (configuration) => this.#connect(configuration),
        relayOnly: () => wire.relayOnly,
        iceServers: () => [],
        maxPeers: () => maxPeers,
      },
      {
        sendSignal: (to, body) => this.#send(to, body),
        onStatus: (session, status) => {
          this.statuses.set(session, [...(this.statuses.get(session) ?? []), status]);
          this.#changed();
        },
        onTurnRefused: () => {
          this.refusals += 1;
        },
        onRelayProblem: (code) => {
          this.relayProblems.push(code);
          this.#changed();
        },
        onTracks: (session, tracks) => {
          this.tracks.set(session, tracks);
          this.#changed();
        },
        onPeerData: () => this.#changed(),
        onPeerMedia: (_session, media) => {
          this.media.push(media);
          this.#changed();
        },
        onLayout: (session, layout) => {
          if (layout) this.layouts.push({ session, layout });
          this.#changed();
        },
        onError: (_session, cause, fatal) => {
          this.errors.push({ cause, fatal });
          this.#changed();
        },
      },
    );
    this.mesh.equip(createRecovery);
  }

  /** The connection that is in use, or was last. */
  get connection(): RTCPeerConnection {
    const last = this.connections.at(-1);
    if (!last) throw new Error(`${this.entry.session} has made no connection`);
    return last;
  }

  status(session: string): LinkStatus | undefined {
    return this.statuses.get(session)?.at(-1);
  }

  /** Resolves once `holds()`, looked at after every change and every signal of anybody. */
  until(holds: () => boolean): Promise<void> {
    return this.#wire.until(holds);
  }

  #changed(): void {
    this.#wire.changed();
  }

  #connect(configuration: RTCConfiguration): RTCPeerConnection {
    const pc = new RTCPeerConnection(configuration);
    this.connections.push(pc);
    for (const type of [
      'signalingstatechange',
      'connectionstatechange',
      'icegatheringstatechange',
    ]) {
      pc.addEventListener(type, () => this.#changed());
    }
    return pc;
  }

  #send(to: string, body: SignalBody): boolean {
    if (!this.online) return false;
    this.sent.push({ to, body });
    for (const one of this.tamper(body)) this.#wire.carry(this.entry.session, to, one);
    this.#changed();
    return true;
  }
}

/** The room between them. */
export class Wire {
  readonly members = new Map<string, Member>();
  readonly relayOnly: boolean;
  readonly #random: () => number;
  readonly #maxDelayMs: number;
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #listeners = new Set<() => void>();

  constructor(seed: number, maxDelayMs: number, { relayOnly = false } = {}) {
    this.relayOnly = relayOnly;
    this.#random = seededRandom(seed);
    this.#maxDelayMs = maxDelayMs;
  }

  add(session: string, call: number, clock: Clock = realClock, maxPeers = 8): Member {
    const member = new Member(this, memberEntry(session, call), clock, maxPeers);
    this.members.set(session, member);
    return member;
  }

  /** Everybody hears of everybody. */
  announce(): void {
    const all = [...this.members.values()];
    for (const member of all) {
      const others = all.filter((other) => other !== member).map((other) => other.entry);
      member.mesh.reconcile(member.entry, others, []);
    }
  }

  /** One goes, and everybody else hears of it. */
  leave(session: string): void {
    this.members.get(session)?.mesh.close();
    this.members.delete(session);
    this.announce();
  }

  /** Delivers one signal after its delay, never before an earlier one of the same pair. */
  carry(from: string, to: string, body: SignalBody): void {
    const lane = `${from}>${to}`;
    const delay = this.#random() * this.#maxDelayMs;
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const turn = before.then(() => pause(delay));
    this.#lanes.set(lane, turn);
    void turn.then(() => this.deliver(to, { ...body, type: 'signal', from }));
  }

  deliver(to: string, signal: SignalDelivery): void {
    this.members.get(to)?.mesh.receiveSignal(signal);
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const once = (): void => {
          this.#listeners.delete(once);
          resolve();
        };
        this.#listeners.add(once);
      });
    }
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  close(): void {
    for (const member of this.members.values()) member.mesh.close();
  }
}

/** Resolves once each of the two is connected to the other. */
export async function connected(a: Member, b: Member): Promise<void> {
  await a.until(() => a.status(b.entry.session) === 'connected');
  await b.until(() => b.status(a.entry.session) === 'connected');
}

/** Two members, connected, control channel included. `a` is polite; `b` is the later one and offers first. */
export async function connectedPair(
  options: { seed?: number; maxDelayMs?: number; clock?: Clock } = {},
): Promise<{ wire: Wire; a: Member; b: Member }> {
  const wire = new Wire(options.seed ?? 1, options.maxDelayMs ?? 0);
  const a = wire.add('a', 1, options.clock);
  const b = wire.add('b', 2, options.clock);
  wire.announce();
  await connected(a, b);
  await wire.until(() => a.media.length > 0 && b.media.length > 0);
  return { wire, a, b };
}

const pause = (ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => void realClock.setTimer(ms, resolve));

/** What `hello` of `member` would carry (EN-6). */
export async function earlyOfferOf({ mesh }: Member): Promise<EarlyOffer> {
  await mesh.makeEarlyOffer();
  const offer = mesh.takeEarlyOffer();
  if (!offer) throw new Error('no early offer');
  return offer;
}

/** A picture that changes, without asking for a camera. */
export function makeVideoTrack(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const context = canvas.getContext('2d');
  let turn = 0;
  const timer = setInterval(() => {
    if (!context) return;
    turn += 1;
    context.fillStyle = turn % 2 ? 'red' : 'blue';
    context.fillRect(0, 0, 64, 64);
  }, 50);
  const [track] = canvas.captureStream(20).getVideoTracks();
  if (!track) throw new Error('the canvas gave no track');
  const stop = track.stop.bind(track);
  track.stop = () => {
    clearInterval(timer);
    stop();
  };
  return track;
}

/** A quiet tone, without asking for a microphone. */
export function makeAudioTrack(context: AudioContext): MediaStreamTrack {
  const oscillator = context.createOscillator();
  const target = context.createMediaStreamDestination();
  oscillator.connect(target);
  oscillator.start();
  const [track] = target.stream.getAudioTracks();
  if (!track) throw new Error('the context gave no track');
  return track;
}

/** Resolves once something decodable has arrived on `track`. */
export const flows = (pc: RTCPeerConnection, track: MediaStreamTrack): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      let bytes = 0;
      const report = await pc.getStats(track);
      report.forEach((stat: { type: string; bytesReceived?: number }) => {
        if (stat.type === 'inbound-rtp') bytes += stat.bytesReceived ?? 0;
      });
      if (bytes > 0) resolve();
      else setTimeout(() => look().catch(reject), 50);
    };
    look().catch(reject);
  });
