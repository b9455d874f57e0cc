/** The call of a room: connects links and the snapshot. Loaded when first needed. */
import {
  type IceServer,
  type MediaFlags,
  type PeerEntry,
  type ShownSize,
  type SignalDelivery,
  type Source,
} from '@rtc-elements/protocol';

import type { CallBackground } from './background.js';
import { RtcError } from '../state/errors.js';
import type { CompleteOptions } from '../api/options.js';
import { createPeerConnection } from './link/create-peer-connection.js';
import { LinkMonitor } from './stats/link-monitor.js';
import type { Call, CallHost } from './ports.js';
import { mayPlay } from '../state/may-play.js';
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
  readonly #mesh: MeshTopology;
  readonly #monitor: LinkMonitor;
  readonly background: LazyModule<CallBackground, never>;
  #closed = false;

  constructor(host: CallHost, options: CompleteOptions) {
    this.#host = host;
    this.#options = options;
    this.#mesh = this.#makeMesh();
    this.#monitor = new LinkMonitor((session, link) =>
      this.#dispatch({ type: 'link', session, link }),
    );
    this.background = new LazyModule(host, {
      load: async () => {
        const module = await loadModule(import('./background.js'));
        const world = { options, mesh: this.#mesh, monitor: this.#monitor };
        return () => new module.CallBackground(host, world);
      },
    });
  }

  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void {
    if (this.#closed) return;
    this.#mesh.reconcile(you, peers, iceServers);
    this.#monitor.repeat();
    for (const session of this.#mesh.links.keys()) this.#tellTracks(session);
    this.#wakeBackground();
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (this.#closed) return;
    this.#mesh.publish(source, track);
    this.#wakeBackground();
  }

  setFlags(flags: MediaFlags): void {
    this.#mesh.setFlags(flags);
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

/** Makes the call of one room. */
export const createCall = (host: CallHost, options: CompleteOptions): Call =>
  new MeshCall(host, options);
