/** Data paths that go along when a room moves from one call to another. */
import type { CallData, DataOptions, DataPath, DataPurpose, DataReadiness } from './ports.js';
import { openAlreadyError } from './rules/open-already.js';

interface OpenPath {
  readonly session: string;
  readonly purpose: DataPurpose;
  readonly options: DataOptions;
  /** `null` while the peer is gone. */
  path: DataPath | null;
}

export class SwitchedData implements CallData {
  readonly #find: (session: string) => CallData;
  readonly #isMoving: () => boolean;
  readonly #paths = new Set<OpenPath>();

  /** `find`: the data of the call that reaches a peer. */
  constructor(find: (session: string) => CallData, isMoving: () => boolean) {
    this.#find = find;
    this.#isMoving = isMoving;
  }

  readinessOf(session: string, purpose: DataPurpose): DataReadiness {
    return this.#find(session).readinessOf(session, purpose);
  }

  open(session: string, purpose: DataPurpose, options: DataOptions): DataPath {
    // A call refuses a second path of its own, but in a move the first may be in the other call.
    for (const one of this.#paths)
      if (one.session === session && one.purpose === purpose) throw openAlreadyError(purpose);
    const open: OpenPath = { session, purpose, options, path: null };
    open.path = this.#open(open);
    this.#paths.add(open);
    return {
      send: (...message) => open.path?.send(...message) ?? false,
      headroom: () => open.path?.headroom() ?? Promise.resolve(false),
      close: () => {
        this.#paths.delete(open);
        open.path?.close();
      },
    };
  }

  /**
   * Only one call is left. If it is another one than before, opens every path anew in it, else those that
   * have closed during the move.
   */
  settle(isAnother: boolean): void {
    for (const open of [...this.#paths]) {
      if (open.path && !isAnother) continue;
      try {
        open.path = this.#open(open);
        open.options.onReset?.();
      } catch {
        // The call that is left does not reach that peer.
        this.#end(open);
      }
    }
  }

  #open(open: OpenPath): DataPath {
    const { session, purpose, options } = open;
    let opened: DataPath | null = null;
    opened = this.#find(session).open(session, purpose, {
      ...options,
      onOpen: () => options.onOpen?.(),
      onMessage: (data) => options.onMessage(data),
      onReset: () => options.onReset?.(),
      onClose: () => {
        // Not of a call that the room has moved away from.
        if (!opened || open.path !== opened) return;
        open.path = null;
        // Whoever moves before us leaves the present call, and is found again in the next.
        if (!this.#isMoving()) this.#end(open);
      },
    });
    return opened;
  }

  #end(open: OpenPath): void {
    open.path = null;
    if (this.#paths.delete(open)) open.options.onClose?.();
  }
}
