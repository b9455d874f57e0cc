/** The call as a mesh: everybody has a link to everybody else. */
import type { IceServer, MediaFlags, PeerEntry, ShownSize, Source } from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';
import type { RelayProblemCode } from '../../state/relay-problems.js';
import { LazyModule, loadModule } from '../../support/lazy-module.js';
import { logWarning } from '../../support/log.js';
import { createPeerConnection } from '../../support/create-peer-connection.js';
import type {
  Call,
  CallData,
  CallFaults,
  CallHost,
  CallOptions,
  CallReport,
  CallSignals,
  CreateCall,
} from '../ports.js';
import type { EncryptionKeys } from '../../api/room-api.js';
import type { MeshBackground } from './mesh-background.js';
import type { MeshEncryption } from './mesh-encryption.js';
import type { MeshRelays } from './mesh-relays.js';
import { MeshTopology } from './mesh-topology.js';

class MeshCall implements Call {
  readonly #host: CallHost;
  readonly #options: CallOptions;
  readonly #mesh: MeshTopology;
  readonly #encryption: LazyModule<MeshEncryption, never>;
  /** Loading begins while the call connects. */
  readonly #background: LazyModule<MeshBackground, never>;
  /** Wanted once a link has no relay that it needs. */
  readonly #relays: LazyModule<MeshRelays, RelayProblemCode | null>;
  readonly signals: CallSignals;
  /** Of links for data alone; `null`: the links are those of a call. */
  readonly #mostLinks: number | null;
  #closed = false;

  constructor(host: CallHost, options: CallOptions, mostLinks: number | null = null) {
    this.#host = host;
    this.#options = options;
    this.#mostLinks = mostLinks;
    this.#mesh = this.#createMesh();
    this.#encryption = new LazyModule(host, {
      load: async () => {
        const module = await loadModule(import('./mesh-encryption.js'));
        return () => new module.MeshEncryption(host, this.#mesh);
      },
    });
    this.#background = new LazyModule(host, {
      load: async () => {
        const module = await loadModule(import('./mesh-background.js'));
        return () => new module.MeshBackground(host, options, this.#mesh);
      },
    });
    this.#relays = new LazyModule(host, {
      load: async () => {
        const module = await loadModule(import('./mesh-relays.js'));
        return () => new module.MeshRelays(host, this.#mesh);
      },
      onItem: (relays, code) => relays.take(code),
    });
    const mesh = this.#mesh;
    this.signals = {
      receive: (signal) => this.#closed || mesh.receiveSignal(signal),
      makeEarlyOffer: () => mesh.makeEarlyOffer(),
      takeEarlyOffer: () => mesh.takeEarlyOffer(),
      assignEarlyOffer: (session) => mesh.assignEarlyOffer(session),
    };
  }

  /** Links are made by `reconcile()`. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  reconcile(you: PeerEntry, peers: readonly PeerEntry[], iceServers: readonly IceServer[]): void {
    if (this.#closed) return;
    this.#mesh.reconcile(you, peers, iceServers);
    this.#wakeBackground();
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (this.#closed) return;
    this.#mesh.publish(source, track);
    this.#wakeBackground();
  }

  setEncryption(keys: EncryptionKeys | null): Promise<void> {
    if (!keys && !this.#encryption.isWanted) return Promise.resolve();
    return this.#encryption.use((encryption) => encryption.set(keys));
  }

  configure(): void {
    if (this.#closed) return;
    this.#mesh.configure();
    this.#wakeBackground();
  }

  setFlags(flags: MediaFlags): void {
    this.#mesh.setFlags(flags);
  }

  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void {
    this.#background.tell(({ adaptation }) => adaptation.show(session, source, size));
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#mesh.getTrack(session, source);
  }

  levelOf(session: string): number | undefined {
    return this.#mesh.links.get(session)?.link.level;
  }

  get data(): CallData {
    return this.#mesh.data;
  }

  /** Each link is a transport of its own. */
  report(): CallReport {
    const links = [...this.#mesh.links];
    return {
      transports: links.map(([session, { link }]) => ({
        id: session,
        state: link.health.state,
        epoch: link.epoch,
        ...(this.#background.module?.stepsOf(link) ?? { restarts: 0, rebuilds: 0 }),
        getStats: () => link.getStats(),
      })),
      peers: links.map(([session, { link, tracks }]) => ({
        session,
        transport: session,
        ...(link.data.features && { features: link.data.features }),
        tracks: Object.fromEntries([...tracks].map(([source, { id }]) => [source, id])),
      })),
    };
  }

  readonly faults: CallFaults = {
    'ice-fail': () => this.#background.use((background) => background.failLinks()),
    'turn-expire': () => this.#mesh.relays.simulateRefusal(),
    rebuild: () => this.#background.use((background) => background.rebuildLinks()),
  };

  restart(session: string): void {
    this.#mesh.retry(session);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#background.close();
    this.#relays.close();
    this.#mesh.close();
    this.#encryption.close();
  }

  #createMesh(): MeshTopology {
    const options = this.#options;
    const host = this.#host;
    const most = this.#mostLinks;
    return new MeshTopology(
      {
        clock: host.ports.clock,
        createPeerConnection: host.ports.createPeerConnection ?? createPeerConnection,
        relayOnly: () => options.privacy === 'relay',
        iceServers: () => options.iceServers,
        maxPeers: () =>
          most === null ? (options.maxPeers ?? host.getSnapshot().limits.meshMembers) : most + 1,
        isDataOnly: most !== null,
      },
      {
        sendSignal: (to, body) => host.sendSignal(to, body),
        onStatus: (session, status) => {
          host.onStatus(session, status);
          this.#relays.module?.wake();
          this.#wakeBackground();
        },
        onTracks: (session) => host.onTracks(session),
        onPeerMedia: (session, media) => {
          host.onPeerMedia(session, media);
          this.#wakeBackground();
        },
        onPeerData: (session) => host.onPeerData(session),
        onLayout: (session, layout) =>
          this.#background.tell(({ adaptation }) => adaptation.onLayout(session, layout)),
        onTurnRefused: (again) => host.onTurnRefused(again),
        onRelayProblem: (code) => this.#onRelayProblem(code),
        onError: (session, cause, fatal) => this.#onError(session, cause, fatal),
      },
    );
  }

  #onRelayProblem(code: RelayProblemCode | null): void {
    if (this.#closed) return;
    this.#relays.hand(code);
    this.#relays.tell(() => undefined);
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
    if (!this.#closed) this.#background.tell((background) => background.wake());
  }
}

const unreachable = (name: string, cause: unknown): RtcError =>
  cause instanceof RtcError
    ? cause
    : new RtcError('peer-unreachable', `No connection to ${name} could be made. Try again.`, {
        cause,
        retryable: true,
      });

/** Creates the mesh of one room. */
export const createMeshCall: CreateCall = (host, options) => new MeshCall(host, options);

/** As a mesh, for `most` links at a time, over which only data goes. */
export const createDataMesh = (host: CallHost, options: CallOptions, most: number): Call =>
  new MeshCall(host, options, most);
