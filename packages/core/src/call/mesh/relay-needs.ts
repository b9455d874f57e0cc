/** What the links of a mesh learn about the TURN servers, as one statement for the whole call. */
import { type RelayProblemCode, worstRelayProblem } from '../../state/relay-problems.js';

/** What is told of TURN servers. */
export interface RelayHandlers {
  /** See `CallHost`. */
  onTurnRefused(again: boolean): void;
  /** Why links have no relay that they need; `null`: all have one, or need none. */
  onRelayProblem(code: RelayProblemCode | null): void;
}

export class RelayNeeds {
  readonly #handlers: RelayHandlers;
  readonly #lacking = new Set<string>();
  /** All reasons since there was last no such link: what was told does not go back and forth. */
  readonly #reasons = new Set<RelayProblemCode>();
  /** A TURN server has refused the present credentials (EN-8). */
  #isRefused = false;
  /** That was told, and no TURN server has accepted any since. */
  #isTold = false;

  constructor(handlers: RelayHandlers) {
    this.#handlers = handlers;
  }

  /** Live: the sessions to whom the link has no relay although it needs one. */
  get lacking(): ReadonlySet<string> {
    return this.#lacking;
  }

  /** `code`: why the link to `session` has no relay that it needs; `null`: it needs none, or has one. */
  set(session: string, code: RelayProblemCode | null): void {
    if (code) {
      this.#lacking.add(session);
      this.#reasons.add(code);
    } else if (!this.#lacking.delete(session)) return;
    if (this.#lacking.size === 0) this.#reasons.clear();
    this.#handlers.onRelayProblem(worstRelayProblem(this.#reasons));
  }

  /** A TURN server does not accept the present credentials. */
  onRefused(): void {
    if (!this.#isRefused) this.#handlers.onTurnRefused(this.#isTold);
    this.#isRefused = this.#isTold = true;
  }

  /** A TURN server has given us a relay. */
  onGranted(): void {
    this.#isTold = false;
  }

  /** There are other servers or credentials. Returns whether the ones before were refused. */
  renew(): boolean {
    const wasRefused = this.#isRefused;
    this.#isRefused = false;
    return wasRefused;
  }

  /** Acts as if the credentials, which worked so far, had been refused; for `Room.simulate()`. */
  simulateRefusal(): void {
    this.onGranted();
    this.onRefused();
  }
}
