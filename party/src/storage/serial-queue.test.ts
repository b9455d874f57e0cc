import { expect } from '@esm-bundle/chai';

import { SerialQueue } from './serial-queue.js';

describe('a serial queue', () => {
  it('runs one task after another, also after a failure', async () => {
    const queue = new SerialQueue(3);
    const order: string[] = [];
    const run = (name: string) =>
      queue.run(async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (name === 'b') throw new Error('b failed');
        return name;
      });
    const all = await Promise.allSettled([run('a'), run('b'), run('c')]);
    expect(all.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).to.deep.equal(['a', 'b', 'c'].flatMap((one) => [`${one} begins`, `${one} ends`]));
  });

  it('[FL-4] refuses a task when too many wait, and takes it once there is room', async () => {
    const queue = new SerialQueue(2);
    let release = (): void => undefined;
    const held = queue.run(() => new Promise<void>((resolve) => (release = resolve)));
    const next = queue.run(() => Promise.resolve());
    expect(queue.isFull).to.equal(true);
    const refused = await queue.run(() => Promise.resolve('ran')).catch(String);
    expect(refused).to.contain('too many');
    await Promise.resolve();
    release();
    await Promise.all([held, next]);
    expect(queue.isFull).to.equal(false);
    expect(await queue.run(() => Promise.resolve('ran'))).to.equal('ran');
  });
});
