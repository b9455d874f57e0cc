// Links for data alone (rules DL), whose code comes with the first that is wanted, here or by a peer.
import type { DataPurpose, SignalDelivery } from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { DataLinksHost } from '../call/mesh/data-links-host.js';
import type { DataLinks } from '../call/mesh/data-links.js';
import type { RtcError } from '../state/errors.js';
import { requirePeerConnections } from '../support/create-peer-connection.js';
import { LazyModule, loadModule } from '../support/lazy-module.js';

export interface LinkDemandHost extends DataLinksHost {
  /** Whether this page takes data for that purpose. */
  takes(purpose: DataPurpose): boolean;
  /** Links may need ICE servers from now on. */
  onLoad(): void;
}

export class LinkDemand {
  readonly #host: LinkDemandHost;
  readonly #links: LazyModule<DataLinks, SignalDelivery>;

  constructor(host: LinkDemandHost, options: CompleteOptions) {
    this.#host = host;
    this.#links = new LazyModule(host, {
      load: async () => {
        requirePeerConnections(host.ports);
        const { DataLinks } = await loadModule(import('../call/mesh/data-links.js'));
        return () => new DataLinks(host, options);
      },
      onReady: () => host.onLoad(),
      onItem: (links, signal) => links.receive(signal),
    });
  }

  get isWanted(): boolean {
    return this.#links.isWanted;
  }

  get module(): DataLinks | null {
    return this.#links.module;
  }

  /** See `DataContext.wantLink`. */
  async want(session: string, purpose: DataPurpose): Promise<RtcError | null> {
    if ((this.#host.ownCallData()?.readinessOf(session, purpose) ?? 'none') !== 'none') return null;
    return this.#links
      .use((links) => links.want(session, purpose))
      .catch((error: unknown) => error as RtcError);
  }

  /** A link for what nobody here takes is declined, and the code for it not loaded. */
  receiveSignal(signal: SignalDelivery): void {
    const { from, link = 'actions', description, epoch, n } = signal;
    const isOffer = description?.type === 'offer';
    if (!isOffer && !this.isWanted) return;
    const decline = (): void =>
      void (isOffer && this.#host.sendSignal(from, { epoch, n, decline: true, link }));
    if (isOffer && !this.#host.takes(link)) return decline();
    this.#links.use(() => undefined).catch(decline);
    this.#links.hand(signal);
  }

  configure(): void {
    this.module?.configure();
  }

  close(): void {
    this.#links.close();
  }
}
