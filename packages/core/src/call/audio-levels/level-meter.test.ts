import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { Levels } from './level-meter.js';

describe('Levels', () => {
  it('reports speech after 300 ms, its end after a second, and stops when nobody is left', () => {
    const clock = new FakeClock();
    const told: [string, boolean, number][] = [];
    const start = clock.now();
    let reports = 0;
    let level: number | null = 0.2;
    const levels = new Levels(clock, {
      sample: () => new Map(level === null ? [] : [['a', level]]),
      onLevels: () => (reports += 1),
      onSpeaking: (session, on) => told.push([session, on, clock.now() - start]),
    });
    levels.wake();
    clock.advance(1_000);
    expect(reports).to.equal(10);
    level = 0;
    clock.advance(900);
    level = 0.2;
    clock.advance(100);
    level = 0;
    clock.advance(2_000);
    expect(told).to.deep.equal([
      ['a', true, 400],
      ['a', false, 3_100],
    ]);
    level = null;
    clock.advance(200);
    expect(clock.pending).to.equal(0);
  });

  it('reports nothing more once a handler has closed it', () => {
    const clock = new FakeClock();
    let reports = 0;
    const levels = new Levels(clock, {
      sample: () => new Map([['a', 0.2]]),
      onLevels: () => {
        reports += 1;
        levels.close();
      },
      onSpeaking: () => undefined,
    });
    levels.wake();
    clock.advance(1_000);
    expect(reports).to.equal(1);
    expect(clock.pending).to.equal(0);
  });
});
