import { expect } from '@esm-bundle/chai';
import type { Json } from '@rtc-elements/protocol';

import { createDeferred, type Deferred } from '../support/deferred.js';
import { LatestWrites } from './latest-writes.js';

/** Writes that are settled by the test, oldest first. */
function setUp() {
  const asked: { readonly key: string; readonly value: Json; readonly done: Deferred<unknown> }[] =
    [];
  const writes = new LatestWrites((key, value) => {
    const done = createDeferred<unknown>();
    asked.push({ key, value, done });
    return done.promise;
  });
  const ended: string[] = [];
  const write = (key: string, value: Json): Promise<void> =>
    writes.write(key, value).then(
      () => void ended.push(`${key} ${String(value)}`),
      () => void ended.push(`${key} ${String(value)} failed`),
    );
  return { asked, ended, write };
}

describe('writes of the same value', () => {
  it('wait for the one under way, and only the latest of them is written', async () => {
    const { asked, ended, write } = setUp();
    const all = [1, 2, 3].map((value) => write('x', value));
    const other = write('y', 1);
    expect(asked.map(({ key, value }) => [key, value])).to.deep.equal([
      ['x', 1],
      ['y', 1],
    ]);
    asked[1]?.done.resolve(null);
    await other;
    asked[0]?.done.resolve(null);
    await all[0];
    expect(asked.slice(2).map(({ key, value }) => [key, value])).to.deep.equal([['x', 3]]);
    expect(ended).to.deep.equal(['y 1', 'x 1']);
    asked[2]?.done.resolve(null);
    await Promise.all(all);
    expect(ended.slice(2)).to.deep.equal(['x 2', 'x 3']);
    const later = write('x', 4);
    expect(asked.at(-1)?.value).to.equal(4);
    asked.at(-1)?.done.resolve(null);
    await later;
  });

  it('are written even if the one before them fails, and fail as they do', async () => {
    const { asked, ended, write } = setUp();
    const [first, second] = [write('x', 1), write('x', 2)];
    asked[0]?.done.reject(new Error('no'));
    await first;
    await Promise.resolve();
    asked[1]?.done.reject(new Error('no'));
    await second;
    expect(ended).to.deep.equal(['x 1 failed', 'x 2 failed']);
  });
});
