// A `hello` that comes with the request for the socket, as its second subprotocol (EN-10).
import { LIMITS, SUBPROTOCOL } from '@rtc-elements/protocol';

const HEADER = 'sec-websocket-protocol';

/** A function that reads the `hello` of a request; `undefined` if it has none. */
export function helloReader(headers: Headers): (() => Promise<string>) | undefined {
  const { packed } = protocolsOf(headers);
  return packed ? () => unpackHello(packed) : undefined;
}

/** The answer that opens a socket. It names the subprotocol that was asked for, or browsers close it. */
export function answerSocket(request: Request, webSocket: WebSocket): Response {
  const headers = protocolsOf(request.headers).isOurs ? { [HEADER]: SUBPROTOCOL } : {};
  return new Response(null, { status: 101, webSocket, headers });
}

function protocolsOf(headers: Headers): { readonly isOurs: boolean; readonly packed?: string } {
  const [name, packed] = (headers.get(HEADER) ?? '').split(/ *, */);
  return name === SUBPROTOCOL ? { isOurs: true, ...(packed && { packed }) } : { isOurs: false };
}

/**
 * Unpacks `base64url(deflate(utf8))`. Malformed input yields an empty text, which no frame is. Unpacking
 * stops as soon as the text is too long for a frame.
 */
async function unpackHello(packed: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let text = '';
  try {
    const base64 = packed.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const unpacked = new Response(bytes).body?.pipeThrough(new DecompressionStream('deflate'));
    for await (const part of unpacked ?? []) {
      text += decoder.decode(part, { stream: true });
      if (text.length > LIMITS.frameBytes) return text;
    }
    return text + decoder.decode();
  } catch {
    return '';
  }
}
