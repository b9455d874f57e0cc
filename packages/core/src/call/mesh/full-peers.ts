/** The people in the call to whom there is no link because one of the two meshes has no place for the other. */
import type { PeerEntry } from '@rtc-elements/protocol';

export class FullPeers {
  readonly #tell: (session: string, status: 'full' | 'none') => void;
  #sessions: ReadonlySet<string> = new Set();

  /** `tell` is called when somebody becomes one of them, and when somebody without a link no longer is. */
  constructor(tell: (session: string, status: 'full' | 'none') => void) {
    this.#tell = tell;
  }

  /** Our mesh has a place for `wanted`, out of all `peers`. To be called once their links were made. */
  update(
    you: PeerEntry,
    peers: readonly PeerEntry[],
    wanted: { has(session: string): boolean },
  ): void {
    const before = this.#sessions;
    const inCall = you.call > 0 ? peers.filter(({ call }) => call > 0) : [];
    const full = inCall.map(({ session }) => session).filter((one) => one !== you.session);
    this.#sessions = new Set(full.filter((session) => !wanted.has(session)));
    for (const session of before) {
      if (!this.#sessions.has(session) && !wanted.has(session)) this.#tell(session, 'none');
    }
    for (const session of this.#sessions) if (!before.has(session)) this.#tell(session, 'full');
  }

  /** The mesh of `session` has no place for us. */
  add(session: string): void {
    this.#sessions = new Set(this.#sessions).add(session);
    this.#tell(session, 'full');
  }
}
