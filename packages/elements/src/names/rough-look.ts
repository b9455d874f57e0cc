// Whether two names can look the same, as far as that is known without the table of what looks like what. Pure.

/** Letters and signs of ASCII that can be mistaken for others, or have a small form that can. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[i1|]/g, 'l'],
  [/0/g, 'o'],
  [/m/g, 'rn'],
  [/%/g, 'o/o'],
  [/`/g, "'"],
  [/"/g, "''"],
  [/\s+/g, ' '],
];

/**
 * A text that is the same for all names in ASCII that look the same, and for some that do not; `null` for names
 * with other characters.
 */
export function roughLookOf(name: string): string | null {
  if (!/^[\x20-\x7e]*$/.test(name)) return null;
  return ALIKE.reduce((look, [from, to]) => look.replace(from, to), name.toLowerCase()).trim();
}
