/**
 * The storage of one room, made from that of its Durable Object.
 *
 * A write that fails (a full disk, a quota) costs the room its object: the runtime breaks every socket with
 * 1006 and starts a new object on the next request. That one must not write again until it is known to work,
 * or nobody could stay. Until then durable writes are refused, all others are held in memory, and the alarm
 * is a timer.
 */
import type { ListRange, RoomClock, RoomLog, RoomStore } from '../ports.js';
import type { LateName } from './late-name.js';

/** The platform refuses more keys in one write. */
const KEYS_PER_WRITE = 128;

/** How often a room whose storage fails tries whether it works again. */
export const PROBE_EVERY_MS = 5_000;

export interface RoomStoreContext {
  readonly storage: DurableObjectStorage;
  readonly clock: RoomClock;
  readonly log: RoomLog;
  /** The room's former object was thrown away during a write. */
  readonly hasFailed: boolean;
  /** Stores the room's name with the first write. */
  readonly name: Pick<LateName, 'store' | 'forgotten'>;
  /** A write begins; the result is called when it has ended. */
  readonly beginWrite: () => () => void;
  /** Whether some other object can write. Never rejects. */
  readonly probe: () => Promise<boolean>;
  /** The alarm is due, and the runtime could not keep it. */
  readonly onAlarm: () => void;
}

/** Thrown by writes that cannot be made at present. */
export class StorageFailingError extends Error {
  constructor() {
    super('the storage of this room cannot be written at present');
    this.name = 'StorageFailingError';
  }
}

/** Uses only the storage calls that every such runtime has. */
export class DurableRoomStore implements RoomStore {
  readonly #context: RoomStoreContext;
  /** Writes that wait until storage works again; `undefined` deletes. `null`: it works. */
  #held: Map<string, unknown> | null = null;
  /** Ends the writes that have failed. */
  readonly #failedWrites: (() => void)[] = [];
  #alarmAt: number | null = null;
  #cancelAlarm: () => void = () => undefined;

  constructor(context: RoomStoreContext) {
    this.#context = context;
    if (context.hasFailed) this.#fail('a write failed');
  }

  get<T>(key: string): Promise<T | undefined> {
    return this.#context.storage.get<T>(key);
  }

  list<T>(range: ListRange): Promise<ReadonlyMap<string, T>> {
    return this.#context.storage.list<T>(range);
  }

  async put(entries: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#held) throw new StorageFailingError();
    const { name, storage } = this.#context;
    await this.#track(async () => {
      name.store();
      await storage.put({ ...entries });
      // Waits for the disk. Whatever arrives meanwhile is gathered and goes into the next write.
      await storage.sync();
    });
  }

  putSoon(entries: Readonly<Record<string, unknown>>): void {
    if (this.#held) for (const [key, value] of Object.entries(entries)) this.#held.set(key, value);
    else {
      this.#later(() => {
        this.#context.name.store();
        return this.#context.storage.put({ ...entries }, { allowUnconfirmed: true });
      });
    }
  }

  deleteSoon(keys: readonly string[]): void {
    if (this.#held) for (const key of keys) this.#held.set(key, undefined);
    else this.#delete(keys);
  }

  async clear(): Promise<void> {
    if (this.#held) throw new StorageFailingError();
    const { storage } = this.#context;
    await this.#track(async () => {
      await storage.deleteAlarm();
      await storage.deleteAll();
      this.#context.name.forgotten();
    });
  }

  setAlarm(at: number): void {
    const { clock, onAlarm, storage } = this.#context;
    this.#cancelAlarm();
    if (!this.#held) {
      return this.#later(() => {
        this.#context.name.store();
        return storage.setAlarm(at, { allowUnconfirmed: true });
      });
    }
    this.#alarmAt = at;
    this.#cancelAlarm = clock.setTimer(Math.max(0, at - clock.now()), onAlarm);
  }

  #delete(keys: readonly string[]): void {
    const { storage } = this.#context;
    for (let start = 0; start < keys.length; start += KEYS_PER_WRITE) {
      const some = keys.slice(start, start + KEYS_PER_WRITE);
      this.#later(() => storage.delete(some, { allowUnconfirmed: true }));
    }
  }

  #later(write: () => Promise<unknown>): void {
    // `#track` has logged it, and a later `hello` repairs what was lost.
    this.#track(write).catch(() => undefined);
  }

  async #track(write: () => Promise<unknown>): Promise<void> {
    const end = this.#context.beginWrite();
    try {
      await write();
      end();
    } catch (error) {
      // This object may be gone in a moment, and the next one has to know.
      this.#failedWrites.push(end);
      this.#fail(String(error));
      throw error;
    }
  }

  #fail(error: string): void {
    if (this.#held) return;
    this.#held = new Map();
    this.#context.log.warn('storage-failing', { error });
    this.#recoverLater();
  }

  /** The timer also keeps a runtime from putting the room to sleep. */
  #recoverLater(): void {
    this.#context.clock.setTimer(PROBE_EVERY_MS, () => void this.#recover());
  }

  async #recover(): Promise<void> {
    const { log, probe } = this.#context;
    if (!(await probe())) return this.#recoverLater();
    const held = [...(this.#held ?? [])];
    this.#held = null;
    for (const end of this.#failedWrites.splice(0)) end();
    log.warn('storage-works', { writes: held.length });
    const kept = held.filter(([, value]) => value !== undefined);
    for (let start = 0; start < kept.length; start += KEYS_PER_WRITE) {
      this.putSoon(Object.fromEntries(kept.slice(start, start + KEYS_PER_WRITE)));
    }
    this.deleteSoon(held.filter(([, value]) => value === undefined).map(([key]) => key));
    if (this.#alarmAt !== null) this.setAlarm(this.#alarmAt);
    this.#alarmAt = null;
  }
}
