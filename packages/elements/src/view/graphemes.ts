// Characters as people see them. Pure.

/** What goes on with the character before it: marks, selectors, skin tones, tags. */
const EXTENDS = /^(?:\p{M}|\p{Emoji_Modifier}|\u200C|[\u{E0020}-\u{E007F}])$/u;
const JOINER = '\u200D';
const FLAG = /^\p{Regional_Indicator}$/u;

/** Firefox has it from 125 on. */
const segmenter =
  typeof (Intl as Partial<typeof Intl>).Segmenter === 'function' ? new Intl.Segmenter() : null;

/** The grapheme clusters of a text: a flag, a joined emoji or a letter with its marks is one. */
export const graphemesOf = (text: string): readonly string[] =>
  segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : splitGraphemes(text);

/** The same for browsers that cannot do it themselves. Right for emoji, flags and combining marks. */
export function splitGraphemes(text: string): readonly string[] {
  const clusters: string[] = [];
  let isJoined = false;
  for (const point of text) {
    const last = clusters.at(-1) ?? '';
    const isOddFlag = FLAG.test(last) && FLAG.test(point);
    const goesOn = isJoined || EXTENDS.test(point) || point === JOINER || isOddFlag;
    isJoined = point === JOINER && /\p{Extended_Pictographic}/u.test(last);
    if (goesOn && last !== '') clusters[clusters.length - 1] = last + point;
    else clusters.push(point);
  }
  return clusters;
}
