/** The link whose offer `hello` carries, before it is known which peer it will be to (EN-6). */
import type { EarlyOffer, Source } from '@rtc-elements/protocol';

import type { PeerLink } from '../link/peer-link.js';

export class EarlyLink {
  readonly #create: () => PeerLink;
  #link: PeerLink | null = null;
  #isTaken = false;
  #session: string | null = null;

  constructor(create: () => PeerLink) {
    this.#create = create;
  }

  /** Resolves when the offer is about as good as it will get soon. Never rejects. */
  async makeOffer(): Promise<void> {
    try {
      this.#link = this.#create();
      await this.#link.makeEarlyOffer();
    } catch {
      // It only saves time; without it the call is set up as usual.
      this.close();
    }
  }

  /** The offer as it is now, once; `null`: there is none. */
  takeOffer(): EarlyOffer | null {
    // An attempt that failed may still have delivered it, and no second peer may get it.
    if (this.#isTaken || !this.#link) return null;
    const offer = this.#link.readEarlyOffer();
    this.#isTaken = offer !== null;
    return offer;
  }

  /** The session that the room has given the offer to, if any. */
  assign(session: string | null): void {
    this.#session = session;
  }

  publish(source: Source): void {
    this.#link?.publish(source);
  }

  /**
   * Hands over the link, once, with the session that it is to. Closes it if the room gave it to
   * nobody, or to a session that has a link already.
   */
  release(
    hasLink: (session: string) => boolean,
  ): { readonly session: string; readonly link: PeerLink } | null {
    const link = this.#link;
    this.#link = null;
    const session = this.#session;
    if (link && session !== null && !hasLink(session)) return { session, link };
    link?.close(false);
    return null;
  }

  close(): void {
    this.#link?.close(false);
    this.#link = null;
  }
}
