// A room's storage in memory. Outlives the room, as the real one does.
import type { ListRange, RoomStore } from '../../../party/src/ports.js';

/** Values are copied in and out, so that nothing can be shared by accident. */
export class MemoryStore implements RoomStore {
  readonly entries = new Map<string, unknown>();
  /** When the alarm is set for. */
  alarmAt: number | null = null;
  /** Set to make every write fail, as a broken disk would. */
  isBroken = false;
  /** How many durable writes there were. */
  writes = 0;
  /** What writes and reads wait for, while a test holds them. */
  #writing = Promise.resolve();
  #reading = Promise.resolve();
  #releaseWrites: () => void = () => undefined;
  #releaseReads: () => void = () => undefined;
  readonly #onAlarmSet: () => void;

  constructor(onAlarmSet: () => void = () => undefined) {
    this.#onAlarmSet = onAlarmSet;
  }

  /** Durable writes take until {@link releaseWrites}. */
  holdWrites(): void {
    this.#writing = new Promise((release) => (this.#releaseWrites = release));
  }

  releaseWrites(): void {
    this.#releaseWrites();
  }

  /** Lists are read no sooner than at {@link releaseReads}. */
  holdReads(): void {
    this.#reading = new Promise((release) => (this.#releaseReads = release));
  }

  releaseReads(): void {
    this.#releaseReads();
  }

  async get<T>(key: string): Promise<T | undefined> {
    return structuredClone(this.entries.get(key)) as T | undefined;
  }

  async list<T>({
    prefix,
    start = '',
    end,
    reverse,
    limit,
  }: ListRange): Promise<ReadonlyMap<string, T>> {
    await this.#reading;
    const keys = [...this.entries.keys()]
      .filter((key) => key.startsWith(prefix) && key >= start && (end === undefined || key < end))
      .sort();
    if (reverse) keys.reverse();
    return new Map(
      keys.slice(0, limit).map((key) => [key, structuredClone(this.entries.get(key)) as T]),
    );
  }

  async put(entries: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#writing;
    this.writes += 1;
    if (this.isBroken) throw new Error('the disk is full');
    this.putSoon(entries);
  }

  putSoon(entries: Readonly<Record<string, unknown>>): void {
    if (this.isBroken) return;
    for (const [key, value] of Object.entries(entries))
      this.entries.set(key, structuredClone(value));
  }

  deleteSoon(keys: readonly string[]): void {
    for (const key of keys) this.entries.delete(key);
  }

  async clear(): Promise<void> {
    this.entries.clear();
    this.alarmAt = null;
  }

  setAlarm(at: number): void {
    this.alarmAt = at;
    this.#onAlarmSet();
  }
}
