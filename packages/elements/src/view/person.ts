// How a person without a picture looks.
import { hash } from '../session/derive-room-name.js';

/** Up to two letters: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** A shade of their own on which white is readable: use it through `setProperty`, never in `style=`. */
export const personColor = (user: string): string => `oklch(50% 0.1 ${hash(user) % 360})`;
