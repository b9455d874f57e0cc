/** People who meet in the conformance suite: in a room that is no more than a roster. */
import type { MediaFlags, PeerEntry, SignalBody, Source } from '@rtc-elements/protocol';

import type { RtcError } from '../../state/errors.js';
import { initialState } from '../../state/initial-state.js';
import { reduce } from '../../state/reduce.js';
import type { LinkStatus, RoomState } from '../../state/room-state.js';
import { systemClock } from '../../support/clock.js';
import type { Call, CallHost, CallOptions, CreateCall } from '../ports.js';

/** An engine to be tried, made anew for each case. */
export interface ConformanceSubject {
  readonly createCall: CreateCall;
  /** A live track that delivers something. */
  makeTrack(kind: 'audio' | 'video'): MediaStreamTrack;
  /** How long anything may take, ms. Default 15,000. */
  readonly patienceMs?: number;
  /** Called after the case. */
  close?(): void;
}

export const NO_MEDIA: MediaFlags = { microphone: false, camera: false, screen: false };

const POLL_MS = 100;

/** So many pictures or packets are no accident. */
const SOME = 5;

const OPTIONS: CallOptions = { iceServers: [] };

/** People in a room that consists of a roster and of signals that pass at once. */
export class Meeting {
  readonly subject: ConformanceSubject;
  readonly people = new Map<string, Person>();
  readonly #listeners = new Set<() => void>();

  constructor(subject: ConformanceSubject) {
    this.subject = subject;
  }

  add(session: string): Person {
    const person = new Person(this, session, this.people.size + 1);
    this.people.set(session, person);
    return person;
  }

  /** Everybody hears of everybody. */
  announce(): void {
    for (const person of this.people.values()) person.hear();
    this.changed();
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves once `holds()`, looked at whenever a call has told anything. */
  until(what: string, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!holds()) return;
        end();
        resolve();
      };
      const cancel = systemClock.setTimer(this.subject.patienceMs ?? 15_000, () => {
        end();
        reject(new Error(`It did not come about that ${what}.`));
      });
      const end = (): void => {
        cancel();
        this.#listeners.delete(look);
      };
      this.#listeners.add(look);
      look();
    });
  }

  /** Resolves once `holds()`, looked at ten times a second: statistics tell of no change. */
  async poll(what: string, holds: () => Promise<boolean>): Promise<void> {
    let isIn = false;
    let isOver = false;
    const look = async (): Promise<void> => {
      isIn = await holds();
      this.changed();
      if (!isIn && !isOver) systemClock.setTimer(POLL_MS, () => void look());
    };
    const looking = look();
    await this.until(what, () => isIn).finally(() => (isOver = true));
    await looking;
  }

  close(): void {
    for (const person of this.people.values()) person.call.close();
    this.subject.close?.();
  }
}

/** One call, and what it has told. */
export class Person {
  readonly call: Call;
  readonly #meeting: Meeting;
  readonly statuses = new Map<string, LinkStatus>();
  readonly media = new Map<string, MediaFlags>();
  readonly errors: RtcError[] = [];
  /** The number of pictures decoded so far, by track. */
  readonly #decoded = new Map<string, number>();
  /** How often the call has told anything. */
  told = 0;
  entry: PeerEntry;
  #state: RoomState = initialState('conformance');

  constructor(meeting: Meeting, session: string, call: number) {
    this.#meeting = meeting;
    this.entry = memberEntry(session, call);
    const tell = (task: () => void): void => {
      this.told += 1;
      task();
      meeting.changed();
    };
    const host: CallHost = {
      ports: { clock: systemClock },
      getSnapshot: () => this.#state,
      onStatus: (peer, status) => tell(() => this.statuses.set(peer, status)),
      onTracks: () => tell(() => undefined),
      onPeerMedia: (peer, media) => tell(() => this.media.set(peer, media)),
      onPeerData: () => tell(() => undefined),
      onStep: () => tell(() => undefined),
      probe: () => tell(() => undefined),
      reportError: (error) => tell(() => this.errors.push(error)),
      onEnd: (error) => tell(() => this.errors.push(error)),
      onTurnRefused: () => tell(() => undefined),
      onRelayProblem: () => tell(() => undefined),
      sendSignal: (to, body) => this.#send(to, body),
    };
    this.call = meeting.subject.createCall(host, OPTIONS);
  }

  hear(): void {
    const { people } = this.#meeting;
    const peers = [...people.values()].filter((one) => one !== this).map(({ entry }) => entry);
    this.#state = reduce(this.#state, {
      type: 'welcomed',
      you: this.entry,
      peers,
      chat: { messages: [], more: false, rev: 0 },
      limits: { members: 100, meshMembers: 8, historyMessages: 10 },
      clockOffsetMs: 0,
      resumed: true,
    });
    this.call.reconcile(this.entry, peers, []);
  }

  sees(session: string, status: LinkStatus): boolean {
    return (this.statuses.get(session) ?? 'none') === status;
  }

  /** Whether further pictures of a peer have been decoded since this was last so. */
  async decodes(session: string, source: Source): Promise<boolean> {
    const { trackIdentifier = '', framesDecoded = 0 } = await this.#inbound(session, source);
    const isMore = framesDecoded > (this.#decoded.get(trackIdentifier) ?? 0) + SOME;
    if (isMore) this.#decoded.set(trackIdentifier, framesDecoded);
    return isMore;
  }

  /** Whether packets of a picture have arrived. */
  async receives(session: string, source: Source): Promise<boolean> {
    return ((await this.#inbound(session, source)).packetsReceived ?? 0) > SOME;
  }

  async #inbound(session: string, source: Source): Promise<Partial<RTCInboundRtpStreamStats>> {
    const { transports, peers } = this.call.report();
    const peer = peers.find((one) => one.session === session);
    const transport = transports.find(({ id }) => id === peer?.transport);
    const report = await transport?.getStats().catch(() => null);
    let found: Partial<RTCInboundRtpStreamStats> = {};
    report?.forEach((stat: RTCInboundRtpStreamStats) => {
      const isIt = stat.type === 'inbound-rtp' && stat.trackIdentifier === peer?.tracks[source];
      if (isIt) found = stat;
    });
    return found;
  }

  gets(session: string, source: Source): boolean {
    return this.call.getTrack(session, source)?.readyState === 'live';
  }

  #send(to: string, body: SignalBody): boolean {
    const from = this.entry.session;
    queueMicrotask(() => {
      const other = this.#meeting.people.get(to);
      other?.call.signals?.receive({ ...body, type: 'signal', from });
    });
    return this.#meeting.people.has(to);
  }
}

/** The roster entry of somebody in the call; `call` decides who offers. */
export const memberEntry = (session: string, call: number): PeerEntry => ({
  session,
  user: `user-${session}`,
  name: session,
  role: 'speaker',
  joinedAt: 0,
  state: 'active',
  call,
  media: NO_MEDIA,
  hand: false,
  meta: {},
  muted: [],
  read: 0,
});
