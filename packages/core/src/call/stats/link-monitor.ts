/** What the snapshot shows of each link: its status at once, its figures once they are sampled. */
import type { CallHost } from '../ports.js';
import { NO_LINK } from '../../state/initial-state.js';
import type { Link, LinkStatus } from '../../state/room-state.js';
import { LazyModule, loadModule } from '../../support/lazy-module.js';
import type { LinkSampler, SampledLinks } from './link-sampler.js';

export class LinkMonitor {
  readonly #links = new Map<string, Link>();
  readonly #onChange: SampledLinks['show'];
  readonly #sampler: LazyModule<LinkSampler, never>;

  constructor(host: CallHost, find: SampledLinks['find'], onChange: SampledLinks['show']) {
    this.#onChange = onChange;
    this.#sampler = new LazyModule(host, {
      load: async () => {
        const vitals = await loadModule(import('./vitals.js'));
        const world = { clock: host.ports.clock, links: this.#links, find, show: this.#show };
        return () => new vitals.LinkSampler(world);
      },
    });
  }

  setStatus(session: string, status: LinkStatus): void {
    const before = this.#links.get(session);
    const isUp = status === 'connected' || status === 'reconnecting';
    this.#show(session, { ...((isUp && before) || NO_LINK), status });
    if (status === 'none') this.#links.delete(session);
    if (status === 'connected') this.#sampler.tell((sampler) => sampler.wake());
  }

  /** Tells everything again: the roster may have named a peer only after its link was made. */
  retell(): void {
    for (const [session, link] of this.#links) this.#onChange(session, link);
  }

  close(): void {
    this.#sampler.close();
    this.#links.clear();
  }

  readonly #show: SampledLinks['show'] = (session, link) => {
    this.#links.set(session, link);
    this.#onChange(session, link);
  };
}
