// Where in a text the words are that were looked for. Pure.

export interface Piece {
  readonly text: string;
  /** It is what was looked for. */
  readonly hit: boolean;
}

/** The text in pieces; put together they are the text. Without regard to case, as the room searches. */
export function splitByQuery(text: string, query: string): readonly Piece[] {
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  // Few letters change their length with their case; then positions would not fit.
  if (wanted === '' || lower.length !== text.length) return [{ text, hit: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), hit: false });
    from = at + wanted.length;
    pieces.push({ text: text.slice(at, from), hit: true });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hit: false });
  return pieces;
}
