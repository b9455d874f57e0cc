/**
 * The sockets that the edge has opened only to say why it refuses them (EN-4). They are there until their client has
 * agreed to the close, which it need not do, so there is a limit; beyond it, a request is refused without a socket.
 */
export const MOST_REFUSED_SOCKETS = { ofAddress: 32, ofAll: 512 } as const;

/** A runtime may end one without telling us. */
const FORGET_MS = 300_000;

interface Refused {
  readonly address: string | null;
  readonly until: number;
}

export class RefusedSockets {
  readonly #all = new Set<Refused>();

  /** Counts a socket until the result is called; `null` if there are too many. `address`: `null` if not known. */
  open(address: string | null, now: number): (() => void) | null {
    for (const one of this.#all) if (one.until <= now) this.#all.delete(one);
    const { ofAddress, ofAll } = MOST_REFUSED_SOCKETS;
    const fromAddress = [...this.#all].filter((one) => one.address === address).length;
    if (this.#all.size >= ofAll || (address !== null && fromAddress >= ofAddress)) return null;
    const refused = { address, until: now + FORGET_MS };
    this.#all.add(refused);
    return () => this.#all.delete(refused);
  }
}
