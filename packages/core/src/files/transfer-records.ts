/**
 * What is kept of transfers that have not ended, or whose bytes are kept here: in IndexedDB, which two pages of one origin
 * share. A record belongs to the page that holds its lock, so that no two go on with the same transfer.
 */
import type { OfferFrame } from './rules/frames.js';
import { KEPT_MS } from './rules/limits.js';

const DATABASE = 'rtc-elements-files';
const STORE = 'transfers';

/** Written by this origin, and by nobody else. */
export interface TransferRecord {
  /** Both ends may be pages of one browser. */
  readonly key: string;
  readonly direction: 'send' | 'receive';
  /** The address of the room, and who we were in it. */
  readonly room: string;
  readonly us: string;
  /** The other person. */
  readonly user: string;
  readonly peerName: string;
  readonly offer: OfferFrame;
  readonly isDone: boolean;
  /** When it was last written, ms. */
  readonly at: number;
}

export const recordKey = (direction: TransferRecord['direction'], id: string): string =>
  `${direction} ${id}`;

export class TransferRecords {
  #database: Promise<IDBDatabase | null> | null = null;
  readonly #locks = new Map<string, () => void>();

  /** Never rejects: what cannot be kept is not. */
  async put(record: TransferRecord): Promise<void> {
    void this.#lock(record.key);
    await this.#run('readwrite', (store) => store.put(record));
  }

  async delete(key: string): Promise<void> {
    await this.#run('readwrite', (store) => store.delete(key));
    this.release(key);
  }

  /** Those of the last seven days. Older ones are deleted. */
  async list(now: number): Promise<readonly TransferRecord[]> {
    const all = (await this.#run('readonly', (store) => store.getAll())) as
      readonly TransferRecord[] | null;
    const old = (all ?? []).filter(({ at }) => Math.abs(now - at) > KEPT_MS);
    for (const { key } of old) await this.#run('readwrite', (store) => store.delete(key));
    return (all ?? []).filter((record) => !old.includes(record));
  }

  /** Resolves once no other page has it; `false`: it was deleted meanwhile. */
  async claim(key: string): Promise<boolean> {
    await this.#lock(key);
    const found = await this.#run('readonly', (store) => store.count(key));
    if (found === 0) this.release(key);
    return found !== 0;
  }

  release(key: string): void {
    this.#locks.get(key)?.();
    this.#locks.delete(key);
  }

  close(): void {
    for (const key of [...this.#locks.keys()]) this.release(key);
    void this.#database?.then((database) => database?.close());
    this.#database = null;
  }

  async #lock(key: string): Promise<void> {
    if (this.#locks.has(key)) return;
    const held = new Promise<void>((release) => this.#locks.set(key, release));
    await new Promise<void>((resolve) => {
      // A page that may not have locks, as in a sandbox, goes on without.
      const locks = navigator.locks as LockManager | undefined;
      if (!locks) return resolve();
      locks
        .request(`${DATABASE}:${key}`, () => {
          resolve();
          return held;
        })
        .catch(() => resolve());
    });
  }

  async #run<T>(
    mode: IDBTransactionMode,
    task: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> {
    const database = await (this.#database ??= openDatabase());
    if (!database) return null;
    return new Promise((resolve) => {
      try {
        const request = task(database.transaction(STORE, mode).objectStore(STORE));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(null);
      } catch {
        // The browser has deleted it, or the disk is full.
        resolve(null);
      }
    });
  }
}

/** `null`: this page has no storage. */
const openDatabase = (): Promise<IDBDatabase | null> =>
  new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
