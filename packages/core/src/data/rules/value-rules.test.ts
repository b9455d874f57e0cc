import { expect } from '@esm-bundle/chai';

import { interpolate } from './interpolate.js';
import { ReceivedValues } from './received-values.js';
import { SenderClock } from './sender-clock.js';
import { ValueHistory } from './value-history.js';
import { type OwnValue, ValueOutbox } from './value-outbox.js';

describe('interpolate', () => {
  it('finds every number in between, in objects and lists of the same form', () => {
    const from = { x: 0, at: [10, 20], by: { deg: 90 }, tool: 'pen', only: 1 };
    const to = { x: 10, at: [20, 40], by: { deg: 180 }, tool: 'ink', other: 1 };
    expect(interpolate(from, to, 0.25)).to.deep.equal({
      x: 2.5,
      at: [12.5, 25],
      by: { deg: 112.5 },
      tool: 'pen',
      only: 1,
    });
    expect(interpolate(from, to, 1)).to.equal(to);
  });

  it('keeps what was, where the form has changed, until the next is reached', () => {
    for (const [from, to] of [
      [null, { x: 1 }],
      [{ x: 1 }, null],
      [[1], [1, 2]],
      [1, '2'],
      [{ x: 1 }, [1]],
    ] as const) {
      expect(interpolate(from, to, 0.9)).to.deep.equal(from);
      expect(interpolate(from, to, 1)).to.deep.equal(to);
    }
  });

  it('takes keys as data', () => {
    const odd = (n: number) => Object.assign(Object.create(null) as object, { ['__proto__']: n });
    const between = interpolate(odd(0), odd(2), 0.5) as object;
    expect(Object.getPrototypeOf(between)).to.equal(Object.prototype);
    expect(Object.entries(between)).to.deep.equal(Object.entries({ ['__proto__']: 1 }));
  });
});

describe('the history of a value', () => {
  const pace = { behindMs: 100 };

  it('plays between the values before and after', () => {
    const history = new ValueHistory();
    expect(history.play(0, pace)).to.equal(null);
    for (const at of [1_000, 1_030, 1_060, 1_090]) history.add(at, at);
    expect(history.play(1_145, pace)).to.equal(1_045);
    expect(history.play(1_160, pace)).to.equal(1_060);
    expect(history.play(5_000, pace)).to.equal(1_090);
    expect(history.play(1_000, pace)).to.equal(1_000);
  });

  it('leaves a place of before a pause only when the next move was made', () => {
    const history = new ValueHistory();
    history.add(1_000, 0);
    history.add(9_000, 50);
    expect(history.play(8_990, pace)).to.equal(0);
    expect(history.play(9_050, pace)).to.equal(25);
    expect(history.play(9_100, pace)).to.equal(50);
  });

  it('[EV-2] takes only what is later', () => {
    const history = new ValueHistory();
    expect([history.add(5, 'a'), history.add(5, 'b'), history.add(4, 'c')]).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect(history.value).to.equal('a');
  });

  it('[EV-5] keeps little', () => {
    const history = new ValueHistory();
    for (let at = 0; at < 1_000; at += 1) history.add(at, at);
    expect(history.play(0, pace)).to.equal(984);
    for (let at = 1_000; at < 2_000; at += 1) history.add(at, 'x'.repeat(1_000 + (at % 2)));
    expect(history.play(0, pace)).to.equal('x'.repeat(1_000));
  });
});

describe('the clock of a sender', () => {
  it('follows the fastest message, and one that was set anew', () => {
    const clock = new SenderClock();
    expect(clock.at(5)).to.equal(Infinity);
    clock.note(100, 1_080);
    clock.note(130, 1_050);
    clock.note(160, 1_150);
    expect(clock.at(1_150)).to.equal(230);
    for (let now = 1_200; now < 7_000; now += 500) clock.note(now - 5_000, now);
    expect(clock.at(7_000)).to.equal(2_000);
  });
});

describe('the outbox of values', () => {
  const pace = { intervalMs: 34, messageBytes: 100 };

  const setUp = () => {
    const own = new Map<string, OwnValue>();
    const outbox = new ValueOutbox(own);
    const set = (name: string, at: number, value: string | null = name): void => {
      own.set(name, { at, value, bytes: 50 });
      outbox.set(name, at);
    };
    const take = (now: number): readonly string[] =>
      outbox.take(now, pace)?.entries.map(({ name, ask }) => `${name}${ask ? '?' : ''}`) ?? [];
    return { own, outbox, set, take };
  };

  it('[EV-2] sends what has waited longest, in turn', () => {
    const { set, take, outbox } = setUp();
    for (const name of ['a', 'b', 'c']) set(name, 0);
    expect(take(0)).to.deep.equal(['a', 'b']);
    set('a', 1);
    set('b', 1);
    expect(take(33)).to.deep.equal([]);
    expect(outbox.dueAt).to.equal(34);
    expect(take(34)).to.deep.equal(['c', 'a']);
    expect(take(68)).to.deep.equal(['b']);
  });

  it('[EV-3] asks again after 100, 200, 400 ms … until that very value is confirmed', () => {
    const { set, take, outbox } = setUp();
    set('a', 1_000);
    expect(take(1_000)).to.deep.equal(['a']);
    expect(take(1_099)).to.deep.equal([]);
    expect(take(1_100)).to.deep.equal(['a?']);
    expect(outbox.dueAt).to.equal(1_300);
    outbox.seen('a', 999);
    expect(take(1_300)).to.deep.equal(['a?']);
    outbox.seen('a', 1_000);
    expect(outbox.dueAt).to.equal(Infinity);
    for (let now = 1_400, sent = 0; sent < 12; sent += 1) {
      if (sent === 0) set('b', now);
      now = outbox.dueAt;
      take(now);
      expect(outbox.dueAt - now).to.be.at.most(5_000);
    }
  });

  it('forgets a value that its owner has dropped', () => {
    const { own, outbox, set, take } = setUp();
    set('a', 0);
    own.clear();
    expect(take(0)).to.deep.equal([]);
    expect(outbox.dueAt).to.equal(Infinity);
  });
});

describe('what a peer has sent', () => {
  it('[EV-5] has at most 16 names, and a name without a value makes way', () => {
    const received = new ReceivedValues();
    const entry = (name: string, at: number, value: number | null = 1) => ({ name, at, value });
    const first = Array.from({ length: 16 }, (_, index) => entry(`n${index}`, 1));
    expect(received.take(first, 0).changed.length).to.equal(16);
    expect(received.take([{ ...entry('more', 1), ask: true }], 0)).to.deep.equal({
      changed: [],
      seen: [],
    });
    received.take([entry('n3', 2, null)], 0);
    expect(received.take([entry('more', 2)], 0).changed.length).to.equal(1);
    expect(received.names.length).to.equal(16);
  });
});
