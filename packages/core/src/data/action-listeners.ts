// Who hears which actions on this page; kept from stay to stay.
import type { ActionSource, DataSchema } from '../api/data-api.js';
import { RtcError } from '../state/errors.js';

export interface ActionListener {
  readonly schema: DataSchema | undefined;
  /** `isRequest`: what it returns is the answer. */
  readonly isRequest: boolean;
  call(data: unknown, source: ActionSource): unknown;
}

export class ActionListeners {
  readonly #byName = new Map<string, Set<ActionListener>>();
  /** Called when there is a first listener. */
  onFirst: () => void = () => undefined;

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  /** @throws RtcError `conflict` for a second one that answers. */
  add(name: string, listener: ActionListener): () => void {
    const all = this.#byName.get(name) ?? new Set();
    if (listener.isRequest && [...all].some(({ isRequest }) => isRequest))
      throw answeredError(name);
    const isFirst = this.isEmpty;
    this.#byName.set(name, all.add(listener));
    if (isFirst) this.onFirst();
    return () => {
      all.delete(listener);
      if (all.size === 0 && this.#byName.get(name) === all) this.#byName.delete(name);
    };
  }

  of(name: string): readonly ActionListener[] {
    return [...(this.#byName.get(name) ?? [])];
  }
}

const answeredError = (name: string): RtcError =>
  new RtcError('conflict', `Something answers requests of "${name}" already. End that first.`);
