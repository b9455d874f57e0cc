// `hello` that travels with the request for the socket, which saves a round trip (EN-10).
import { SUBPROTOCOL } from '@rtc-elements/protocol';

/** The subprotocols that say `hello`. Packed, as servers on the way allow headers of a few KiB only. */
export async function packHello(hello: string): Promise<string[]> {
  // A response has its text at hand; a blob's comes from another process, which takes 1 ms or 20.
  const packed = new Response(hello).body?.pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const base64 = btoa(String.fromCharCode(...bytes));
  // As base64url: a subprotocol is a token of HTTP, which has no "/" and no "=".
  return [SUBPROTOCOL, base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')];
}
