import { expect } from '@esm-bundle/chai';

import { seededRandom } from '../../../../../tests/support/seeded-random.js';
import { SendWindow } from './send-window.js';

interface Line {
  /** Bytes per second. */
  readonly carries: number;
  /** A round trip without a queue. */
  readonly baseMs: number;
  /** Until when a busy machine answers nothing. */
  readonly stalledUntil?: (now: number) => number;
}

interface Outcome {
  /** Bytes per second that arrived. */
  readonly rate: number;
  /** How long the queue was in each millisecond, sorted. */
  readonly queues: readonly number[];
}

/** Somebody who sends as much as the window lets, over one line after another. */
class Sender {
  readonly #window: SendWindow;
  #now = 0;
  #sent = 0;
  #arrived = 0;
  /** When the line has carried all that was sent. */
  #freeAt = 0;
  readonly #answers: { readonly at: number; readonly total: number }[] = [];

  /** Whether somebody else waits for what passes over the line. */
  constructor({ isShared }: { readonly isShared: boolean }) {
    this.#window = new SendWindow(0, () => isShared);
  }

  /** For so long; what is told is from `settled` seconds on. */
  send(line: Line, { seconds = 60, settled = 2 } = {}): Outcome {
    const queues: number[] = [];
    const begin = this.#now + settled * 1_000;
    let before = 0;
    for (const end = this.#now + seconds * 1_000; this.#now < end; this.#now += 1) {
      this.#step(line);
      if (this.#now === begin) before = this.#arrived;
      if (this.#now >= begin) queues.push(Math.max(0, this.#freeAt - this.#now));
    }
    const rate = (this.#arrived - before) / (seconds - settled);
    return { rate, queues: queues.toSorted((one, other) => one - other) };
  }

  #step({ carries, baseMs, stalledUntil = (now) => now }: Line): void {
    const window = this.#window;
    while ((this.#answers[0]?.at ?? Infinity) <= this.#now) {
      this.#arrived = this.#answers.shift()?.total ?? this.#arrived;
      window.arrive(this.#arrived, this.#now);
    }
    for (let bytes = window.pieceBytes; window.isFree(bytes); bytes = window.pieceBytes) {
      window.spend(bytes, this.#now);
      this.#sent += bytes;
      this.#freeAt = Math.max(this.#freeAt, this.#now) + (bytes * 1_000) / carries;
      const at = stalledUntil(this.#freeAt + baseMs);
      this.#answers.push({ at, total: this.#sent });
    }
  }
}

const MBIT = 125_000;

const share = ({ queues }: Outcome, part: number): number =>
  queues[Math.floor(queues.length * part)] ?? NaN;

describe('what is on its way of a file', () => {
  const LINES: Readonly<Record<string, Line>> = {
    '0.5 Mbit/s, 100 ms': { carries: 0.5 * MBIT, baseMs: 100 },
    '2 Mbit/s, 100 ms': { carries: 2 * MBIT, baseMs: 100 },
    '2 Mbit/s, 20 ms': { carries: 2 * MBIT, baseMs: 20 },
    '10 Mbit/s, 300 ms': { carries: 10 * MBIT, baseMs: 300 },
    '50 Mbit/s, 40 ms': { carries: 50 * MBIT, baseMs: 40 },
    '160 Mbit/s, 2 ms': { carries: 160 * MBIT, baseMs: 2 },
  };
  for (const isShared of [true, false])
    for (const [name, line] of Object.entries(LINES))
      it(`uses a line of ${name}, ${isShared ? 'shared' : 'alone'}, and leaves its queue short`, () => {
        const outcome = new Sender({ isShared }).send(line, { seconds: 60, settled: 5 });
        expect(outcome.rate / line.carries).to.be.above(0.9);
        expect(share(outcome, 0.99)).to.be.below(isShared ? 100 : 120);
      });

  it('finds what a line carries within two seconds', () => {
    for (const [name, line] of Object.entries(LINES).filter(([, { baseMs }]) => baseMs <= 100)) {
      const { rate } = new Sender({ isShared: true }).send(line, { seconds: 4, settled: 2 });
      expect(rate / line.carries, name).to.be.above(0.9);
    }
  });

  it('follows a path that has become longer, and one that has become faster or slower', () => {
    const sender = new Sender({ isShared: true });
    sender.send({ carries: 2 * MBIT, baseMs: 20 });
    const lines: Line[] = [
      { carries: 2 * MBIT, baseMs: 300 },
      { carries: 50 * MBIT, baseMs: 40 },
      { carries: 1 * MBIT, baseMs: 40 },
    ];
    for (const line of lines) {
      const outcome = sender.send(line, { seconds: 60, settled: 20 });
      expect(outcome.rate / line.carries).to.be.above(0.9);
      expect(share(outcome, 0.99)).to.be.below(150);
    }
  });

  for (const stallMs of [10, 40, 80, 200])
    it(`goes on where a busy machine answers nothing for up to ${stallMs} ms, half of the time`, () => {
      const random = seededRandom(16);
      let until = 0;
      let free = 0;
      const stalledUntil = (now: number): number => {
        if (now < until) return until;
        if (now < free) return now;
        until = now + random() * stallMs;
        free = until + random() * stallMs;
        return until;
      };
      const line = { carries: 160 * MBIT, baseMs: 2, stalledUntil };
      const outcome = new Sender({ isShared: true }).send(line, { seconds: 30 });
      expect(outcome.rate / line.carries).to.be.above(0.3);
    });
});
