/** The mesh: one link to each peer of the call. Decides which links there are. */
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
import type { FrameTransforms } from '../link/frame-transforms.js';
import { PeerLink } from '../link/peer-link.js';
import { FIRST_EPOCH } from '../link/signal-log.js';
import type { Clock, PeerConnectionFactory } from '../../ports.js';
import type { LinkStatus } from '../../state/room-state.js';
import type { CallHost } from '../ports.js';
import { NO_FLAGS } from '../../state/wanted-presence.js';
import { logWarning } from '../../support/log.js';
import { EarlyLink } from './early-link.js';
import { FullPeers } from './full-peers.js';
import { MeshData } from './mesh-data.js';
import { MeshServers, type ServerOptions } from './mesh-servers.js';
import { type RelayHandlers, RelayNeeds } from './relay-needs.js';
import { choosePeers } from './rules/choose-peers.js';
import { UnsentSignals } from './unsent-signals.js';

export interface MeshOptions extends ServerOptions, Pick<LinkWorld, 'isDataOnly'> {
  readonly clock: Clock;
  readonly createPeerConnection: PeerConnectionFactory;
  /** The most members that the mesh may have, ourselves included. */
  maxPeers(): number;
}

/** What the mesh tells the call. */
export interface MeshHandlers extends RelayHandlers, Pick<CallHost, 'onPeerData' | 'onPeerMedia'> {
  /** `false`: the room is out of reach. The mesh sends it again after the next `reconcile`. */
  sendSignal(to: string, body: SignalBody): boolean;
  onStatus(session: string, status: LinkStatus): void;
  onTracks(session: string, tracks: ReadonlyMap<Source, MediaStreamTrack>): void;
  /**
   * What the peer shows of us; `null`: the channel is new, and neither side has said anything yet.
   */
  onLayout(session: string, layout: LayoutMessage | null): void;
  onError(session: string, cause: unknown, fatal: boolean): void;
}

/** A peer, as the mesh knows it. */
interface MeshPeer {
  readonly link: PeerLink;
  /**
   * The roster has named the peer. Before that its absence means nothing: signals may arrive first.
   */
  announced: boolean;
  tracks: ReadonlyMap<Source, MediaStreamTrack>;
}

const SHOWN =
  'Only relays are used from now on. Addresses of this device may have been shown to the others before.';

export class MeshTopology {
  readonly #options: MeshOptions;
  readonly #handlers: MeshHandlers;
  readonly #peers = new Map<string, MeshPeer>();
  readonly #outgoing = new Map<Source, MediaStreamTrack>();
  readonly #world: LinkWorld;
  readonly #signals: UnsentSignals;
  readonly #full: FullPeers;
  readonly relays: RelayNeeds;
  readonly #servers: MeshServers;
  readonly data = new MeshData((session) => this.#peers.get(session)?.link.data);
  #createRecovery: CreateRecovery | null = null;
  #frameTransforms: FrameTransforms | null = null;
  /** The link whose offer `hello` carries (EN-6), until the room has welcomed us. */
  readonly #early = new EarlyLink(() => new PeerLink(this.#world, 'early'));
  #you: PeerEntry | null = null;
  #flags = NO_FLAGS;
  /** The number of links that the last roster asks for. */
  #expected = 0;

  constructor(options: MeshOptions, handlers: MeshHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#servers = new MeshServers(options);
    this.relays = new RelayNeeds(handlers);
    this.#full = new FullPeers((session, status) => handlers.onStatus(session, status));
    this.#signals = new UnsentSignals((to, body) => handlers.sendSignal(to, body));
    this.#world = {
      ...(options.isDataOnly && { isDataOnly: true }),
      clock: options.clock,
      createPeerConnection: options.createPeerConnection,
      configuration: () => this.configuration(),
      outgoing: this.#outgoing,
      startEncoding: () => startEncoding(this.#expected),
      onTurnRefused: () => this.relays.onRefused(),
      onTurnGranted: () => this.relays.onGranted(),
      createRecovery: () => this.#createRecovery,
      frameTransforms: () => this.#frameTransforms,
    };
  }

  /** Live: the links, by session. */
  get links(): ReadonlyMap<string, Pick<MeshPeer, 'link' | 'tracks'>> {
    return this.#peers;
  }

  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void {
    // That we do not know our own session yet is no reason to drop a link (SG-5).
    if (you === null) return;
    // To the peers a new session is another member, which makes links of its own.
    if (this.#you && this.#you.session !== you.session) this.#dropAll();
    this.#you = you;
    if (this.#servers.take(iceServers)) {
      const wasRefused = this.relays.renew();
      this.#renewServers(() => wasRefused);
    }
    const early = this.#early.release((session) => this.#peers.has(session));
    // Its offer may be older than the transforms.
    if (early) this.#attach(early.session, early.link).link.transformFrames();
    const wanted = choosePeers(you, peers, this.#options.maxPeers());
    this.#expected = wanted.size;
    for (const session of [...this.#peers.keys()]) {
      if (!wanted.has(session)) this.#dropUnwanted(session, peers);
    }
    for (const { session, call } of wanted.values()) {
      const role = you.call > call ? 'offer' : 'wait';
      const peer = this.#peers.get(session) ?? this.#add(session, role);
      if (peer) peer.announced = true;
    }
    this.#full.update(you, peers, wanted);
    this.#signals.flush();
    for (const { link } of this.#peers.values()) link.look();
  }

  /** Gives every link, present and future, its recovery. */
  equip(createRecovery: CreateRecovery): void {
    this.#createRecovery = createRecovery;
    for (const { link } of this.#peers.values()) link.equip();
  }

  /** Tries again after a link was given up. */
  retry(session: string): void {
    this.#peers.get(session)?.link.retry();
  }

  receiveSignal(signal: SignalDelivery): void {
    const { from, decline } = signal;
    if (decline) return this.#onDecline(from, signal.epoch);
    const known = this.#peers.get(from);
    if (known) {
      if (known.link.outranks(signal)) this.#decline(signal);
      return known.link.receive(signal);
    }
    if (signal.description?.type !== 'offer') return;
    if (!this.#you?.call || this.#peers.size + 1 >= this.#options.maxPeers()) {
      return this.#decline(signal);
    }
    this.#add(from, 'wait')?.link.receive(signal);
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#outgoing.set(source, track);
    else this.#outgoing.delete(source);
    for (const { link } of this.#peers.values()) link.publish(source);
    this.#early.publish(source);
  }

  /** Has the frames of every link transformed from now on; `null`: no longer. */
  transformFrames(transforms: FrameTransforms | null): void {
    this.#frameTransforms = transforms;
    for (const { link } of this.#peers.values()) link.transformFrames();
  }

  /** What we send as `source`. */
  getOutgoing(source: Source): MediaStreamTrack | null {
    return this.#outgoing.get(source) ?? null;
  }

  /** Tells each peer what we send, directly and so sooner than by the room. */
  setFlags(flags: MediaFlags): void {
    this.#flags = flags;
    for (const { link } of this.#peers.values()) link.tell({ type: 'media', media: flags });
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#peers.get(session)?.tracks.get(source) ?? null;
  }

  async makeEarlyOffer(): Promise<void> {
    if (this.#servers.mayOffer) await this.#early.makeOffer();
  }

  takeEarlyOffer(): EarlyOffer | null {
    return this.#early.takeOffer();
  }

  /** To be called before `reconcile`, which tells who we are and so which side is polite. */
  assignEarlyOffer(session: string | null): void {
    this.#early.assign(session);
  }

  /** The options have changed; see `MeshServers`. */
  configure(): void {
    if (!this.#servers.configure()) return this.#renewServers(() => true);
    this.#early.close();
    if (this.#peers.size > 0) logWarning(SHOWN);
    for (const { link } of this.#peers.values()) if (link.status !== 'failed') link.rebuild();
  }

  /** `mayRestart`: whether a link that has found no path may find one by the new servers. */
  #renewServers(mayRestart: () => boolean): void {
    for (const { link } of this.#peers.values()) {
      link.reconfigure();
      if (mayRestart() && link.status !== 'connected') link.restart();
    }
  }

  /** For the connections of links, as of now. */
  configuration(): RTCConfiguration {
    return this.#servers.configuration;
  }

  close(): void {
    this.#dropAll();
    this.#early.close();
    this.#you = null;
    this.#outgoing.clear();
  }

  #drop(session: string, bye = true): void {
    const peer = this.#peers.get(session);
    if (!peer) return;
    this.#peers.delete(session);
    this.#signals.forget(session);
    peer.link.close(bye);
    this.data.drop(session);
    this.#handlers.onTracks(session, new Map());
    this.#handlers.onStatus(session, 'none');
  }

  #dropAll(): void {
    for (const session of [...this.#peers.keys()]) this.#drop(session);
  }

  #add(session: string, role: LinkRole): MeshPeer | null {
    // A handler that was called for another link may have closed the mesh.
    if (!this.#you) return null;
    try {
      return this.#attach(session, new PeerLink(this.#world, role));
    } catch (cause) {
      this.#handlers.onStatus(session, 'failed');
      this.#handlers.onError(session, cause, true);
      return null;
    }
  }

  #attach(session: string, link: PeerLink): MeshPeer {
    const peer: MeshPeer = { link, announced: false, tracks: new Map() };
    this.#peers.set(session, peer);
    this.data.renew(session, link.data);
    this.#handlers.onStatus(session, link.status);
    link.attach((this.#you?.session ?? '') < session, {
      onSignal: (body) => this.#signals.send(session, body),
      isUnsent: () => this.#signals.has(session),
      onStatus: (status) => this.#handlers.onStatus(session, status),
      onRelay: (code) => this.relays.set(session, code),
      onTracks: (tracks) => {
        peer.tracks = tracks;
        this.#handlers.onTracks(session, tracks);
      },
      onData: () => this.#handlers.onPeerData(session),
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
        // A peer that fails before the roster has named it leaves nothing behind.
        if (fatal && !peer.announced) this.#drop(session);
        else this.#handlers.onError(session, cause, fatal);
      },
    });
    return peer;
  }

  /**
   * The roster does not ask for this link. An announced peer is gone; another one may still be
   * named.
   */
  #dropUnwanted(session: string, peers: readonly PeerEntry[]): void {
    const peer = this.#peers.get(session);
    const isNamed = peers.some((entry) => entry.session === session);
    if (peer?.announced !== false || isNamed || !this.#you?.call) this.#drop(session);
  }

  #decline({ from, epoch, n }: SignalDelivery): void {
    this.#signals.send(from, { epoch, n, decline: true });
  }

  /** Our offer came before the peer could take it: negotiate as usual. */
  #onDecline(session: string, epoch: number): void {
    const peer = this.#peers.get(session);
    if (!peer || peer.link.epoch !== epoch) return;
    peer.link.close(false);
    this.#peers.delete(session);
    if (epoch === FIRST_EPOCH.early) this.#add(session, 'offer');
    else this.#full.add(session);
  }
}
