/**
 * Transfers in the browser's private storage (OPFS). Each part is a file of its own, named by its index and hash, that is
 * there once it is whole: so the folder is the journal, whenever the page goes away.
 */
import { RtcError } from '../state/errors.js';
import { givePartBuffer } from './part-buffers.js';
import type { PartSink } from './ports.js';
import { readBlob } from './read-blob.js';
import type { HashedPart } from './rules/assembly.js';
import { fileError } from './rules/file-error.js';
import { fromHex, isSameBytes, toHex } from './rules/frames.js';
import { sha256 } from './sha256.js';
import { sinkError } from './sink-error.js';

const ROOT = 'rtc-elements-files';
const PART_NAME = /^(\d{6})-([0-9a-f]{64})$/;

/** Left free, bytes: a full disk breaks more than a transfer. */
const SPARE_BYTES = 16_777_216;

/** The folder of all transfers; `null`: this page has no storage, as in some private windows. */
async function openRoot(): Promise<FileSystemDirectoryHandle | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(ROOT, { create: true });
    const probe = await folder.getFileHandle('probe', { create: true });
    // Safari before 26 has files without it.
    return 'createWritable' in probe ? folder : null;
  } catch {
    return null;
  }
}

export class PartStorage {
  #root: Promise<FileSystemDirectoryHandle | null> | null = null;

  async isAvailable(): Promise<boolean> {
    return (await this.#open()) !== null;
  }

  /** @throws RtcError `unsupported` (no storage here), `no-space` (for `bytes` more). */
  async create(id: string, bytes: number): Promise<StorageSink> {
    const root = await this.#open();
    if (!root) throw noStorageError();
    const { quota, usage } = await navigator.storage.estimate();
    if (quota !== undefined && quota - (usage ?? 0) < bytes + SPARE_BYTES)
      throw fileError('no-space');
    try {
      return new StorageSink(root, id, await root.getDirectoryHandle(id, { create: true }));
    } catch (cause) {
      throw sinkError(cause);
    }
  }

  /** What was stored before, with the parts that are still whole; `null`: nothing is there. */
  async find(id: string): Promise<StoredParts | null> {
    const root = await this.#open();
    const folder = await root?.getDirectoryHandle(id).catch(() => null);
    if (!root || !folder) return null;
    const sink = new StorageSink(root, id, folder);
    return { sink, kept: await sink.verify() };
  }

  /** Deletes the folders of all transfers but these. */
  async keepOnly(ids: ReadonlySet<string>): Promise<void> {
    const root = await this.#open();
    if (!root) return;
    for await (const name of root.keys()) {
      if (!ids.has(name)) await root.removeEntry(name, { recursive: true }).catch(() => undefined);
    }
  }

  #open(): Promise<FileSystemDirectoryHandle | null> {
    return (this.#root ??= openRoot());
  }
}

export interface StoredParts {
  readonly sink: StorageSink;
  /** Hashes by index. */
  readonly kept: ReadonlyMap<number, Uint8Array>;
}

export class StorageSink implements PartSink {
  readonly #root: FileSystemDirectoryHandle;
  readonly #id: string;
  readonly #folder: FileSystemDirectoryHandle;
  readonly #names = new Map<number, string>();

  constructor(root: FileSystemDirectoryHandle, id: string, folder: FileSystemDirectoryHandle) {
    this.#root = root;
    this.#id = id;
    this.#folder = folder;
  }

  async write({ index, bytes, hash }: HashedPart): Promise<void> {
    const name = `${String(index).padStart(6, '0')}-${toHex(hash)}`;
    try {
      await writeFile(await this.#folder.getFileHandle(name, { create: true }), bytes);
    } catch (cause) {
      throw sinkError(cause);
    }
    this.#names.set(index, name);
    givePartBuffer(bytes);
  }

  /** Reads all that is there, and deletes what is damaged. Returns the hashes of the rest. */
  async verify(): Promise<ReadonlyMap<number, Uint8Array>> {
    const kept = new Map<number, Uint8Array>();
    for await (const name of this.#folder.keys()) {
      const [, index, hash] = PART_NAME.exec(name) ?? [];
      if (index === undefined || hash === undefined) continue;
      const file = await (await this.#folder.getFileHandle(name)).getFile();
      const bytes = await readBlob(file);
      const found = await sha256(bytes);
      givePartBuffer(bytes);
      if (!isSameBytes(found, fromHex(hash))) {
        await this.#folder.removeEntry(name).catch(() => undefined);
        continue;
      }
      this.#names.set(Number(index), name);
      kept.set(Number(index), found);
    }
    return kept;
  }

  /** Backed by the disk: nothing is read before somebody does. */
  async read(): Promise<Blob> {
    const ordered = [...this.#names].sort(([one], [other]) => one - other);
    const files: File[] = [];
    try {
      for (const [, name] of ordered)
        files.push(await (await this.#folder.getFileHandle(name)).getFile());
    } catch (cause) {
      throw sinkError(cause);
    }
    return new Blob(files);
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  async discard(): Promise<void> {
    await this.#root.removeEntry(this.#id, { recursive: true }).catch(() => undefined);
  }

  /** A file beside the parts, such as the zip that is made of them. */
  async createFile(name: string): Promise<FileSystemFileHandle> {
    return this.#folder.getFileHandle(name, { create: true });
  }
}

async function writeFile(handle: FileSystemFileHandle, bytes: BufferSource): Promise<void> {
  const writable = await handle.createWritable();
  try {
    await writable.write(bytes);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

const noStorageError = (): RtcError =>
  new RtcError(
    'unsupported',
    'This browser keeps nothing for this page, as in a private window. Choose where to save, or receive less than 64 MiB.',
  );
