// The names of a room as its elements show them, so that nobody passes for somebody else.
import type { RoomState } from '@rtc-elements/core';

import { LazyPart } from '../lazy/lazy-part.js';
import type { SharedRoom } from '../session/shared-room.js';
import { labelOf } from './label-of.js';
import type { Named, Namesakes } from './namesakes.js';
import { roughLookOf } from './rough-look.js';

/** Somebody whose name is shown. */
export type NamedUser = Pick<Named, 'user' | 'name'>;

/** How many names are kept of those who are gone. */
const MOST_NAMES = 2_048;

const lazyNames = new LazyPart(() => import('./namesakes.js'));
const books = new WeakMap<SharedRoom, NameBook>();

/** The names of `shared`. All elements of a room have the same. */
export function nameBookOf(shared: SharedRoom): NameBook {
  const book = books.get(shared) ?? new NameBook(() => shared.notify());
  books.set(shared, book);
  return book.take(shared.room.getSnapshot());
}

/** Everybody who was seen in a room. What tells them apart is loaded when two may look the same. */
export class NameBook {
  readonly #onLoad: () => void;
  readonly #seen = new Map<string, Named>();
  /** A user by what their name roughly looks like; under `null`, one of those whose names are not in ASCII. */
  readonly #users = new Map<string | null, string>();
  #isNeeded = false;
  #namesakes: Namesakes | null = null;
  #taken: RoomState | null = null;

  /** `onLoad` is called when names may have changed. */
  constructor(onLoad: () => void) {
    this.#onLoad = onLoad;
  }

  /** Whether namesakes can be told apart yet. */
  get isReady(): boolean {
    return this.#namesakes !== null;
  }

  /** Whether two of these names may look the same. */
  get isNeeded(): boolean {
    return this.#isNeeded;
  }

  /** Takes in everybody in a snapshot. */
  take(state: RoomState): this {
    const before = this.#taken;
    this.#taken = state;
    const isNew =
      before?.peers !== state.peers ||
      before.you !== state.you ||
      before.chat.entries !== state.chat.entries ||
      before.access !== state.access;
    const people = isNew ? peopleOf(state) : [];
    if (this.#seen.size > MOST_NAMES && people.length > 0) this.#seen.clear();
    for (const one of people) this.#note(one);
    if (!this.#isNeeded) return this;
    const module = lazyNames.use(this.#onLoad);
    if (module && !this.#namesakes) {
      this.#namesakes = new module.Namesakes();
      this.#namesakes.take([...this.#seen.values()]);
    } else if (isNew) this.#namesakes?.take(people);
    return this;
  }

  /** The name as it is shown: `Ann (2)` for another person whose name looks like that of an earlier one. */
  labelOf({ user, name }: NamedUser): string {
    return labelOf(name, this.#numberOf(user, name));
  }

  /** Whether somebody else was seen before under a name that looks the same. */
  isNamesake({ user, name }: NamedUser): boolean {
    return this.#numberOf(user, name) > 1;
  }

  #numberOf(user: string, name: string): number {
    return this.#namesakes?.numberOf(user, name) ?? 1;
  }

  #note(one: Named): void {
    const key = `${one.user} ${one.name}`;
    if (this.#seen.has(key)) return;
    this.#seen.set(key, one);
    const look = roughLookOf(one.name);
    const other = this.#users.get(look);
    if (other === undefined) this.#users.set(look, one.user);
    else if (other !== one.user) this.#isNeeded = true;
    // A name with other characters may look like any other.
    if (this.#users.has(null) && this.#users.size > 1) this.#isNeeded = true;
  }
}

/** The users of a snapshot under all of their names, with when they came; those who wait come last. */
function peopleOf({ you, peers, chat, access }: RoomState): Named[] {
  const here = (you ? [you, ...peers] : peers).map(({ user, name, joinedAt: at }) => ({
    user,
    name,
    at,
  }));
  const said = chat.entries.filter(({ seq }) => seq !== null);
  const outside = [...access.waiting, ...access.banned];
  return [...here, ...said, ...outside.map(({ user, name }) => ({ user, name, at: Infinity }))];
}
