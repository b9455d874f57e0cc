import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../tests/support/fake-clock.js';
import { holdBackName } from './late-name.js';
import { DurableRoomStore, PROBE_EVERY_MS, StorageFailingError } from './room-store.js';
import { WritesUnderWay } from './writes-under-way.js';

const NAME = 'name';

/** The storage of an object, whose writes fail on demand, and what was written. */
class FakeStorage {
  readonly entries = new Map<string, unknown>();
  alarmAt: number | null = null;
  /** Set to fail every write. */
  isFull = false;

  async put(entries: Readonly<Record<string, unknown>> | string, value?: unknown): Promise<void> {
    this.#check();
    if (typeof entries === 'string') return void this.entries.set(entries, value);
    for (const [key, value] of Object.entries(entries)) this.entries.set(key, value);
  }

  async delete(keys: readonly string[]): Promise<void> {
    this.#check();
    expect(keys.length).to.be.at.most(128);
    for (const key of keys) this.entries.delete(key);
  }

  async setAlarm(at: number): Promise<void> {
    this.#check();
    this.alarmAt = at;
  }

  async deleteAlarm(): Promise<void> {
    this.#check();
    this.alarmAt = null;
  }

  async deleteAll(): Promise<void> {
    this.#check();
    this.entries.clear();
  }

  async sync(): Promise<void> {
    this.#check();
  }

  #check(): void {
    if (this.isFull) throw new Error('SQLITE_FULL');
  }
}

function setup({ hasFailed = false } = {}) {
  const clock = new FakeClock();
  const storage = new FakeStorage();
  storage.isFull = hasFailed;
  const events: string[] = [];
  let alarms = 0;
  let underWay = 0;
  const name = holdBackName(storage, NAME);
  const store = new DurableRoomStore({
    storage: storage as never,
    name,
    clock,
    log: { info: () => undefined, warn: (event) => events.push(event) },
    hasFailed,
    beginWrite: () => {
      underWay += 1;
      return () => (underWay -= 1);
    },
    probe: () => Promise.resolve(!storage.isFull),
    onAlarm: () => (alarms += 1),
  });
  return { clock, storage, store, events, alarms: () => alarms, underWay: () => underWay };
}

const rejection = (write: Promise<void>): Promise<unknown> =>
  write.then(
    () => null,
    (error: unknown) => error,
  );

describe('the storage of a room', () => {
  it('writes, and counts what is under way', async () => {
    const { clock, storage, store, underWay } = setup();
    const writing = store.put({ a: 1 });
    expect(underWay()).to.equal(1);
    await writing;
    store.putSoon({ b: 2, c: 3 });
    store.deleteSoon(['c']);
    store.setAlarm(500);
    await clock.advanceAsync(0);
    expect([...storage.entries]).to.deep.equal([
      ['a', 1],
      ['b', 2],
    ]);
    expect([storage.alarmAt, underWay()]).to.deep.equal([500, 0]);
  });

  it('[CH-1] refuses durable writes once one has failed, and holds the others until it works', async () => {
    const { clock, storage, store, events, underWay } = setup();
    await store.put({ kept: 'before', gone: 'before' });
    storage.isFull = true;
    expect(String(await rejection(store.put({ a: 1 })))).to.include('SQLITE_FULL');
    expect(await rejection(store.put({ a: 1 }))).to.be.instanceOf(StorageFailingError);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, at]));
    store.putSoon(many);
    store.putSoon({ k1: 'newer', kept: 'newer' });
    store.deleteSoon(['gone', 'k2']);
    await clock.advanceAsync(PROBE_EVERY_MS);
    expect(storage.entries.get('gone')).to.equal('before');
    expect(underWay(), 'the next object has to know').to.equal(1);
    storage.isFull = false;
    await clock.advanceAsync(PROBE_EVERY_MS);
    expect(storage.entries.get('k1')).to.equal('newer');
    expect(storage.entries.get('kept')).to.equal('newer');
    expect([storage.entries.has('gone'), storage.entries.has('k2')]).to.deep.equal([false, false]);
    expect(underWay(), 'the next object need not fear').to.equal(0);
    expect(storage.entries.size).to.equal(300);
    await store.put({ a: 1 });
    expect(events).to.deep.equal(['storage-failing', 'storage-works']);
    expect(clock.pending).to.equal(0);
  });

  it('keeps the alarm as a timer meanwhile', async () => {
    const { clock, storage, store, alarms } = setup({ hasFailed: true });
    const now = clock.now();
    store.setAlarm(now + 1_000);
    store.setAlarm(now + 2_000);
    await clock.advanceAsync(1_999);
    expect([alarms(), storage.alarmAt]).to.deep.equal([0, null]);
    await clock.advanceAsync(1);
    expect(alarms()).to.equal(1);
    store.setAlarm(now + 60_000);
    storage.isFull = false;
    await clock.advanceAsync(PROBE_EVERY_MS);
    expect(storage.alarmAt).to.equal(now + 60_000);
    await clock.advanceAsync(120_000);
    expect(alarms(), 'the runtime has it now').to.equal(1);
  });

  it('knows that an object before this one was thrown away during a write', () => {
    const writes = new WritesUnderWay();
    expect(writes.start('a')).to.equal(false);
    const end = writes.begin('a');
    const endOther = writes.begin('a');
    writes.begin('b')();
    expect([writes.start('a'), writes.start('b')]).to.deep.equal([true, false]);
    const endNew = writes.begin('a');
    // The writes of the former object end late, and say nothing about this one.
    end();
    endOther();
    expect(writes.start('a')).to.equal(true);
    endNew();
    expect(writes.start('a')).to.equal(false);
  });

  for (const [what, write] of [
    ['a durable write', (store: DurableRoomStore) => store.put({ a: 1 })],
    ['another write', (store: DurableRoomStore) => store.putSoon({ a: 1 })],
    ['an alarm', (store: DurableRoomStore) => store.setAlarm(1)],
  ] as const) {
    it(`[LI-6] stores the name of a room with ${what}, and not before`, async () => {
      const { storage, store } = setup();
      await storage.put(NAME, 'standup');
      expect([...storage.entries]).to.deep.equal([]);
      await write(store);
      expect(storage.entries.get(NAME)).to.equal('standup');
      await store.clear();
      expect([...storage.entries]).to.deep.equal([]);
      await write(store);
      expect(storage.entries.get(NAME), 'after everything was erased').to.equal('standup');
    });
  }
});
