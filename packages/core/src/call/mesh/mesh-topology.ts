/** The default topology: one link to each peer of the call. Knows which links there are to be. */
import {
  type EarlyOffer,
  type IceServer,
  type LayoutMessage,
  type MediaFlags,
  type PeerEntry,
  type SignalBody,
  type SignalDelivery,
  type Source,
} from '@rtc-elements/protocol';

import { startEncoding } from '../adaptation/rules/start-encoding.js';
import type { CreateRecovery, LinkRole, LinkWorld } from '../link/link-world.js';
import { PeerLink } from '../link/peer-link.js';
import { FIRST_EPOCH } from '../link/signal-log.js';
import type { Clock, PeerConnectionFactory } from '../../ports.js';
import type { Topology } from '../ports.js';
import type { LinkStatus } from '../../state/room-state.js';
import { NO_FLAGS } from '../../state/wanted-presence.js';
import { choosePeers } from './rules/choose-peers.js';
import { UnsentSignals } from './unsent-signals.js';

export interface MeshOptions {
  readonly clock: Clock;
  readonly createPeerConnection: PeerConnectionFactory;
  readonly relayOnly: boolean;
  /** Used beside those the room names. */
  readonly iceServers: readonly RTCIceServer[];
  /** Cap of the mesh, ourselves included. */
  maxPeers(): number;
}

/** What the mesh tells the call. */
export interface MeshHandlers {
  /** `false`: out of reach. The mesh says it again after the next `reconcile`. */
  sendSignal(to: string, body: SignalBody): boolean;
  onStatus(session: string, status: LinkStatus): void;
  onTracks(session: string, tracks: ReadonlyMap<Source, MediaStreamTrack>): void;
  onPeerMedia(session: string, media: MediaFlags): void;
  /** What the peer shows of us; `null`: the channel is new, and neither side has said. */
  onLayout(session: string, layout: LayoutMessage | null): void;
  /** Told once for each set of servers. */
  onTurnRefused(): void;
  onError(session: string, cause: unknown, fatal: boolean): void;
}

/** A link with what the mesh knows of its peer. */
interface Strand {
  readonly link: PeerLink;
  /** Signals may run ahead of the roster; until it has named the peer, that it does not means nothing. */
  announced: boolean;
  tracks: ReadonlyMap<Source, MediaStreamTrack>;
}

export class MeshTopology implements Topology {
  readonly #options: MeshOptions;
  readonly #handlers: MeshHandlers;
  readonly #strands = new Map<string, Strand>();
  readonly #outgoing = new Map<Source, MediaStreamTrack>();
  readonly #world: LinkWorld;
  readonly #signals: UnsentSignals;
  #createRecovery: CreateRecovery | null = null;
  /** The link whose offer hello carries (EN-6), until we are welcome. */
  #early: PeerLink | null = null;
  #isEarlySaid = false;
  #taker: string | null = null;
  #iceServers: readonly IceServer[] = [];
  /** A TURN server would not have the present credentials (EN-8). */
  #isRefused = false;
  #you: PeerEntry | null = null;
  #flags = NO_FLAGS;
  /** How many peers there are to be, by the last roster. */
  #expected = 0;

  constructor(options: MeshOptions, handlers: MeshHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#signals = new UnsentSignals((to, body) => handlers.sendSignal(to, body));
    this.#world = {
      clock: options.clock,
      createPeerConnection: options.createPeerConnection,
      configuration: () => this.#configuration(),
      outgoing: this.#outgoing,
      startEncoding: () => startEncoding(this.#expected),
      onTurnRefused: () => this.onTurnRefused(),
      createRecovery: () => this.#createRecovery,
    };
  }

  /** The links there are, by session. */
  get links(): ReadonlyMap<string, Pick<Strand, 'link' | 'tracks'>> {
    return this.#strands;
  }

  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void {
    // Not knowing who we are is no reason to drop anybody (SG-5).
    if (you === null) return;
    // A new session is somebody else to the peers: they will hear from it anew.
    if (this.#you && this.#you.session !== you.session) this.#dropAll();
    this.#you = you;
    this.#setIceServers(iceServers);
    const early = this.#early;
    this.#early = null;
    if (early) {
      if (this.#taker === null || this.#strands.has(this.#taker)) early.close(false);
      else this.#attach(this.#taker, early);
    }
    const wanted = choosePeers(you, peers, this.#options.maxPeers());
    this.#expected = wanted.size;
    for (const session of [...this.#strands.keys()]) {
      if (!wanted.has(session)) this.#doubt(session, peers);
    }
    for (const peer of wanted.values()) {
      const strand =
        this.#strands.get(peer.session) ??
        this.#add(peer.session, you.call > peer.call ? 'offer' : 'wait');
      if (strand) strand.announced = true;
    }
    this.#signals.flush();
    for (const { link } of this.#strands.values()) link.look();
  }

  /** Links look after themselves from now on. */
  equip(createRecovery: CreateRecovery): void {
    this.#createRecovery = createRecovery;
    for (const { link } of this.#strands.values()) link.equip();
  }

  /** A TURN server does not accept the credentials of now. */
  onTurnRefused(): void {
    if (!this.#isRefused) this.#handlers.onTurnRefused();
    this.#isRefused = true;
  }

  /** Another try for a link that was given up. */
  retry(session: string): void {
    this.#strands.get(session)?.link.retry();
  }

  receiveSignal(signal: SignalDelivery): void {
    const { from, decline } = signal;
    if (decline) return this.#declined(from, signal.epoch);
    const known = this.#strands.get(from);
    if (known) {
      if (known.link.outranks(signal)) this.#decline(signal);
      return known.link.receive(signal);
    }
    if (signal.description?.type !== 'offer') return;
    if (!this.#you?.call || this.#strands.size + 1 >= this.#options.maxPeers()) {
      return this.#decline(signal);
    }
    this.#add(from, 'wait')?.link.receive(signal);
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#outgoing.set(source, track);
    else this.#outgoing.delete(source);
    for (const { link } of this.#strands.values()) link.publish(source);
    this.#early?.publish(source);
  }

  /** What we send, told to each peer directly as well. */
  setFlags(flags: MediaFlags): void {
    this.#flags = flags;
    for (const { link } of this.#strands.values()) link.tell({ type: 'media', media: flags });
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#strands.get(session)?.tracks.get(source) ?? null;
  }

  async makeEarlyOffer(): Promise<void> {
    const { relayOnly, iceServers } = this.#options;
    // The room's relays are not known yet, and without one there is nothing to offer.
    if (relayOnly && iceServers.length === 0) return;
    try {
      this.#early = new PeerLink(this.#world, 'early');
      await this.#early.makeEarlyOffer();
    } catch {
      // It only saves time; without it the call is set up as usual.
      this.#dropEarly();
    }
  }

  takeEarlyOffer(): EarlyOffer | null {
    // One that was said may have reached somebody, though the try failed; nobody must have it twice.
    if (this.#isEarlySaid || !this.#early) return null;
    const offer = this.#early.readEarlyOffer();
    this.#isEarlySaid = offer !== null;
    return offer;
  }

  /** Before `reconcile`, which is told who we are now and so who is polite. */
  assignEarlyOffer(taker: string | null): void {
    this.#taker = taker;
  }

  close(): void {
    this.#dropAll();
    this.#dropEarly();
    this.#you = null;
    this.#outgoing.clear();
  }

  #drop(session: string, bye = true): void {
    const strand = this.#strands.get(session);
    if (!strand) return;
    this.#strands.delete(session);
    this.#signals.forget(session);
    strand.link.close(bye);
    this.#handlers.onTracks(session, new Map());
    this.#handlers.onStatus(session, 'none');
  }

  #dropAll(): void {
    for (const session of [...this.#strands.keys()]) this.#drop(session);
  }

  #dropEarly(): void {
    this.#early?.close(false);
    this.#early = null;
  }

  #add(session: string, role: LinkRole): Strand | null {
    // Whoever was told of another link may have closed us.
    if (!this.#you) return null;
    try {
      return this.#attach(session, new PeerLink(this.#world, role));
    } catch (cause) {
      this.#handlers.onStatus(session, 'failed');
      this.#handlers.onError(session, cause, true);
      return null;
    }
  }

  #attach(session: string, link: PeerLink): Strand {
    const strand: Strand = { link, announced: false, tracks: new Map() };
    this.#strands.set(session, strand);
    this.#handlers.onStatus(session, link.status);
    link.attach((this.#you?.session ?? '') < session, {
      onSignal: (body) => this.#signals.send(session, body),
      isUnsaid: () => this.#signals.has(session),
      onStatus: (status) => this.#handlers.onStatus(session, status),
      onTracks: (tracks) => {
        strand.tracks = tracks;
        this.#handlers.onTracks(session, tracks);
      },
      onOpen: () => {
        link.tell({ type: 'media', media: this.#flags });
        this.#handlers.onLayout(session, null);
      },
      onMessage: (message) => {
        if (message.type === 'bye') this.#drop(session, false);
        else if (message.type === 'layout') this.#handlers.onLayout(session, message);
        else this.#handlers.onPeerMedia(session, message.media);
      },
      onError: (cause, fatal) => {
        // Whoever came and went before the roster named them leaves nothing behind.
        if (fatal && !strand.announced) this.#drop(session);
        else this.#handlers.onError(session, cause, fatal);
      },
    });
    return strand;
  }

  /** The roster does not ask for this link: an announced peer is gone, another one may yet come. */
  #doubt(session: string, peers: readonly PeerEntry[]): void {
    const strand = this.#strands.get(session);
    const isHere = peers.some((peer) => peer.session === session);
    if (strand?.announced !== false || isHere || !this.#you?.call) this.#drop(session);
  }

  #decline({ from, epoch, n }: SignalDelivery): void {
    this.#signals.send(from, { epoch, n, decline: true });
  }

  /** Our offer came too early for this peer: negotiate as usual. */
  #declined(session: string, epoch: number): void {
    const strand = this.#strands.get(session);
    if (!strand || strand.link.epoch !== epoch) return;
    strand.link.close(false);
    this.#strands.delete(session);
    if (epoch === FIRST_EPOCH.early) this.#add(session, 'offer');
    else this.#handlers.onStatus(session, 'none');
  }

  #setIceServers(iceServers: readonly IceServer[]): void {
    if (JSON.stringify(iceServers) === JSON.stringify(this.#iceServers)) return;
    this.#iceServers = iceServers;
    const wasRefused = this.#isRefused;
    this.#isRefused = false;
    for (const { link } of this.#strands.values()) {
      link.reconfigure();
      // Whoever found no path may find one now.
      if (wasRefused && link.status !== 'connected') link.restart();
    }
  }

  #configuration(): RTCConfiguration {
    const { iceServers, relayOnly } = this.#options;
    const named = this.#iceServers.map(({ urls, ...server }) => ({ urls: [...urls], ...server }));
    return {
      iceServers: [...named, ...iceServers],
      bundlePolicy: 'max-bundle',
      ...(relayOnly && { iceTransportPolicy: 'relay' }),
    };
  }
}
