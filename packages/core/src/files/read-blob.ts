/** Reads a blob into memory that is there already, as `arrayBuffer()` takes new memory for each. */
import { takePartBuffer } from './part-buffers.js';

/** Those that are being read from: Chromium collects a stream that nothing else refers to, and its read never ends. */
const opened = new Set<Opened>();

/** Of what is at most a part long. Rejects with what the browser says. */
export async function readBlob(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = takePartBuffer(blob.size);
  const reader = openReader(blob);
  opened.add(reader);
  try {
    return await (reader.mode === 'byob' ? fill(reader.reader, bytes) : copy(reader.reader, bytes));
  } finally {
    opened.delete(reader);
  }
}

type Opened =
  | { readonly mode: 'byob'; readonly reader: ReadableStreamBYOBReader }
  | {
      readonly mode: 'default';
      readonly reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
    };

/** Not every browser has streams of bytes (Safari). */
function openReader(blob: Blob): Opened {
  const stream = blob.stream();
  try {
    return { mode: 'byob', reader: stream.getReader({ mode: 'byob' }) };
  } catch {
    return { mode: 'default', reader: stream.getReader() };
  }
}

/** Each read takes the memory away and gives it back. */
async function fill(
  reader: ReadableStreamBYOBReader,
  { buffer, length }: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  let memory = buffer;
  for (let at = 0; at < length;) {
    const { done, value } = await reader.read(new Uint8Array(memory, at, length - at));
    if (!value || done) throw new TypeError('The blob has changed.');
    memory = value.buffer;
    at += value.length;
  }
  void reader.cancel().catch(() => undefined);
  return new Uint8Array(memory);
}

async function copy(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length;) {
    const { value } = await reader.read();
    if (!value) throw new TypeError('The blob has changed.');
    bytes.set(value, at);
    at += value.length;
  }
  void reader.cancel().catch(() => undefined);
  return bytes;
}
