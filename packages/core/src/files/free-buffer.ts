/** A port whose other end is closed: what is transferred to it is gone. Our own end must be open, or nothing is transferred. */
let sinkhole: MessagePort | null = null;

/**
 * Gives the memory of a buffer back at once. Nobody may use it afterwards. Left to the garbage collector, the pieces of a
 * large file pile up to 80 MB before it comes; `ArrayBuffer.transfer(0)` does not help, as Chromium keeps the memory of
 * a buffer that has passed through a channel or a Blob until it collects that, too.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  if (buffer.byteLength === 0) return;
  sinkhole ??= openSinkhole();
  sinkhole.postMessage(null, [buffer]);
  // Should a browser close this end, too: the next one is let go by another.
  if (buffer.byteLength > 0) sinkhole = null;
}

function openSinkhole(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}
