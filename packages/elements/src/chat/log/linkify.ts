// Finds the links in a chat text. Pure. The result is rendered as text nodes and plain anchors.

/** A piece of a text. The joined pieces are the original text. */
export interface TextPiece {
  readonly text: string;
  /** Set if the piece is a link: an absolute http, https or mailto URL. */
  readonly href?: string;
}

/**
 * Where a link may begin and how far it extends: up to a space, a quote, an angle bracket, a control
 * character, or an invisible or reordering character, which could disguise an address.
 */
const CANDIDATE = /(?<![\p{L}\p{N}_])(?:https?:\/\/|mailto:|www\.)[^\s<>"\p{Cc}\p{Cf}\p{Cs}]+/giu;

/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'’”»…*_~]/u;

const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const SAFE_PROTOCOLS: readonly string[] = ['http:', 'https:', 'mailto:'];

/** Splits a text into plain pieces and links, in one pass. */
export function linkify(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let plainFrom = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = trimEnd(match[0]);
    const href = toHref(address);
    if (href === null) continue;
    if (match.index > plainFrom) pieces.push({ text: text.slice(plainFrom, match.index) });
    pieces.push({ text: address, href });
    plainFrom = match.index + address.length;
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) });
  return pieces;
}

/**
 * Removes the punctuation of the surrounding sentence. A closing bracket stays if it was opened inside.
 */
function trimEnd(candidate: string): string {
  const surplus: Record<string, number> = {};
  for (const [closer, opener] of Object.entries(CLOSERS)) {
    surplus[closer] = candidate.split(closer).length - candidate.split(opener).length;
  }
  let end = candidate.length;
  for (; end > 0; end -= 1) {
    const last = candidate.charAt(end - 1);
    const open = surplus[last];
    if (open !== undefined && open > 0) surplus[last] = open - 1;
    else if (!TRAILING.test(last)) break;
  }
  return candidate.slice(0, end);
}

/** The URL of the link; `null` if this is not an address, or hides where it leads. */
function toHref(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    // `https://bank.example@elsewhere.example` leads to elsewhere.example.
    const isHonest = url.username === '' && url.password === '';
    const leads = url.protocol === 'mailto:' ? url.pathname.includes('@') : url.hostname !== '';
    return SAFE_PROTOCOLS.includes(url.protocol) && isHonest && leads ? url.href : null;
  } catch {
    return null;
  }
}
