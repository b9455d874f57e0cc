/** A port that leads nowhere: what is transferred to it is gone. */
let sinkhole: MessagePort | null = null;

/**
 * Gives the memory of a buffer back at once. Nobody may use it afterwards. Left to the garbage collector, the pieces of a
 * large file pile up to 100 MB before it comes; `ArrayBuffer.transfer(0)` does not help, as Chromium keeps the memory of
 * a buffer that has passed through a channel or a Blob until it collects that, too.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  if (buffer.byteLength === 0) return;
  if (!sinkhole) {
    sinkhole = new MessageChannel().port1;
    sinkhole.close();
  }
  sinkhole.postMessage(null, [buffer]);
}
