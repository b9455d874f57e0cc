import { expect } from '@esm-bundle/chai';

import type { RtcError } from '../state/errors.js';
import { createDeferred } from './deferred.js';
import { LazyModule, loadModule } from './lazy-module.js';

const room = { getSnapshot: () => ({ connection: 'connected' as const }) };
const module = { close: () => undefined };

describe('LazyModule', () => {
  for (const what of ['the factory', 'onReady'] as const) {
    it(`tries again after ${what} threw`, async () => {
      let isBroken = true;
      const fail = (): void => {
        if (isBroken) throw new Error('broken');
      };
      const lazy = new LazyModule<typeof module, never>(room, {
        load: async () => () => {
          if (what === 'the factory') fail();
          return module;
        },
        onReady: () => {
          if (what === 'onReady') fail();
        },
      });
      const error = await lazy.use(() => null).catch((cause: unknown) => cause as Error);
      expect(error?.message).to.equal('broken');
      expect(lazy.module).to.equal(null);
      isBroken = false;
      expect(await lazy.use((loaded) => loaded)).to.equal(module);
    });
  }

  it('queues items in order while it loads, and retries if it cannot be loaded', async () => {
    let loads = 0;
    const items: string[] = [];
    const lazy = new LazyModule<typeof module, string>(room, {
      load: async () => {
        loads += 1;
        if (loads === 1) await loadModule(Promise.reject(new Error('404')));
        return () => module;
      },
      onItem: (_, item) => void items.push(item),
    });
    lazy.hand('a');
    expect(loads, 'nothing is loaded until it is wanted').to.equal(0);
    const error = await lazy.use(() => null).catch((cause: unknown) => cause as RtcError);
    expect(error).to.include({ code: 'part-unavailable', retryable: true });
    lazy.hand('b');
    lazy.hand('c');
    expect(await lazy.use((loaded) => loaded)).to.equal(module);
    lazy.hand('d');
    expect(items).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(loads).to.equal(2);
  });

  it('queues 500 items at most, and reports once that others were lost', async () => {
    const loaded = createDeferred<() => typeof module>();
    let overflows = 0;
    const items: number[] = [];
    const lazy = new LazyModule<typeof module, number>(room, {
      load: () => loaded.promise,
      onItem: (_, item) => void items.push(item),
      onOverflow: () => (overflows += 1),
    });
    for (let n = 0; n < 502; n += 1) lazy.hand(n);
    loaded.resolve(() => module);
    await lazy.use(() => undefined);
    expect([items.length, items.at(-1), overflows]).to.deep.equal([500, 499, 1]);
  });
});
