/** Writes one file as it arrives into a file that the person chose. Nothing of it is in the browser's storage. */
import { givePartBuffer } from './part-buffers.js';
import type { PartSink } from './ports.js';
import type { HashedPart } from './rules/assembly.js';
import { FILE_PART_BYTES } from './rules/limits.js';
import { sinkError } from './sink-error.js';

export class HandleSink implements PartSink {
  /** The file itself. */
  readonly handle: FileSystemFileHandle;
  readonly #writable: FileSystemWritableFileStream;
  #isLost = false;

  private constructor(handle: FileSystemFileHandle, writable: FileSystemWritableFileStream) {
    this.handle = handle;
    this.#writable = writable;
  }

  /** Whether it takes nothing any more: a browser throws away what was written when one write has failed. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** @throws RtcError `destination-lost`, `no-space`. */
  static async open(handle: FileSystemFileHandle): Promise<HandleSink> {
    try {
      return new HandleSink(handle, await handle.createWritable());
    } catch (cause) {
      throw sinkError(cause);
    }
  }

  async write({ index, bytes: data }: HashedPart): Promise<void> {
    const position = index * FILE_PART_BYTES;
    await this.#attempt(this.#writable.write({ type: 'write', position, data }));
    givePartBuffer(data);
  }

  read(): Promise<null> {
    return Promise.resolve(null);
  }

  finish(): Promise<void> {
    return this.#attempt(this.#writable.close());
  }

  async discard(): Promise<void> {
    // It may be closed, or lost, and then nothing is to be thrown away.
    await this.#writable.abort().catch(() => undefined);
  }

  async #attempt(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch (cause) {
      this.#isLost = true;
      throw sinkError(cause);
    }
  }
}
