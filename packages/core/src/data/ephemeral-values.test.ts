import { expect } from '@esm-bundle/chai';
import type { Json, Role } from '@rtc-elements/protocol';

import { LossyPaths, type PathEnd } from '../../../../tests/support/data/lossy-paths.js';
import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { fakePeer, fakeState, fakeYou } from '../../../../tests/support/fake-room.js';
import { seededRandom } from '../../../../tests/support/seeded-random.js';
import type { RoomState } from '../state/room-state.js';
import { EphemeralValues } from './ephemeral-values.js';
import type { OwnValue } from './rules/value-outbox.js';

type Loss = LossyPaths['loss'];

/** A room in which everybody is connected to everybody. */
class Meeting {
  readonly clock = new FakeClock();
  readonly paths: LossyPaths;
  readonly people = new Map<string, Person>();

  constructor(loss: Loss = {}) {
    this.paths = new LossyPaths(this.clock, loss);
  }

  enter(session: string): Person {
    const person = new Person(this, session);
    const others = [...this.people.keys()];
    this.people.set(session, person);
    this.setRole(session, 'speaker');
    for (const other of others) this.paths.connect(session, other);
    return person;
  }

  readonly roles = new Map<string, Role>();

  setRole(session: string, role: Role): void {
    this.roles.set(session, role);
    const entry = (one: string) => ({ session: one, role: this.roles.get(one) ?? 'speaker' });
    for (const person of this.people.values()) {
      const peers = [...this.people.keys()]
        .filter((one) => one !== person.session)
        .map((one) => fakePeer(one, entry(one)));
      person.show({ you: fakeYou(entry(person.session)), peers });
    }
  }
}

class Person {
  readonly own = new Map<string, OwnValue>();
  readonly changes: string[] = [];
  readonly store: EphemeralValues;
  readonly end: PathEnd;
  #state = fakeState();
  readonly #listeners = new Set<() => void>();
  #at = 0;

  constructor(
    readonly meeting: Meeting,
    readonly session: string,
  ) {
    const { clock } = meeting;
    this.end = meeting.paths.end(session);
    this.store = new EphemeralValues(
      {
        clock,
        getSnapshot: () => this.#state,
        subscribe: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
        openPaths: this.end.openPaths,
        wantLink: () => Promise.resolve(null),
        onChange: (name, from, value) =>
          this.changes.push(`${from} ${name} ${JSON.stringify(value)}`),
      },
      this.own,
    );
  }

  show(over: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...over };
    for (const listener of this.#listeners) listener();
  }

  set(name: string, value: Json): void {
    this.#at = Math.max(this.meeting.clock.now(), this.#at + 1);
    this.own.set(name, { at: this.#at, value, bytes: JSON.stringify(value).length + 128 });
    this.store.set(name);
  }

  /** The messages of ours that had values in them, and when they were sent. */
  get told(): readonly { readonly at: number; readonly data: string }[] {
    return this.end.sent.filter(({ data }) => data.startsWith('{"type":"values",'));
  }
}

const move = async (
  { clock }: Meeting,
  forMs: number,
  task: (at: number) => void,
): Promise<void> => {
  for (let passed = 0; passed < forMs; passed += 8) {
    task(passed);
    await clock.advanceAsync(8);
  }
};

describe('ephemeral values', () => {
  it('[EV-2] are sent 20 to 30 times a second at 120 calls a second, and the last one arrives', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    await move(meeting, 10_000, (at) => ann.set('cursor', { x: at }));
    const inTen = ann.told.length;
    expect(inTen).to.be.within(200, 300);
    for (const { at } of ann.told) {
      const within = ann.told.filter((one) => one.at >= at && one.at < at + 1_000);
      expect(within.length).to.be.at.most(30);
    }
    await meeting.clock.advanceAsync(50);
    expect(ben.store.get('cursor', 'ann')).to.deep.equal({ x: 9_992 });
    await meeting.clock.advanceAsync(60_000);
    expect(ann.told.length - inTen, 'the last one, and once more').to.be.within(1, 2);
    expect(meeting.clock.pending).to.equal(0);
  });

  it('[EV-3] end as they were set last, whatever is lost and overtaken', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const meeting = new Meeting({ loss: 0.6 * random(), delayMs: [5, 400], random });
      const people = ['ann', 'ben', 'cid'].map((name) => meeting.enter(name));
      const names = ['cursor', 'tool', 'score'];
      await move(meeting, 1_000 + 2_000 * random(), (at) => {
        for (const person of people) {
          const name = names[Math.floor(random() * names.length)] ?? '';
          if (random() < 0.7) person.set(name, random() < 0.1 ? null : at);
        }
        if (random() < 0.005) meeting.paths.connect('ann', 'ben');
      });
      await meeting.clock.advanceAsync(600_000);
      for (const { store, session } of people) {
        for (const other of people.filter((one) => one.session !== session)) {
          for (const name of names) {
            const want = other.own.get(name)?.value ?? null;
            expect(store.get(name, other.session), `seed ${seed}: ${name}`).to.equal(want);
          }
        }
      }
      expect(meeting.clock.pending, `seed ${seed}: everything is confirmed`).to.equal(0);
      for (const { changes } of people) {
        const values = changes
          .filter((one) => one.startsWith('cid cursor'))
          .map((one) => one.split(' ')[2]);
        const numbers = values.filter((value) => value !== 'null').map(Number);
        expect(numbers, `seed ${seed}: nothing old comes back`).to.deep.equal(
          [...numbers].sort((one, other) => one - other),
        );
      }
    }
  });

  it('[EV-4] are told to whoever comes later, and again on a new link', async () => {
    const meeting = new Meeting();
    const ann = meeting.enter('ann');
    ann.set('cursor', 1);
    ann.set('tool', null);
    await meeting.clock.advanceAsync(60_000);
    const ben = meeting.enter('ben');
    await meeting.clock.advanceAsync(10);
    expect(ben.changes).to.deep.equal(['ann cursor 1']);
    const { length } = ann.told;
    await meeting.clock.advanceAsync(60_000);
    meeting.paths.connect('ann', 'ben');
    await meeting.clock.advanceAsync(60_000);
    expect(ann.told.length - length, 'until it is confirmed').to.equal(3);
    expect(ben.changes).to.deep.equal(['ann cursor 1']);
  });

  it('[EV-4] end with the person, and with the link', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    ann.set('cursor', 1);
    ann.set('tool', 2);
    await meeting.clock.advanceAsync(500);
    expect(ben.store.sessionsOf('cursor')).to.deep.equal(['ann']);
    meeting.paths.disconnect('ann', 'ben');
    expect(ben.changes.slice(2)).to.deep.equal(['ann cursor null', 'ann tool null']);
    expect(ben.store.get('cursor', 'ann')).to.equal(null);
    ann.set('cursor', 3);
    await meeting.clock.advanceAsync(60_000);
    expect(meeting.clock.pending).to.equal(0);
  });

  it('[EV-5] of a listener are neither sent nor taken, and come back with the right to speak', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    ann.set('cursor', 1);
    ben.set('cursor', 7);
    await meeting.clock.advanceAsync(500);
    meeting.setRole('ann', 'listener');
    expect(ben.changes).to.deep.equal(['ann cursor 1', 'ann cursor null']);
    ann.set('cursor', 2);
    ben.set('cursor', 8);
    // One that does not obey.
    const data = ann.told[0]?.data ?? '';
    const forged = data.replace(/"at":\d+/, `"at":${meeting.clock.now()}`);
    meeting.paths
      .end('ann')
      .openPaths({
        onOpen: () => undefined,
        onMessage: () => undefined,
        onReset: () => undefined,
        onClose: () => undefined,
      })
      .send('ben', forged);
    await meeting.clock.advanceAsync(1_000);
    expect(ben.store.get('cursor', 'ann')).to.equal(null);
    expect(forged).to.contain('cursor');
  });

  it('[EV-5] come back with the right to speak, and a listener still gets those of others', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    ann.set('cursor', 1);
    await meeting.clock.advanceAsync(500);
    meeting.setRole('ann', 'listener');
    const { length } = ann.told;
    ann.set('cursor', 2);
    ben.set('cursor', 8);
    await meeting.clock.advanceAsync(10_000);
    expect(ann.told.length).to.equal(length);
    expect(ann.store.get('cursor', 'ben')).to.equal(8);
    meeting.setRole('ann', 'speaker');
    await meeting.clock.advanceAsync(10);
    expect(ben.store.get('cursor', 'ann')).to.equal(2);
  });

  it('[EV-1] [EV-5] stay within bounds, whatever somebody sends', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    const paths = meeting.paths.end('ann').openPaths({
      onOpen: () => undefined,
      onMessage: () => undefined,
      onReset: () => undefined,
      onClose: () => undefined,
    });
    const say = (message: unknown): boolean =>
      paths.send('ben', typeof message === 'string' ? message : JSON.stringify(message));
    const entry = { name: 'cursor', at: 1, value: 1 };
    for (const odd of [
      '',
      '[]',
      'null',
      '{',
      { type: 'values' },
      { type: 'values', entries: [{ ...entry, name: '__proto__ ' }] },
      { type: 'values', entries: [{ ...entry, at: -1 }] },
      { type: 'values', entries: [{ ...entry, value: 'x'.repeat(1_025) }] },
      { type: 'values', entries: [{ ...entry, value: [[[[[[1]]]]]] }] },
      { type: 'values', entries: [entry, { ...entry, more: 1 }] },
      { type: 'values', entries: Array.from({ length: 17 }, () => entry) },
      { type: 'constructor' },
    ])
      say(odd);
    await meeting.clock.advanceAsync(10);
    expect(ben.changes).to.deep.equal([]);
    await meeting.clock.advanceAsync(2_000);
    for (let index = 0; index < 1_000; index += 1)
      say({ type: 'values', entries: [{ ...entry, at: index, name: `n${index}` }] });
    await meeting.clock.advanceAsync(10);
    expect(ben.changes.length).to.equal(16);
    await meeting.clock.advanceAsync(2_000);
    for (let index = 0; index < 1_000; index += 1)
      say({ type: 'values', entries: [{ ...entry, at: 2_000 + index, name: 'n0' }] });
    await meeting.clock.advanceAsync(10);
    expect(ben.changes.length, 'a second at twice the rate').to.be.at.most(16 + 60);
    expect(ann.store.get('cursor', 'ben')).to.equal(null);
  });

  it('[EV-1] have no key `__proto__` for those who hear them', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    await meeting.clock.advanceAsync(10);
    ann.set('cursor', JSON.parse('{"x":1,"__proto__":{"isAdmin":true}}') as Json);
    await meeting.clock.advanceAsync(100);
    const value = ben.store.get('cursor', 'ann') as object;
    expect(Object.keys(value)).to.deep.equal(['x']);
    expect('isAdmin' in Object.assign({}, value)).to.equal(false);
  });

  it('[EV-2] are not queued on a path that is full: what goes next is the latest', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    ann.end.isFull = true;
    await move(meeting, 2_000, (at) => ann.set('cursor', at));
    expect(ann.told.length).to.equal(1);
    meeting.paths.drain(ann.end);
    await meeting.clock.advanceAsync(50);
    expect(ben.changes).to.deep.equal(['ann cursor 0', 'ann cursor 1992']);
  });

  it('are all told in a few messages, none of which is above the limit', async () => {
    const meeting = new Meeting();
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    for (let index = 0; index < 16; index += 1) ann.set(`n${index}`, 'x'.repeat(1_000));
    await meeting.clock.advanceAsync(250);
    expect(ben.changes.length).to.equal(16);
    expect(ann.told.length).to.be.within(6, 8);
    for (const { data } of ann.told) expect(data.length).to.be.at.most(4_096);
  });

  it('are played a little behind, between what has arrived', async () => {
    const random = seededRandom(5);
    const meeting = new Meeting({ delayMs: [40, 80], random });
    const [ann, ben] = [meeting.enter('ann'), meeting.enter('ben')];
    const start = meeting.clock.now();
    let last = -1;
    let steps = 0;
    await move(meeting, 3_000, (at) => {
      ann.set('cursor', { x: at });
      const seen = ben.store.play('cursor', 'ann') as { x: number } | null;
      if (!seen || at < 500) return;
      const behind = meeting.clock.now() - start - seen.x;
      expect(behind, 'ms behind').to.be.within(130, 190);
      expect(seen.x).to.be.at.least(last);
      if (seen.x > last) steps += 1;
      last = seen.x;
    });
    expect(steps, 'moves in nearly every frame').to.be.at.least(290);
    await meeting.clock.advanceAsync(500);
    expect(ben.store.play('cursor', 'ann')).to.deep.equal({ x: 2_992 });
  });
});
