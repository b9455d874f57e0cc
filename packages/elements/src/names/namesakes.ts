// Tells people apart whose names look the same. Pure.
import { labelOf } from './label-of.js';
import { caselessLookOf, lookOf } from './looks.js';

/** Somebody under a name, since when: ms by the room's clock. */
export interface Named {
  readonly user: string;
  readonly name: string;
  readonly at: number;
}

/** How many looks are kept. Beyond that, those who are gone are forgotten. */
const MOST_LOOKS = 4_096;

/**
 * Gives everybody a label: their name, or `name (2)` and so on if somebody else was seen before under a name that
 * looks the same. No two people have labels that look the same. A label stays while the room is shown, also after
 * its person has left: whoever comes in their place is somebody else.
 */
export class Namesakes {
  /** Whose label looks like this. */
  readonly #owners = new Map<string, string>();
  /** The number of a label by user and name; 1 is the plain name. */
  readonly #numbers = new Map<string, number>();
  /** Where to begin to look for a number, by user and look, and by look for everybody else. */
  readonly #hints = new Map<string, number>();

  /** Takes in everybody who is shown. Of those not known yet, the earliest keeps the plain name. */
  take(people: readonly Named[]): void {
    const isNew = ({ user, name }: Named): boolean => !this.#numbers.has(keyOf(user, name));
    const newcomers = people.filter(isNew);
    if (newcomers.length === 0) return;
    if (this.#owners.size > MOST_LOOKS) {
      this.#owners.clear();
      this.#numbers.clear();
      this.#hints.clear();
    }
    const all = this.#numbers.size > 0 ? newcomers : people;
    for (const one of [...all].sort((a, b) => a.at - b.at)) this.#claim(one);
  }

  /** What tells this person apart: 1 for nothing but the name, 2 and more for another one of that name. */
  numberOf(user: string, name: string): number {
    return this.#numbers.get(keyOf(user, name)) ?? 1;
  }

  #claim({ user, name }: Named): void {
    const key = keyOf(user, name);
    if (this.#numbers.has(key)) return;
    const look = caselessLookOf(name);
    const own = keyOf(user, look);
    let number = this.#hints.get(own) ?? this.#hints.get(look) ?? 1;
    let looks = looksOf(labelOf(name, number));
    while (!this.#areFree(looks, user)) {
      number += 1;
      looks = looksOf(labelOf(name, number));
    }
    for (const one of looks) this.#owners.set(one, user);
    this.#numbers.set(key, number);
    this.#hints.set(own, number);
    this.#hints.set(look, Math.max(number, this.#hints.get(look) ?? 1));
  }

  #areFree(looks: readonly string[], user: string): boolean {
    return looks.every((look) => (this.#owners.get(look) ?? user) === user);
  }
}

/** `I` looks like `l`, and is the same letter as `i`: one text cannot stand for both. */
const looksOf = (label: string): readonly string[] => [lookOf(label), caselessLookOf(label)];

const keyOf = (user: string, name: string): string => `${user} ${name}`;
