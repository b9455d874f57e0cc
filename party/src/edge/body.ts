// Reads the body of a request before a room wakes: JSON, no larger than a frame.
import { LIMITS, TIMES } from '@rtc-elements/protocol';

import { type EdgeRefusal, refusal } from './rules/refusal.js';

export type Body =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

const tooBig: Body = {
  kind: 'refused',
  refusal: refusal(413, 'too-big', `a body has at most ${LIMITS.frameBytes} bytes`),
};

const tooSlow: Body = {
  kind: 'refused',
  refusal: refusal(408, 'too-slow', `a body arrives within ${TIMES.bodyMs / 1_000} s`),
};

/**
 * Keeps at most `LIMITS.frameBytes`, whatever `content-length` says, but reads to the end: a sender that
 * is cut off sees a broken connection instead of the answer. It may take `TIMES.bodyMs`. Only holders of the server
 * key get here.
 */
export async function readJsonBody(request: Request): Promise<Body> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { kind: 'refused', refusal: refusal(415, 'content-type', 'use application/json') };
  }
  const bytes = await readBytes(request);
  if (bytes === 'too slow') return tooSlow;
  if (bytes === 'too big') return tooBig;
  const text = await new Blob(bytes).text();
  // Only a check: in the room, the codec parses the text again.
  const isJson = await new Response(text).json().then(
    () => true,
    () => false,
  );
  if (isJson) return { kind: 'json', text };
  return { kind: 'refused', refusal: refusal(400, 'not-json', 'the body is not JSON') };
}

async function readBytes(request: Request): Promise<Uint8Array[] | 'too big' | 'too slow'> {
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (!reader) return [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMES.bodyMs);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), late]);
      if (!part) return 'too slow';
      if (part.done) return size > LIMITS.frameBytes ? 'too big' : chunks;
      size += part.value.byteLength;
      if (size <= LIMITS.frameBytes) chunks.push(part.value);
    }
  } finally {
    clearTimeout(timer);
  }
}
