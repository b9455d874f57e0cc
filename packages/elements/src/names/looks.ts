// What a text looks like to a person who reads it. Pure.
import { CONFUSABLES } from './confusables.js';

/** What a character looks like, for those that look like another one. */
const LOOKS = new Map(
  CONFUSABLES.flatMap((line) => {
    // The first character may itself be the sign between the two.
    const at = line.indexOf('=', 1);
    return [...line.slice(at + 1)].map((one) => [one, line.slice(0, at)] as const);
  }),
);

/** Each round comes closer to the end; no character of the table needs more than three. */
const MOST_ROUNDS = 8;

/** The same text for all that look the same: width, joined forms, invisible and confusable characters. */
export const lookOf = (text: string): string => settle(text, simplify);

/** The same, whatever the case. */
export const caselessLookOf = (text: string): string =>
  settle(text, (one) => simplify(one.toLowerCase()).toLowerCase());

function settle(text: string, step: (text: string) => string): string {
  let [before, after] = ['', text];
  for (let round = 0; before !== after && round < MOST_ROUNDS; round += 1) {
    [before, after] = [after, step(after)];
  }
  return after;
}

function simplify(text: string): string {
  const plain = normal(text.replace(/\p{Default_Ignorable_Code_Point}/gu, ''));
  const looks = [...plain].map((one) => LOOKS.get(one) ?? one).join('');
  return normal(looks)
    .replace(/\p{White_Space}+/gu, ' ')
    .trim();
}

/** Width and compatibility forms are gone after this, and letters are apart from their marks. */
const normal = (text: string): string => text.normalize('NFKC').normalize('NFD');
