// Splits a text at the occurrences of a query. Pure.

export interface Piece {
  readonly text: string;
  /** Whether this piece matches the query. */
  readonly hit: boolean;
}

/** The joined pieces are the text. Ignores case, as the room's search does. */
export function splitByQuery(text: string, query: string): readonly Piece[] {
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  // A few letters have another length in lower case; then positions would not match.
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
