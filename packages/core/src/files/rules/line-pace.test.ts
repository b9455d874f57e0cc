import { expect } from '@esm-bundle/chai';

import { LinePace } from './line-pace.js';

interface Line {
  /** Bytes per second. */
  readonly carries: number;
  readonly baseMs: number;
  /** What its queue holds, bytes. */
  readonly queue: number;
}

/** Sends pieces over the line for so long; the round trip at each second, ms, and what has passed, bytes. */
function send(pace: LinePace, { carries, baseMs, queue }: Line, { from = 0, seconds = 60 } = {}) {
  const piece = 4_096;
  let waiting = 0;
  let passed = 0;
  let now = from;
  let freeAt = from;
  const trips: number[] = [];
  for (const end = from + seconds * 1_000; now < end; now += 1) {
    const carried = Math.min(waiting, carries / 1_000);
    waiting -= carried;
    passed += carried;
    // As SCTP: as much as the queue holds, if nothing else keeps it from it.
    while (waiting + piece <= queue && now >= freeAt) {
      waiting += piece;
      freeAt = now + pace.take(piece, now);
    }
    const tripMs = baseMs + (waiting * 1_000) / carries;
    pace.look(tripMs, now);
    if ((now - from) % 1_000 === 0) trips.push(tripMs);
  }
  return { trips, passed, now };
}

describe('the pace of a file on a line', () => {
  const slow: Line = { carries: 250_000, baseMs: 100, queue: 50_000 };

  it('leaves the queue of a slow line short, and most of the line used', () => {
    const pace = new LinePace();
    pace.look(slow.baseMs, 0);
    const { trips, passed } = send(pace, slow);
    const settled = trips.slice(10).toSorted((one, other) => one - other);
    expect(settled[Math.floor(settled.length * 0.9)]).to.be.below(slow.baseMs + 80);
    expect(passed / 60).to.be.above(0.7 * slow.carries);
  });

  it('leaves a fast line alone', () => {
    const pace = new LinePace();
    pace.look(20, 0);
    send(pace, { carries: 4_000_000, baseMs: 20, queue: 1_000_000 }, { seconds: 20 });
    expect(pace.isSlow).to.equal(false);
  });

  it('takes a path that has become longer for what it is', () => {
    const pace = new LinePace();
    pace.look(20, 0);
    const longer: Line = { carries: 250_000, baseMs: 300, queue: 4_096 };
    const { now } = send(pace, longer, { seconds: 60 });
    const { passed } = send(pace, longer, { from: now, seconds: 60 });
    expect(passed / 60).to.be.above(0.5 * longer.carries);
  });

  it('forgets its limit on a line that has become fast', () => {
    const pace = new LinePace();
    pace.look(slow.baseMs, 0);
    const { now } = send(pace, slow, { seconds: 20 });
    expect(pace.isSlow).to.equal(true);
    send(pace, { carries: 10_000_000, baseMs: 100, queue: 50_000 }, { from: now, seconds: 240 });
    expect(pace.isSlow).to.equal(false);
  });
});
