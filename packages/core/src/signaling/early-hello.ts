// Sends `hello` with the WebSocket handshake request, which saves a round trip (EN-10).
import { SUBPROTOCOL } from '@rtc-elements/protocol';

/** The subprotocols that carry `hello`, compressed because proxies limit headers to a few KiB. */
export async function packHello(hello: string): Promise<string[]> {
  // A Response holds its text in memory; a Blob reads it from another process, which takes 1 to 20 ms.
  const packed = new Response(hello).body?.pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const base64 = btoa(String.fromCharCode(...bytes));
  // base64url, because a subprotocol is an HTTP token, which may not contain "/" or "=".
  return [SUBPROTOCOL, base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')];
}
