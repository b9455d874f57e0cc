/** `Room.ephemeral()`. What keeps and sends the values is loaded with the first of them. */
import { type Json, LIMITS, utf8Length } from '@rtc-elements/protocol';

import { EPHEMERAL_RULES } from '../api/argument-rules.js';
import {
  EphemeralChangeEvent,
  type EphemeralEventMap,
  type EphemeralValue,
} from '../api/ephemeral-api.js';
import { checkMethods } from '../api/method-rules.js';
import type { Room } from '../api/room-api.js';
import { RtcError } from '../state/errors.js';
import { loadModule } from '../support/lazy-module.js';
import { TypedEventTarget } from '../support/typed-event-target.js';
import type { EphemeralValues } from './ephemeral-values.js';
import type { DataContext } from './ports.js';
import type { OwnValue } from './rules/value-outbox.js';

/** The pause before what could not be loaded is asked for again, ms. */
const RETRY_MS = 5_000;

/** What a value needs beside itself in a message, in bytes: its name, its time, and the words for them. */
const FRAME_BYTES = 128;

type EphemeralHost = DataContext & { readonly room: Pick<Room, 'addEventListener'> };

/** Creates `Room.ephemeral()`. */
export function createEphemeral(host: EphemeralHost): Room['ephemeral'] {
  const all = new Ephemeral(host);
  return <T>(name: string) => all.open(name) as EphemeralValue as EphemeralValue<T>;
}

/** All ephemeral values of a room, over all of its stays. */
class Ephemeral {
  readonly #host: EphemeralHost;
  readonly #values = new Map<string, NamedValue>();
  readonly #own = new Map<string, OwnValue>();
  /** `null` until it is loaded. */
  store: EphemeralValues | null = null;
  #at = 0;

  constructor(host: EphemeralHost) {
    this.#host = host;
    host.room.addEventListener('leave', () => this.#own.clear());
  }

  open(name: string): NamedValue {
    const known = this.#values.get(name);
    if (known) return known;
    if (this.#values.size >= LIMITS.valueNames) {
      throw new RtcError('bad-argument', `Use at most ${LIMITS.valueNames} names in one room.`);
    }
    const value = new NamedValue(name, this);
    this.#values.set(name, value);
    if (this.#values.size === 1) {
      // From now on, this page takes links for values; those that come sooner wait.
      this.#host.whenWanted('values', () => undefined);
      void this.#load();
    }
    return value;
  }

  set(name: string, value: Json): void {
    const bytes = utf8Length(JSON.stringify(value));
    if (bytes > LIMITS.valueBytes) {
      const most = `Set a value of at most ${LIMITS.valueBytes} bytes of JSON, not ${bytes}.`;
      throw new RtcError('message-too-large', most);
    }
    this.#at = Math.max(Math.floor(this.#host.clock.now()), this.#at + 1);
    this.#own.set(name, { at: this.#at, value, bytes: bytes + FRAME_BYTES });
    this.store?.set(name);
  }

  /** What is set meanwhile waits in `#own`, and what others have set is sent when the path opens (EV-4). */
  async #load(): Promise<void> {
    try {
      const { createEphemeralValues } = await loadModule(import('./ephemeral-values.js'));
      this.store = createEphemeralValues(this.#host, this.#own, (name, session, value) =>
        this.#values.get(name)?.tell(session, value),
      );
    } catch (error) {
      this.#host.reportError(error as RtcError);
      this.#host.clock.setTimer(RETRY_MS, () => void this.#load());
    }
  }
}

class NamedValue extends TypedEventTarget<EphemeralEventMap> implements EphemeralValue {
  readonly #all: Ephemeral;
  /** `null`: it has changed since it was asked for. */
  #shown: ReadonlyMap<string, unknown> | null = null;

  constructor(
    readonly name: string,
    all: Ephemeral,
  ) {
    super();
    this.#all = all;
    checkMethods(this, EPHEMERAL_RULES, 'ephemeral.');
  }

  /** Somebody's value has changed. */
  tell(session: string, value: Json): void {
    this.#shown = null;
    this.dispatchEvent(new EphemeralChangeEvent(session, value));
  }

  set(value: unknown): void {
    this.#all.set(this.name, value as Json);
  }

  get(session: string): unknown {
    return this.#all.store?.get(this.name, session) ?? null;
  }

  at(session: string, time?: number): unknown {
    return this.#all.store?.play(this.name, session, time) ?? null;
  }

  getSnapshot(): ReadonlyMap<string, unknown> {
    const sessions = this.#all.store?.sessionsOf(this.name) ?? [];
    this.#shown ??= new Map(sessions.map((session) => [session, this.get(session)]));
    return this.#shown;
  }

  subscribe(listener: () => void): () => void {
    const tell = (): void => listener();
    this.addEventListener('change', tell);
    return () => this.removeEventListener('change', tell);
  }
}
