/** The media side of a room: wires devices, links and what is told of them. Loaded when first needed. */
import type {
  EarlyOffer,
  IceServer,
  PeerEntry,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import { RtcError } from './errors.js';
import { browserMedia } from './media/browser-media-port.js';
import { Levels, MicrophoneMeter } from './media/levels.js';
import { LocalMedia } from './media/local-media.js';
import type { CompleteOptions } from './options.js';
import { createPeerConnection } from './peer/create-peer-connection.js';
import { LinkMonitor } from './peer/link-monitor.js';
import type { Call, CallHost } from './ports.js';
import type { RoomMedia } from './room-api.js';
import type { RoomChange } from './state/room-change.js';
import { logWarning } from './support/log.js';
import { MeshTopology } from './topology/mesh-topology.js';

const unreachable = (name: string, cause: unknown): RtcError =>
  cause instanceof RtcError
    ? cause
    : new RtcError(
        'peer-unreachable',
        `No connection to ${name} could be made. Leaving and joining again may help.`,
        { cause, retryable: true },
      );

class MeshCall implements Call {
  readonly #host: CallHost;
  readonly #options: CompleteOptions;
  readonly #local: LocalMedia;
  readonly #mesh: MeshTopology;
  readonly #monitor: LinkMonitor;
  readonly #meter = new MicrophoneMeter();
  readonly #levels: Levels;
  #flags = '';
  #closed = false;

  constructor(host: CallHost, options: CompleteOptions) {
    this.#host = host;
    this.#options = options;
    const { clock } = host.ports;
    this.#mesh = this.#makeMesh();
    this.#monitor = new LinkMonitor(
      clock,
      (session) => this.#mesh.links.get(session)?.link,
      (session, link) => this.#dispatch({ type: 'link', session, link }),
    );
    this.#levels = new Levels(clock, {
      sample: () => this.#sample(),
      onLevels: (levels) => host.reportLevels(levels),
      onSpeaking: (session, on) => this.#dispatch({ type: 'speaking', session, on }),
    });
    this.#local = new LocalMedia(host.ports.media ?? browserMedia, clock, {
      onTrack: (source, track) => this.#onTrack(source, track),
      onChange: (media) => {
        this.#dispatch({ type: 'local-media', media });
        this.#tellFlags();
      },
    });
  }

  get media(): RoomMedia {
    return this.#local;
  }

  start(): void {
    this.#local.start(this.#options.audio, this.#options.video);
  }

  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void {
    if (this.#closed) return;
    this.#mesh.reconcile(you, peers, iceServers);
    this.#monitor.retell();
    for (const session of this.#mesh.links.keys()) this.#tellTracks(session);
    this.#levels.wake();
  }

  receiveSignal(signal: SignalDelivery): void {
    if (!this.#closed) this.#mesh.receiveSignal(signal);
  }

  makeEarlyOffers(limit: number): Promise<readonly EarlyOffer[]> {
    return this.#mesh.makeEarlyOffers(limit);
  }

  assignEarlyOffers(takers: readonly (string | null)[]): void {
    this.#mesh.assignEarlyOffers(takers);
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#mesh.getTrack(session, source);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#levels.close();
    this.#monitor.close();
    this.#meter.close();
    this.#local.close();
    this.#mesh.close();
  }

  #makeMesh(): MeshTopology {
    const { maxPeers, privacy, iceServers } = this.#options;
    const { ports } = this.#host;
    return new MeshTopology(
      {
        clock: ports.clock,
        createPeerConnection: ports.createPeerConnection ?? createPeerConnection,
        relayOnly: privacy === 'relay',
        iceServers,
        maxPeers: () => maxPeers ?? this.#host.getSnapshot().limits.meshMembers,
      },
      {
        sendSignal: (to, body) => this.#host.sendSignal(to, body),
        onStatus: (session, status) => {
          if (this.#closed) return;
          this.#monitor.setStatus(session, status);
          this.#levels.wake();
        },
        onTracks: (session) => this.#tellTracks(session),
        onPeerMedia: (session, media) => {
          this.#dispatch({ type: 'peer-media', session, media });
          this.#levels.wake();
        },
        onError: (session, cause, fatal) => this.#onError(session, cause, fatal),
      },
    );
  }

  #dispatch(change: RoomChange): void {
    if (!this.#closed) this.#host.dispatch(change);
  }

  #onTrack(source: Source, track: MediaStreamTrack | null): void {
    this.#mesh.publish(source, track);
    if (source === 'microphone') this.#levels.wake();
  }

  #tellFlags(): void {
    const { flags } = this.#local;
    const text = JSON.stringify(flags);
    if (text === this.#flags) return;
    this.#flags = text;
    this.#mesh.setFlags(flags);
    this.#host.setMediaFlags(flags);
  }

  #tellTracks(session: string): void {
    const ids: Partial<Record<Source, string>> = {};
    for (const [source, { id }] of this.#mesh.links.get(session)?.tracks ?? []) ids[source] = id;
    this.#dispatch({ type: 'tracks', session, tracks: ids });
  }

  #onError(session: string, cause: unknown, fatal: boolean): void {
    if (this.#closed) return;
    if (!fatal) return logWarning('a link stumbled', cause);
    const peer = this.#host.getSnapshot().peers.find((one) => one.session === session);
    this.#host.reportError(unreachable(peer?.name ?? 'a peer', cause));
  }

  /** Ourselves while our microphone is on, and the peers who say that theirs is. */
  #sample(): ReadonlyMap<string, number> {
    const levels = new Map<string, number>();
    const { you, peers } = this.#host.getSnapshot();
    const microphone = this.#local.getTrack('microphone');
    const level = this.#meter.levelOf(microphone);
    if (microphone) levels.set(you?.session ?? '', level);
    for (const { session, media } of peers) {
      const link = this.#mesh.links.get(session)?.link;
      if (media.microphone && link) levels.set(session, link.level);
    }
    return levels;
  }
}

/** Makes the call of one room. Nothing is opened before `start()` or a choice of the person. */
export const createCall = (host: CallHost, options: CompleteOptions): Call =>
  new MeshCall(host, options);
