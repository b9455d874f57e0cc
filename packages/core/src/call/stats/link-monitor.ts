/**
 * What the snapshot shows of each link: its status at once, its figures once they have been
 * sampled.
 */
import { NO_LINK } from '../../state/initial-state.js';
import type { Link, LinkStatus } from '../../state/room-state.js';

export class LinkMonitor {
  readonly #links = new Map<string, Link>();
  readonly #onChange: (session: string, link: Link) => void;

  constructor(onChange: (session: string, link: Link) => void) {
    this.#onChange = onChange;
  }

  /** Live: what is shown of each link, by session. */
  get links(): ReadonlyMap<string, Link> {
    return this.#links;
  }

  setStatus(session: string, status: LinkStatus): void {
    const before = this.#links.get(session);
    const isUp = status === 'connected' || status === 'reconnecting';
    this.show(session, { ...((isUp && before) || NO_LINK), status });
    if (status === 'none') this.#links.delete(session);
  }

  show(session: string, link: Link): void {
    this.#links.set(session, link);
    this.#onChange(session, link);
  }

  /** Shows everything again: the roster may have named a peer only after its link was made. */
  repeat(): void {
    for (const [session, link] of this.#links) this.#onChange(session, link);
  }

  close(): void {
    this.#links.clear();
  }
}
