// Two tabs of one browser, tried by a developer who expects two people.
import { expect } from '@esm-bundle/chai';

import { House } from '../../../../tests/support/house/house.js';
import { createHouseRoom, joinHouseRoom } from '../../../../tests/support/house/house-room.js';
import { completeOptions } from '../api/options.js';
import { createDeferred } from '../support/deferred.js';
import { OnePersonHint } from './one-person.js';

const LOCAL = { url: 'ws://localhost:8787/parties/room/r' };

/**
 * What is said to the console when two tabs of one person are in a room, for a room with these options. `isSaid`: whether
 * anything is to be.
 */
async function saidTo(
  options: Parameters<OnePersonHint['watch']>[1],
  { pages = 'localhost', isSame = true, isSaid = false } = {},
): Promise<string[]> {
  const said: string[] = [];
  const first = createDeferred<unknown>();
  const hint = new OnePersonHint((text) => first.resolve(said.push(text)), pages);
  const house = new House();
  const { room } = createHouseRoom(house);
  hint.watch(room, options);
  const joined = room.join();
  await house.settle();
  await joined;
  expect(said).to.deep.equal([]);
  await (isSame ? joinHouseRoom(house) : house.client().join('Ann'));
  await house.settle();
  // Its words are loaded first.
  if (isSaid) await first.promise;
  const count = said.length;
  await joinHouseRoom(house);
  await house.settle();
  if (count > 0) expect(said, 'once').to.have.length(count);
  return said.slice(0, count);
}

describe('two tabs of one person', () => {
  it('are told of in the console of a developer, once, with what makes them two', async () => {
    for (const [url, pages] of [
      ['ws://localhost:8787/parties/room/r', 'localhost'],
      ['ws://127.0.0.1:8787/parties/room/r', 'example.com'],
      ['ws://[::1]:8787/parties/room/r', undefined],
      ['wss://example.com/parties/room/r', 'app.localhost'],
    ] as const) {
      const said = await saidTo({ url }, { ...(pages && { pages }), isSaid: true });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('identity="tab"');
    }
  });

  it('are not told of in production, to other people, or where the option does not help', async () => {
    const url = 'wss://example.com/parties/room/r';
    expect(await saidTo({ url }, { pages: 'example.com' })).to.deep.equal([]);
    expect(await saidTo(LOCAL, { isSame: false })).to.deep.equal([]);
    expect(await saidTo({ ...LOCAL, token: 'a.b.c' })).to.deep.equal([]);
    expect(await saidTo({ ...LOCAL, tokenProvider: async () => 't' })).to.deep.equal([]);
  });

  it('are two people if each is known by its tab', async () => {
    const house = new House();
    const { room } = await joinHouseRoom(house, { identity: 'tab' });
    const { room: again } = await joinHouseRoom(house, { identity: 'tab' });
    const { room: other } = await joinHouseRoom(house);
    const [one, same, two] = [room, again, other].map((it) => it.getSnapshot().you?.user);
    expect(one).to.equal(same);
    expect(one).not.to.equal(two);
    expect(completeOptions({ room: 'r', name: '', identity: 'tab' }).identity).to.equal('tab');
  });
});
