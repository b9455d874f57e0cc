/** What the snapshot shows of each link: its status at once, its figures once a second. */
import type { Clock } from '../ports.js';
import { NO_LINK } from '../state/initial-state.js';
import type { Link, LinkStatus } from '../state/room-state.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import { loadPart } from '../support/late-part.js';
import type { LinkTotals } from './link-stats.js';

const EVERY_MS = 1_000;

/** A link, as far as it can be read. */
export interface Readable {
  getStats(): Promise<RTCStatsReport>;
}

interface Watched {
  link: Link;
  totals: LinkTotals | null;
}

export class LinkMonitor {
  readonly #clock: Clock;
  readonly #find: (session: string) => Readable | undefined;
  readonly #onChange: (session: string, link: Link) => void;
  readonly #watched = new Map<string, Watched>();
  #cancel: (() => void) | null = null;

  constructor(
    clock: Clock,
    find: (session: string) => Readable | undefined,
    onChange: (session: string, link: Link) => void,
  ) {
    this.#clock = clock;
    this.#find = find;
    this.#onChange = onChange;
  }

  setStatus(session: string, status: LinkStatus): void {
    const before = this.#watched.get(session)?.link;
    const isUp = status === 'connected' || status === 'reconnecting';
    const link: Link = { ...((isUp && before) || NO_LINK), status };
    if (status === 'none') this.#watched.delete(session);
    else this.#watched.set(session, { link, totals: null });
    this.#onChange(session, link);
    if (status === 'connected') this.#wake();
  }

  /** Tells everything again: the roster may have named a peer only after its link was made. */
  retell(): void {
    for (const [session, { link }] of this.#watched) this.#onChange(session, link);
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#watched.clear();
  }

  #wake(): void {
    this.#cancel ??= this.#clock.setTimer(EVERY_MS, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    this.#cancel = null;
    const connected = [...this.#watched].filter(([, { link }]) => link.status === 'connected');
    if (connected.length === 0) return;
    this.#wake();
    // Nobody sees the figures; they begin anew when somebody looks again.
    if (isPageHidden()) return;
    await Promise.all(connected.map(([session, watched]) => this.#read(session, watched)));
  }

  async #read(session: string, watched: Watched): Promise<void> {
    const [report, vitals] = await Promise.all([
      this.#find(session)?.getStats(),
      loadPart(import('../vitals.js')),
      // Without figures this time.
    ]).catch(() => []);
    // The link may have changed meanwhile.
    if (!report || !vitals || this.#watched.get(session) !== watched) return;
    const { path, stats, totals } = vitals.readLink(report, watched.totals, this.#clock.now());
    watched.totals = totals;
    const quality = vitals.judgeQuality(stats, watched.link.quality);
    watched.link = { ...watched.link, path, stats, quality };
    this.#onChange(session, watched.link);
  }
}
