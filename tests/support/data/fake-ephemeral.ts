/** An ephemeral value without a wire: what others have is set by the test, and what we set is kept. */
import type { EphemeralEventMap, EphemeralValue } from '@rtc-elements/core';

import { EphemeralChangeEvent } from '../../../packages/core/src/api/ephemeral-api.js';
import { TypedEventTarget } from '../../../packages/core/src/support/typed-event-target.js';

export class FakeEphemeral extends TypedEventTarget<EphemeralEventMap> implements EphemeralValue {
  /** What we have set, in order. */
  readonly told: unknown[] = [];
  #values: ReadonlyMap<string, unknown> = new Map();

  constructor(readonly name: string) {
    super();
  }

  /** Somebody else sets theirs. */
  receive(session: string, value: unknown): void {
    const values = new Map(this.#values).set(session, value);
    if (value === null) values.delete(session);
    this.#values = values;
    this.dispatchEvent(new EphemeralChangeEvent(session, value));
  }

  set(value: unknown): void {
    this.told.push(value);
  }

  get(session: string): unknown {
    return this.#values.get(session) ?? null;
  }

  at(session: string): unknown {
    return this.get(session);
  }

  getSnapshot(): ReadonlyMap<string, unknown> {
    return this.#values;
  }

  subscribe(listener: () => void): () => void {
    const tell = (): void => listener();
    this.addEventListener('change', tell);
    return () => this.removeEventListener('change', tell);
  }
}
