// Reads the body of a request before a room wakes: JSON, no larger than a frame.
import { LIMITS } from '@rtc-elements/protocol';

import { type EdgeRefusal, refusal } from './rules/refusal.js';

export type Body =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

const tooBig: Body = {
  kind: 'refused',
  refusal: refusal(413, 'too-big', `a body has at most ${LIMITS.frameBytes} bytes`),
};

/**
 * Keeps at most `LIMITS.frameBytes`, whatever `content-length` says, but reads to the end: a sender that
 * is cut off sees a broken connection instead of the answer. Only holders of the server key get here.
 */
export async function readJsonBody(request: Request): Promise<Body> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { kind: 'refused', refusal: refusal(415, 'content-type', 'use application/json') };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= LIMITS.frameBytes) chunks.push(chunk);
  }
  if (size > LIMITS.frameBytes) return tooBig;
  const text = await new Blob(chunks).text();
  // Only a check: in the room, the codec parses the text again.
  const isJson = await new Response(text).json().then(
    () => true,
    () => false,
  );
  if (isJson) return { kind: 'json', text };
  return { kind: 'refused', refusal: refusal(400, 'not-json', 'the body is not JSON') };
}
