/** The media side of a room: connects devices, links and the snapshot. Loaded when first needed. */
import {
  type IceServer,
  type MediaSource,
  type PeerEntry,
  type ShownSize,
  type SignalDelivery,
  type Source,
} from '@rtc-elements/protocol';

import type { CallBackground } from './background.js';
import { RtcError } from '../state/errors.js';
import { browserMedia } from '../media/browser-media-port.js';
import { LocalMedia } from '../media/local-media.js';
import type { CompleteOptions } from '../api/options.js';
import { createPeerConnection } from './link/create-peer-connection.js';
import { LinkMonitor } from './stats/link-monitor.js';
import type { Call, CallHost } from './ports.js';
import type { RoomMedia } from '../api/room-api.js';
import { mayPlay, maySend } from '../state/may-play.js';
import type { RoomChange } from '../state/room-change.js';
import { LazyModule, loadModule } from '../support/lazy-module.js';
import { logWarning } from '../support/log.js';
import { MeshTopology } from './mesh/mesh-topology.js';

const unreachable = (name: string, cause: unknown): RtcError =>
  cause instanceof RtcError
    ? cause
    : new RtcError('peer-unreachable', `No connection to ${name} could be made. Try again.`, {
        cause,
        retryable: true,
      });

class MeshCall implements Call {
  readonly #host: CallHost;
  readonly #options: CompleteOptions;
  readonly #local: LocalMedia;
  readonly #mesh: MeshTopology;
  readonly #monitor: LinkMonitor;
  readonly background: LazyModule<CallBackground, never>;
  #flags = '';
  /** The sources of ours that a host had turned off according to the last roster. */
  #muted: readonly MediaSource[] = [];
  #closed = false;

  constructor(host: CallHost, options: CompleteOptions) {
    this.#host = host;
    this.#options = options;
    const { clock } = host.ports;
    this.#mesh = this.#makeMesh();
    this.#monitor = new LinkMonitor((session, link) =>
      this.#dispatch({ type: 'link', session, link }),
    );
    this.background = new LazyModule(host, {
      load: async () => {
        const module = await loadModule(import('./background.js'));
        const world = { options, mesh: this.#mesh, media: this.#local, monitor: this.#monitor };
        return () => new module.CallBackground(host, world);
      },
    });
    this.#local = new LocalMedia(
      host.ports.media ?? browserMedia,
      clock,
      {
        onTrack: (source, track) => this.#onTrack(source, track),
        onChange: (media) => {
          this.#dispatch({ type: 'local-media', media });
          this.#tellFlags();
        },
      },
      options.holdMicrophone,
    );
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
    if (you) this.#obey(you);
    this.#mesh.reconcile(you, peers, iceServers);
    this.#monitor.repeat();
    for (const session of this.#mesh.links.keys()) this.#tellTracks(session);
    this.#wakeBackground();
  }

  receiveSignal(signal: SignalDelivery): void {
    if (!this.#closed) this.#mesh.receiveSignal(signal);
  }

  get early(): Call['early'] {
    return this.#mesh;
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#mayPlay(session, source) ? this.#mesh.getTrack(session, source) : null;
  }

  retry(session: string): void {
    this.#mesh.retry(session);
  }

  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void {
    this.background.tell(({ adaptation }) => adaptation.show(session, source, size));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.background.close();
    this.#monitor.close();
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
          this.#wakeBackground();
        },
        onTracks: (session) => this.#tellTracks(session),
        onPeerMedia: (session, media) => {
          this.#dispatch({ type: 'peer-media', session, media });
          this.#wakeBackground();
        },
        onLayout: (session, layout) =>
          this.background.tell(({ adaptation }) => adaptation.onLayout(session, layout)),
        onTurnRefused: () => {
          if (!this.#closed) this.#host.onTurnRefused();
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
    this.#wakeBackground();
  }

  #tellFlags(): void {
    const { flags } = this.#local;
    const text = JSON.stringify(flags);
    if (text === this.#flags) return;
    this.#flags = text;
    this.#mesh.setFlags(flags);
    this.#host.setMediaFlags(flags);
  }

  /** Carries out what a host has done to our roster entry, once each time (MO-1, MO-2). */
  #obey(you: PeerEntry): void {
    const { muted } = you;
    this.#local.allow(maySend(you));
    const fresh = muted.filter((source) => !this.#muted.includes(source));
    this.#muted = muted;
    for (const source of fresh) this.#local.turnOff(source);
    // Even if it was off already: the mute ends once the room has seen our flags.
    if (fresh.length > 0) this.#host.setMediaFlags(this.#local.flags, true);
  }

  #mayPlay(session: string, source: Source): boolean {
    const peer = this.#host.getSnapshot().peers.find((one) => one.session === session);
    return peer !== undefined && mayPlay(peer, source);
  }

  #tellTracks(session: string): void {
    const ids: Partial<Record<Source, string>> = {};
    for (const [source, { id }] of this.#mesh.links.get(session)?.tracks ?? []) {
      if (this.#mayPlay(session, source)) ids[source] = id;
    }
    this.#dispatch({ type: 'tracks', session, tracks: ids });
  }

  #onError(session: string, cause: unknown, fatal: boolean): void {
    if (this.#closed) return;
    if (!fatal) return logWarning('a link survived an error', cause);
    const peer = this.#host.getSnapshot().peers.find((one) => one.session === session);
    this.#host.reportError(unreachable(peer?.name ?? 'a peer', cause));
  }

  /**
   * Called when something has changed. If the background cannot be loaded, the next change tries
   * again.
   */
  #wakeBackground(): void {
    if (!this.#closed) this.background.tell((background) => background.wake());
  }
}

/** Makes the call of one room. No device is opened before `start()` or a choice of the person. */
export const createCall = (host: CallHost, options: CompleteOptions): Call =>
  new MeshCall(host, options);
