/**
 * Links for data alone (rules DL): to people of the room to whom the call makes none, as one of the two is not in it. Made
 * when something is to go to them, and closed when nothing does. Loaded when the first one is wanted.
 */
import {
  type DataPurpose,
  LINKS_DATA,
  type PeerEntry,
  type SignalBody,
  type SignalDelivery,
} from '@rtc-elements/protocol';

import { leftError, type RtcError } from '../../state/errors.js';
import type { LinkStatus } from '../../state/room-state.js';
import { createDeferred, type Deferred } from '../../support/deferred.js';
import { openAlreadyError } from '../rules/open-already.js';
import type {
  Call,
  CallData,
  CallOptions,
  DataOptions,
  DataPath,
  DataReadiness,
} from '../ports.js';
import { CarriedPath, type DataCarriers } from './carried-path.js';
import { createMeshHost, type DataLinksHost } from './data-links-host.js';
import {
  linkDeclinedError,
  linkGoneError,
  linkUnreachableError,
  linkUnsupportedError,
} from './data-link-errors.js';
import { createDataMesh } from './mesh-call.js';

/** How many there may be at a time. */
export const MOST_DATA_LINKS = 32;

/** How long nothing may pass before a link is closed that nothing holds, ms. */
export const IDLE_MS = 60_000;

/** How often that is looked at, ms. */
const LOOK_MS = 10_000;

/** How long a link may take, ms. */
const OPEN_MS = 20_000;

/** For how long it is not tried again after that, ms. */
const AGAIN_MS = 10_000;

/** Places in the order of the mesh: those whom we want, ourselves, those who want us. */
const WANTED_CALL = 1;
const OUR_CALL = 2;
const THEIR_CALL = 3;

/** What a link that has failed declines (SG-7). */
const FIRST_OFFER = { epoch: 2, n: 0 };

interface WantedLink {
  /** What it was first wanted for. */
  readonly purpose: DataPurpose;
  /** Its place in the call that it is to the mesh: those after us make the first offer (SG-4). */
  readonly call: number;
  readonly opened: Deferred<RtcError | null>;
  readonly cancelTimer: () => void;
  isConnected: boolean;
  /** When something passed last. */
  usedAt: number;
}

export class DataLinks implements CallData {
  readonly #host: DataLinksHost;
  readonly #mesh: Call;
  readonly #links = new Map<string, WantedLink>();
  /** Those for which there is no place yet. */
  #queue: readonly (() => void)[] = [];
  /** Why there is no link to somebody, and until when that is not tried again. */
  readonly #failures = new Map<string, { readonly error: RtcError; readonly until: number }>();
  readonly #paths = new Map<string, CarriedPath>();
  #cancelLook: (() => void) | null = null;
  #isReconciling = false;
  #isClosed = false;

  /** `options`: live. */
  constructor(host: DataLinksHost, options: CallOptions) {
    this.#host = host;
    const tells = createMeshHost(host, {
      onStatus: (session, status) => this.#onStatus(session, status),
      onPeerData: (session) => this.look(session),
      sendSignal: (to, body) => this.#signal(to, body),
      onRelayProblem: (error) => error && this.#onNoRelay(error),
    });
    this.#mesh = createDataMesh(tells, options, MOST_DATA_LINKS);
  }

  /** See `DataContext.wantLink`. */
  async want(session: string, purpose: DataPurpose): Promise<RtcError | null> {
    const known = this.#links.get(session);
    if (known) known.usedAt = this.#now;
    if (known || this.#isReached(session)) return known?.opened.promise ?? null;
    const failure = this.#failures.get(session);
    if (failure && this.#now < failure.until) return failure.error;
    const { you, peers } = this.#host.getSnapshot();
    const peer = peers.find((one) => one.session === session);
    if (!peer || !you || this.#isClosed) return linkGoneError();
    // The call connects the two, or cannot either.
    if (you.call > 0 && peer.call > 0) return null;
    if (!this.#host.features().includes(LINKS_DATA)) return linkUnreachableError();
    if (this.#links.size < MOST_DATA_LINKS) return this.#add(session, purpose).opened.promise;
    await new Promise<void>((resolve) => (this.#queue = [...this.#queue, resolve]));
    return this.want(session, purpose);
  }

  receive(signal: SignalDelivery): void {
    const { from, link: purpose = 'actions', decline, description } = signal;
    if (decline) {
      if (this.#links.get(from)?.isConnected === false) this.#end(from, linkDeclinedError());
      return;
    }
    if (!this.#links.has(from)) {
      const isPresent = this.#host.getSnapshot().peers.some(({ session }) => session === from);
      if (description?.type !== 'offer' || !isPresent || this.#isClosed) return;
      if (this.#links.size >= MOST_DATA_LINKS) return this.#decline(from, purpose, signal);
      this.#add(from, purpose, THEIR_CALL);
      this.#failures.delete(from);
    }
    // It is in the mesh before its first signal, so that it is no stranger's.
    if (this.#isReconciling) this.#reconcile();
    this.#mesh.signals?.receive(signal);
  }

  /** The room has refused a signal to `session`. */
  refuse(session: string): void {
    if (!this.#links.has(session)) return;
    this.#failures.set(session, { error: linkUnsupportedError(), until: Infinity });
    this.#end(session, linkUnsupportedError());
  }

  /** To be called after the roster or the ICE servers have changed. */
  reconcile(): void {
    this.#reconcileSoon();
  }

  configure(): void {
    this.#mesh.configure?.();
  }

  readinessOf(session: string, purpose: DataPurpose): DataReadiness {
    const all = Object.values(this.#carriers).map((one) => one?.readinessOf(session, purpose));
    const readiness = READINESS.find((one) => all.includes(one)) ?? 'none';
    // Actions may still go through the room.
    const isRefused = this.#failures.get(session)?.error.code === 'unsupported';
    return readiness === 'none' && isRefused && purpose !== 'actions' ? 'unsupported' : readiness;
  }

  open(session: string, purpose: DataPurpose, options: DataOptions): DataPath {
    const key = `${session} ${purpose}`;
    if (this.#paths.has(key)) throw openAlreadyError(purpose);
    const path = new CarriedPath(session, purpose, options, {
      onUse: (carrier) => {
        const link = carrier === 'link' && this.#links.get(session);
        if (link) link.usedAt = this.#now;
      },
      onEnd: () => {
        if (this.#paths.get(key) === path) this.#paths.delete(key);
      },
    });
    if (this.readinessOf(session, purpose) === 'none') throw linkGoneError();
    this.#paths.set(key, path);
    path.extend(this.#carriers);
    return path;
  }

  /** What a peer says about data has changed, on a link or in the call. */
  look(session: string): void {
    for (const [key, path] of this.#paths) {
      if (key.startsWith(`${session} `)) path.extend(this.#carriers);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLook?.();
    for (const session of [...this.#links.keys()]) this.#end(session, leftError());
    this.#mesh.close();
    for (const resolve of this.#queue) resolve();
    this.#queue = [];
  }

  get #now(): number {
    return this.#host.ports.clock.now();
  }

  get #carriers(): DataCarriers {
    return { link: this.#mesh.data, call: this.#host.ownCallData() };
  }

  /** Whether the call connects us with them. */
  #isReached(session: string): boolean {
    return (this.#host.ownCallData()?.readinessOf(session, 'files') ?? 'none') !== 'none';
  }

  #add(session: string, purpose: DataPurpose, call = WANTED_CALL): WantedLink {
    const { clock } = this.#host.ports;
    const link: WantedLink = {
      purpose,
      call,
      opened: createDeferred(),
      cancelTimer: clock.setTimer(OPEN_MS, () => {
        if (!link.isConnected) this.#fail(session, linkUnreachableError());
      }),
      isConnected: false,
      usedAt: clock.now(),
    };
    this.#links.set(session, link);
    this.#reconcileSoon();
    this.#cancelLook ??= clock.setTimer(LOOK_MS, () => this.#closeIdle());
    return link;
  }

  #onStatus(session: string, status: LinkStatus): void {
    const link = this.#links.get(session);
    if (!link) return;
    if (status === 'connected') {
      link.isConnected = true;
      link.opened.resolve(null);
    } else if (status === 'failed') this.#fail(session, linkUnreachableError());
    // The peer has closed it, or has left.
    else if (status === 'none') this.#end(session, linkUnreachableError());
  }

  /** No relay is found, and without one there is no way. */
  #onNoRelay(error: RtcError): void {
    for (const [session, { isConnected }] of [...this.#links]) {
      if (!isConnected) this.#fail(session, linkUnreachableError(error));
    }
  }

  #fail(session: string, error: RtcError): void {
    const link = this.#links.get(session);
    // It has no way to say so on the link.
    if (link?.isConnected === false) this.#decline(session, link.purpose, FIRST_OFFER);
    this.#failures.set(session, { error, until: this.#now + AGAIN_MS });
    this.#end(session, error);
  }

  #decline(to: string, link: DataPurpose, { epoch, n }: Pick<SignalBody, 'epoch' | 'n'>): void {
    this.#host.sendSignal(to, { epoch, n, decline: true, link });
  }

  #end(session: string, why: RtcError | null): void {
    const link = this.#links.get(session);
    if (!link) return;
    this.#links.delete(session);
    link.cancelTimer();
    link.opened.resolve(why);
    this.#reconcileSoon();
  }

  /** Later, as the mesh may be telling us of something. */
  #reconcileSoon(): void {
    if (this.#isReconciling) return;
    this.#isReconciling = true;
    void Promise.resolve().then(() => {
      this.#isReconciling = false;
      if (!this.#isClosed) this.#reconcile();
    });
  }

  /** To the mesh, those to whom there is a link are the call. */
  #reconcile(): void {
    const { you, peers } = this.#host.getSnapshot();
    if (!you) return;
    const here = new Map(peers.map((peer) => [peer.session, peer]));
    for (const session of [...this.#links.keys()]) {
      if (!here.has(session)) this.#end(session, linkGoneError());
    }
    for (const session of [...this.#failures.keys()]) {
      if (!here.has(session)) this.#failures.delete(session);
    }
    const members = [...this.#links].flatMap(([session, { call }]): readonly PeerEntry[] => {
      const peer = here.get(session);
      return peer ? [{ ...peer, call }] : [];
    });
    this.#mesh.reconcile({ ...you, call: OUR_CALL }, members, this.#host.iceServers());
    const free = Math.max(0, MOST_DATA_LINKS - this.#links.size);
    const next = this.#queue.slice(0, free);
    this.#queue = this.#queue.slice(free);
    for (const resolve of next) resolve();
  }

  #closeIdle(): void {
    this.#cancelLook = null;
    for (const [session, { isConnected, usedAt }] of [...this.#links]) {
      const isIdle = isConnected && this.#now - usedAt >= IDLE_MS;
      if (isIdle && !this.#isHeld(session)) this.#end(session, null);
    }
    if (this.#links.size === 0) return;
    this.#cancelLook = this.#host.ports.clock.setTimer(LOOK_MS, () => this.#closeIdle());
  }

  #isHeld(session: string): boolean {
    const paths = [...this.#paths].filter(([key]) => key.startsWith(`${session} `));
    return paths.some(([, path]) => path.holdsLink);
  }

  #signal(to: string, body: SignalBody): boolean {
    const link = this.#links.get(to)?.purpose;
    // Nothing is to be said any more of one that is closed.
    return !link || this.#host.sendSignal(to, { ...body, link });
  }
}

/** The most that any of several ways to a peer allows. */
const READINESS: readonly DataReadiness[] = ['waiting', 'able', 'unknown', 'unsupported'];
