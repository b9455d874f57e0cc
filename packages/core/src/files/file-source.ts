/** The bytes of what is offered, part by part. They are read as they are needed, once for receivers that are close. */
import type { RtcError } from '../state/errors.js';
import { givePartBuffer } from './part-buffers.js';
import { readBlob } from './read-blob.js';
import { fileError } from './rules/file-error.js';
import type { OfferFrame } from './rules/frames.js';
import { FILE_PART_BYTES, SAMPLE_ENTRIES } from './rules/limits.js';
import { encodeManifest, type ManifestEntry } from './rules/manifest.js';
import { PartSet, type Run } from './rules/part-set.js';
import { sha256 } from './sha256.js';

/** How many parts are kept for other receivers: those within so many bytes of one another read the disk once. */
const KEPT_PARTS = 6;

export interface ReadPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array<ArrayBuffer>;
}

interface KeptPart {
  readonly reading: Promise<ReadPart>;
  /** How many are sending it now. */
  users: number;
  isKept: boolean;
}

/** What was selected: files in the order in which they are sent, each under its path. */
export interface Selection {
  readonly kind: OfferFrame['kind'];
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly file: File }[];
}

export class FileSource {
  readonly kind: OfferFrame['kind'];
  readonly name: string;
  readonly mime: string;
  readonly count: number;
  /** With the manifest. */
  readonly size: number;
  readonly manifestBytes: number;
  readonly entries: readonly ManifestEntry[];
  readonly #content: Blob;
  readonly #hashes: PartSet;
  readonly #kept = new Map<number, KeptPart>();

  constructor({ kind, name, files }: Selection) {
    this.kind = kind;
    this.name = name;
    this.mime = kind === 'file' ? (files[0]?.file.type ?? '') : '';
    this.count = files.length;
    this.entries = files.map(({ path, file }) => ({ path, size: file.size }));
    const manifest = kind === 'file' ? new Uint8Array() : encodeManifest(this.entries);
    this.manifestBytes = manifest.length;
    this.#content = new Blob([manifest, ...files.map(({ file }) => file)]);
    this.size = this.#content.size;
    this.#hashes = new PartSet(this.size);
  }

  get sample(): readonly ManifestEntry[] {
    return this.entries.slice(0, SAMPLE_ENTRIES);
  }

  /**
   * Reads a part for `task`, which may use its bytes until it has settled.
   * @throws RtcError `file-unreadable`; otherwise as `task`.
   */
  async use<T>(index: number, task: (part: ReadPart) => Promise<T>): Promise<T> {
    const kept = this.#keep(index);
    kept.users += 1;
    try {
      return await task(await kept.reading);
    } finally {
      kept.users -= 1;
      free(kept);
    }
  }

  /** Reads a part that is wanted soon. If that fails, it is seen then. */
  prepare(index: number): void {
    this.#keep(index);
  }

  /** Whether `hashesOf()` needs to read nothing. */
  knows(runs: readonly Run[]): boolean {
    return this.#hashes.hashesOf(runs) !== null;
  }

  /**
   * The hashes of these parts one after another. Reads those that were not read yet, until `isWanted` says no.
   * @throws RtcError `file-unreadable`.
   */
  async hashesOf(
    runs: readonly Run[],
    isWanted: () => boolean,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    for (const [first, length] of runs) {
      for (let index = first; index < first + length; index += 1) {
        if (!isWanted()) return null;
        if (!this.#hashes.has(index)) givePartBuffer((await this.#read(index)).bytes);
      }
    }
    return this.#hashes.hashesOf(runs);
  }

  /** SHA-256 of the hashes of all parts, once all were read; before that `null`. */
  async digest(): Promise<Uint8Array | null> {
    const hashes = this.#hashes.allHashes();
    return hashes && sha256(hashes);
  }

  /** Nobody is sent anything now. */
  release(): void {
    for (const index of [...this.#kept.keys()]) this.#drop(index);
  }

  #keep(index: number): KeptPart {
    const present = this.#kept.get(index);
    if (present) return present;
    const kept = { reading: this.#read(index), users: 0, isKept: true };
    this.#kept.set(index, kept);
    // Whoever uses it hears of it.
    kept.reading.catch(() => this.#drop(index));
    for (const oldest of [...this.#kept.keys()]) {
      if (this.#kept.size > KEPT_PARTS) this.#drop(oldest);
    }
    return kept;
  }

  #drop(index: number): void {
    const kept = this.#kept.get(index);
    if (!kept) return;
    this.#kept.delete(index);
    kept.isKept = false;
    free(kept);
  }

  async #read(index: number): Promise<ReadPart> {
    try {
      const from = index * FILE_PART_BYTES;
      const bytes = await readBlob(this.#content.slice(from, from + FILE_PART_BYTES));
      const hash = await sha256(bytes);
      this.#hashes.add(index, hash);
      return { bytes, hash };
    } catch (cause) {
      throw unreadableError(cause);
    }
  }
}

function free({ reading, users, isKept }: KeptPart): void {
  if (isKept || users > 0) return;
  reading.then(
    ({ bytes }) => givePartBuffer(bytes),
    () => undefined,
  );
}

export const unreadableError = (cause: unknown): RtcError => fileError('file-unreadable', cause);
