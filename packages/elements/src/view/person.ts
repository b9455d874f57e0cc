// How people without a picture are displayed.
import { hash } from '../session/derive-room-name.js';
import { graphemesOf } from './graphemes.js';

/** Up to two letters, as people see them: the first ones of the first and of the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => graphemesOf(word ?? '').find((one) => SHOWN.test(one)) ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** What shows something. A name may begin with a mark for direction. */
const SHOWN = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/u;

/**
 * A colour for a user on which white text is readable. Set it through the CSSOM, not in a `style`
 * attribute.
 */
export const personColor = (user: string): string => `oklch(50% 0.1 ${hash(user) % 360})`;
