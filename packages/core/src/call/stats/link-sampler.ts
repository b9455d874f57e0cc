/**
 * Reads the transports of a call, once a second while the page is shown, and shows the figures of each
 * peer that is connected. A hidden page is not woken for what nobody sees; when it is shown again, figures start
 * over.
 */
import type { QualityFacts } from './rules/judge-link.js';
import { settle, type Settled } from './rules/settle.js';
import type { Clock } from '../../ports.js';
import type { Call, PeerReport, TransportReport } from '../ports.js';
import type { Link } from '../../state/room-state.js';
import { isPageHidden } from '../../support/is-page-hidden.js';
import type { LinkMonitor } from './link-monitor.js';
import { type LinkTotals, readLink } from './link-stats.js';

const EVERY_MS = 1_000;

/** What is kept of a link between readings. */
interface Sample {
  totals: LinkTotals | null;
  facts: QualityFacts | null;
  settled: Settled | null;
}

export class LinkSampler {
  readonly #clock: Clock;
  readonly #call: Pick<Call, 'report'>;
  readonly #monitor: Pick<LinkMonitor, 'links' | 'show'>;
  readonly #samples = new Map<string, Sample>();
  /** Transports whose statistics are under way, by id. */
  readonly #reading = new Set<string>();
  #cancel: (() => void) | null = null;

  constructor(
    clock: Clock,
    call: Pick<Call, 'report'>,
    monitor: Pick<LinkMonitor, 'links' | 'show'>,
  ) {
    this.#monitor = monitor;
    this.#clock = clock;
    this.#call = call;
    globalThis.document?.addEventListener('visibilitychange', this.wake);
  }

  /** Called when a link may have come up, or when the page may be shown again. */
  readonly wake = (): void => {
    if (isPageHidden() || this.#up.length === 0) return;
    this.#cancel ??= this.#clock.setTimer(EVERY_MS, () => this.#tick());
  };

  close(): void {
    globalThis.document?.removeEventListener('visibilitychange', this.wake);
    this.#cancel?.();
    // What is still under way must not set another timer.
    this.#cancel = () => undefined;
  }

  #tick(): void {
    this.#cancel = null;
    const { links } = this.#monitor;
    for (const session of this.#samples.keys()) {
      if (links.get(session)?.status !== 'connected') this.#samples.delete(session);
    }
    if (isPageHidden()) return this.#rest();
    this.wake();
    const up = new Map(this.#up);
    const { transports, peers } = this.#call.report();
    for (const transport of transports) {
      const reached = peers.filter((peer) => peer.transport === transport.id);
      if (reached.some(({ session }) => up.has(session))) void this.#read(transport, reached, up);
    }
  }

  get #up(): readonly (readonly [string, Link])[] {
    return [...this.#monitor.links].filter(([, { status }]) => status === 'connected');
  }

  /** Differences over a time without readings would say nothing about the present. */
  #rest(): void {
    for (const sample of this.#samples.values()) sample.totals = sample.facts = null;
  }

  /** Reads a transport for all peers that it reaches; `links` are those that are up. */
  async #read(
    { id, getStats }: TransportReport,
    peers: readonly PeerReport[],
    links: ReadonlyMap<string, Link>,
  ): Promise<void> {
    if (this.#reading.has(id)) return;
    this.#reading.add(id);
    // If there is no report, there are no figures this time.
    const report = await getStats().catch(() => null);
    this.#reading.delete(id);
    if (!report) return;
    for (const { session, tracks } of peers) {
      const link = links.get(session);
      // The link may have changed in the meantime.
      if (!link || this.#monitor.links.get(session) !== link) continue;
      const isShared = peers.length > 1;
      this.#judge(session, link, report, isShared ? new Set(Object.values(tracks)) : null);
    }
  }

  #judge(
    session: string,
    link: Link,
    report: RTCStatsReport,
    tracks: ReadonlySet<string> | null,
  ): void {
    const sample = this.#sample(session);
    const now = this.#clock.now();
    const { path, stats, facts, totals } = readLink(report, sample.totals, now, tracks);
    const settled = settle(sample.settled, facts, this.#factsBut(session), now);
    Object.assign(sample, { totals, facts, settled });
    const { quality, reason } = settled;
    this.#monitor.show(session, { ...link, path, stats, quality, reason });
  }

  #sample(session: string): Sample {
    const known = this.#samples.get(session);
    if (known) return known;
    const sample: Sample = { totals: null, facts: null, settled: null };
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
