// Links in texts, once what finds them has loaded. Until then, a text is plain.
import { LazyPart } from '../../lazy/lazy-part.js';
import type { TextPiece } from './linkify.js';

export const lazyLinks = new LazyPart(() => import('./linkify.js'));

/** Whether there may be a link in a text. Most have none, and a chat without links loads nothing for them. */
const MAY_LINK = /:\/\/|mailto:|www\./i;

/** A text in pieces, some of which are links. Calls `onLoad` once when there may be more of them. */
export function piecesOf(text: string, onLoad: () => void): readonly TextPiece[] {
  const module = MAY_LINK.test(text) ? lazyLinks.use(onLoad) : null;
  return module?.linkify(text) ?? [{ text }];
}
