/**
 * Reads the links that are connected, once a second while the page is shown, and shows their
 * figures. A hidden page is not woken for what nobody sees; when it is shown again, figures start
 * over.
 */
import type { QualityFacts } from './rules/judge-link.js';
import { settle, type Settled } from './rules/settle.js';
import type { Clock } from '../../ports.js';
import type { Link } from '../../state/room-state.js';
import { isPageHidden } from '../../support/is-page-hidden.js';
import { type LinkTotals, readLink } from './link-stats.js';

const EVERY_MS = 1_000;

/** A link, as the sampler sees it. */
export interface Readable {
  getStats(): Promise<RTCStatsReport>;
}

export interface SampledLinks {
  readonly clock: Clock;
  /** Live: what is shown of each link, by session. */
  readonly links: ReadonlyMap<string, Link>;
  find(session: string): Readable | undefined;
  show(session: string, link: Link): void;
}

/** What is kept of a link between readings. */
interface Sample {
  totals: LinkTotals | null;
  facts: QualityFacts | null;
  settled: Settled | null;
  isReading: boolean;
}

export class LinkSampler {
  readonly #world: SampledLinks;
  readonly #samples = new Map<string, Sample>();
  #cancel: (() => void) | null = null;

  constructor(world: SampledLinks) {
    this.#world = world;
    globalThis.document?.addEventListener('visibilitychange', this.wake);
  }

  /** Called when a link may have come up, or when the page may be shown again. */
  readonly wake = (): void => {
    if (isPageHidden() || this.#up.length === 0) return;
    this.#cancel ??= this.#world.clock.setTimer(EVERY_MS, () => this.#tick());
  };

  close(): void {
    globalThis.document?.removeEventListener('visibilitychange', this.wake);
    this.#cancel?.();
    // What is still under way must not set another timer.
    this.#cancel = () => undefined;
  }

  #tick(): void {
    this.#cancel = null;
    const { links } = this.#world;
    for (const session of this.#samples.keys()) {
      if (links.get(session)?.status !== 'connected') this.#samples.delete(session);
    }
    if (isPageHidden()) return this.#rest();
    this.wake();
    for (const [session, link] of this.#up) void this.#read(session, link);
  }

  get #up(): readonly (readonly [string, Link])[] {
    return [...this.#world.links].filter(([, { status }]) => status === 'connected');
  }

  /** Differences over a time without readings would say nothing about the present. */
  #rest(): void {
    for (const sample of this.#samples.values()) sample.totals = sample.facts = null;
  }

  async #read(session: string, link: Link): Promise<void> {
    const sample = this.#sample(session);
    if (sample.isReading) return;
    sample.isReading = true;
    // If there is no report, there are no figures this time.
    const report = await this.#world
      .find(session)
      ?.getStats()
      .catch(() => null);
    sample.isReading = false;
    // The link may have changed in the meantime.
    if (!report || this.#world.links.get(session) !== link) return;
    const now = this.#world.clock.now();
    const { path, stats, facts, totals } = readLink(report, sample.totals, now);
    const settled = settle(sample.settled, facts, this.#factsBut(session), now);
    Object.assign(sample, { totals, facts, settled });
    const { quality, reason } = settled;
    this.#world.show(session, { ...link, path, stats, quality, reason });
  }

  #sample(session: string): Sample {
    const known = this.#samples.get(session);
    if (known) return known;
    const sample: Sample = { totals: null, facts: null, settled: null, isReading: false };
    this.#samples.set(session, sample);
    return sample;
  }

  /** The last facts of all links but one. */
  #factsBut(session: string): readonly QualityFacts[] {
    return [...this.#samples].flatMap(([other, { facts }]) =>
      other !== session && facts ? [facts] : [],
    );
  }
}
