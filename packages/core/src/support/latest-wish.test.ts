import { expect } from '@esm-bundle/chai';

import { outcome } from '../../../../tests/support/fake-room-context.js';
import { RtcError } from '../state/errors.js';
import { createDeferred, type Deferred } from './deferred.js';
import { LatestWish } from './latest-wish.js';

/** Starts that end when the test says so. */
function setUp() {
  const wish = new LatestWish();
  const started: (Deferred<string> & { readonly signal: AbortSignal })[] = [];
  const start = (key: string): Promise<unknown> =>
    outcome(
      wish.start(key, (signal) => {
        const deferred = createDeferred<string>();
        started.push({ ...deferred, signal });
        return deferred.promise;
      }),
    );
  return { wish, started, start };
}

describe('LatestWish', () => {
  it('answers an equal wish with the outcome of the one that is pending', async () => {
    const { started, start } = setUp();
    const [first, second] = [start('a'), start('a')];
    expect(started).to.have.length(1);
    started[0]?.resolve('open');
    expect(await Promise.all([first, second])).to.deep.equal(['open', 'open']);
    void start('a');
    expect(started, 'it is pending no longer').to.have.length(2);
  });

  it('rejects an overtaken start at once, and ignores what comes of it later', async () => {
    const { started, start } = setUp();
    const first = start('a');
    const second = start('b');
    expect(started[0]?.signal.aborted).to.equal(true);
    expect(await first).to.equal('aborted');
    started[0]?.reject(new RtcError('device-busy', 'Too late.'));
    started[1]?.resolve('open');
    expect(await second).to.equal('open');
  });

  it('gives the reason for which it was cancelled', async () => {
    const { wish, start } = setUp();
    const first = start('a');
    wish.cancel(new RtcError('not-allowed', 'You are listening.'));
    expect(await first).to.equal('not-allowed');
    wish.cancel();
  });

  it('is as its task is, which may throw at once', async () => {
    const wish = new LatestWish();
    const error = new RtcError('unsupported', 'No.');
    const fail = (): never => {
      throw error;
    };
    expect(await outcome(wish.start('a', fail))).to.equal('unsupported');
    const why = new RtcError('aborted', 'It was stopped.');
    expect(await outcome(wish.stop(why, fail))).to.equal('unsupported');
  });

  it('resolves a stop when it is done, or overtaken, however often it was asked for', async () => {
    const { wish, started, start } = setUp();
    const first = start('a');
    const asked = createDeferred<undefined>();
    const why = new RtcError('aborted', 'It was stopped.');
    const stops = [0, 1].map(() => outcome(wish.stop(why, () => asked.promise)));
    expect(await first).to.equal('aborted');
    const again = start('a');
    expect(await Promise.all(stops)).to.deep.equal(['done', 'done']);
    started[1]?.resolve('open');
    expect(await again).to.equal('open');
    asked.resolve(undefined);
    expect(await outcome(wish.stop(why, () => asked.promise))).to.equal('done');
  });

  it('holds while a task asks for something else at once', async () => {
    const wish = new LatestWish();
    const inner: Promise<unknown>[] = [];
    const outer = wish.start('a', (signal) => {
      inner.push(outcome(wish.start('b', () => Promise.resolve('b'))));
      expect(signal.aborted).to.equal(true);
      return Promise.resolve('a');
    });
    expect(await outcome(outer)).to.equal('aborted');
    expect(await Promise.all(inner)).to.deep.equal(['b']);
  });
});
