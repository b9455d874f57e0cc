// What a reaction can be, and which ones are the same (CH-8).

/** One emoji of a joined sequence: with a skin tone, as a picture, or a flag spelt in tags. */
const ELEMENT =
  /\p{Extended_Pictographic}(?:\uFE0F?\p{Emoji_Modifier}|\uFE0F)?(?:[\u{E0020}-\u{E007E}]+\u{E007F})?/u;

/** One emoji as people see it: a pictograph or several joined ones, a flag, a keycap, or a skin tone. */
const EMOJI = new RegExp(
  `^(?:${ELEMENT.source}(?:\\u200D${ELEMENT.source})*|\\p{Regional_Indicator}{1,2}|[0-9#*]\\uFE0F?\\u20E3|\\p{Emoji_Modifier})$`,
  'u',
);

/** Whether `text` can be a reaction (CH-8). */
export const isReaction = (text: string): boolean => EMOJI.test(text);

/** A selector after an emoji that is a picture without it, or that a skin tone follows. */
const NEEDLESS = /(?<=\p{Emoji_Presentation})\uFE0F+|\uFE0F+(?=\p{Emoji_Modifier})/gu;

/** An emoji that is a letter or a sign unless a selector makes it a picture. */
const UNDECIDED =
  /(?!\p{Emoji_Presentation})(?=\p{Emoji})\p{Extended_Pictographic}(?![\uFE0F\p{Emoji_Modifier}])|[0-9#*](?=\u20E3)/gu;

/**
 * An emoji in the one form that Unicode calls fully qualified: `❤` and `❤️` are the same reaction (CH-8).
 * Idempotent.
 */
export const qualifyReaction = (emoji: string): string =>
  emoji.replace(NEEDLESS, '').replace(UNDECIDED, '$&\uFE0F');

/** Users by emoji. */
export type Reactions = Readonly<Record<string, readonly string[]>>;

/** The same by qualified emoji, each user once: what was stored in two forms becomes one. */
export function mergeReactions(reactions: Reactions): Reactions {
  const all = new Map<string, readonly string[]>();
  for (const [emoji, users] of Object.entries(reactions)) {
    const qualified = qualifyReaction(emoji);
    all.set(qualified, [...new Set([...(all.get(qualified) ?? []), ...users])]);
  }
  return Object.fromEntries(all);
}
