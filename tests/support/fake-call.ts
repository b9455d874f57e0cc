// A call without media: for tests of the room around it. It remembers what it was told.
import type {
  EarlyOffer,
  IceServer,
  PeerEntry,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import type { CompleteOptions } from '../../packages/core/src/api/options.js';
import type { Call, CallHost } from '../../packages/core/src/call/ports.js';

/** Core's `Call`, empty inside. */
export class FakeCall implements Call {
  readonly host: CallHost;
  readonly options: CompleteOptions;
  /** Names of what was called, oldest first. */
  readonly calls: string[] = [];
  /** What it was given to send. */
  published: Partial<Record<Source, MediaStreamTrack | null>> = {};
  readonly signals: SignalDelivery[] = [];
  readonly rosters: {
    you: PeerEntry | null;
    peers: readonly PeerEntry[];
    ice: readonly IceServer[];
  }[] = [];
  /** The early offer, once it is there. */
  offer: EarlyOffer | null | Promise<EarlyOffer | null> = null;
  /** Who was given it; `undefined`: not told yet. */
  taker: string | null | undefined;
  #offer: EarlyOffer | null = null;

  constructor(host: CallHost, options: CompleteOptions) {
    this.host = host;
    this.options = options;
  }

  readonly background: Call['background'] = {
    module: null,
    use: () => Promise.reject(new Error('nobody looks after a fake')),
  };

  publish(source: Source, track: MediaStreamTrack | null): void {
    this.published = { ...this.published, [source]: track };
  }

  setFlags(): void {}

  reconcile(you: PeerEntry | null, peers: readonly PeerEntry[], ice: readonly IceServer[]): void {
    this.calls.push('reconcile');
    this.rosters.push({ you, peers, ice });
  }

  receiveSignal(signal: SignalDelivery): void {
    this.signals.push(signal);
  }

  readonly early: Call['early'] = {
    makeEarlyOffer: async () => {
      this.#offer = await this.offer;
    },
    takeEarlyOffer: () => {
      const offer = this.#offer;
      this.#offer = null;
      return offer;
    },
    assignEarlyOffer: (taker) => {
      this.taker = taker;
    },
  };

  show(): void {}

  getTrack(): null {
    return null;
  }

  retry(session: string): void {
    this.calls.push(`retry ${session}`);
  }

  close(): void {
    this.calls.push('close');
  }
}
