// The grid keeps the tile of everybody who stays, so that no picture restarts.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcTile } from '../tile/rtc-tile.js';
import type { RtcGrid } from './rtc-grid.js';

const tilesOf = (grid: RtcGrid): RtcTile[] => [
  ...(grid.shadowRoot?.querySelectorAll('rtc-tile') ?? []),
];

async function setup(...names: readonly string[]): Promise<{ room: FakeRoom; grid: RtcGrid }> {
  const room = new FakeRoom({ peers: names.map((name) => fakePeer(name)) });
  const grid = document.createElement('rtc-grid');
  grid.style.height = '300px';
  await showRoom(room, grid);
  await until(() => tilesOf(grid).length > 0);
  return { room, grid };
}

describe('rtc-grid', () => {
  it('keeps the tile of everybody who stays, whoever comes, goes or changes places', async () => {
    const { room, grid } = await setup('a');
    const seed = Date.now() % 2 ** 31;
    let state = seed;
    const random = (): number => (state = (state * 48_271) % (2 ** 31 - 1)) / (2 ** 31 - 1);
    for (let round = 0; round < 100; round += 1) {
      const before = new Map(tilesOf(grid).map((tile) => [tile.session, tile]));
      const names = [...'abcdefgh'].filter(() => random() < 0.6).sort(() => random() - 0.5);
      room.set({ peers: names.map((name) => fakePeer(name)) });
      await grid.updateComplete;
      const hint = `seed ${seed}, round ${round}`;
      const after = tilesOf(grid);
      expect(
        after.map(({ session }) => session),
        hint,
      ).to.deep.equal([...names.map((name) => `session-${name}`), '']);
      for (const tile of after)
        expect(before.get(tile.session) ?? tile, `${hint}, ${tile.session}`).to.equal(tile);
    }
    await settle(grid);
  });

  it('moves no tile when somebody in the middle leaves and somebody else comes', async () => {
    const { room, grid } = await setup('a', 'b', 'c', 'd');
    const moved: Node[] = [];
    const note = (records: readonly MutationRecord[]): void => {
      for (const { addedNodes, removedNodes } of records)
        moved.push(...addedNodes, ...removedNodes);
    };
    const observer = new MutationObserver(note);
    observer.observe(grid.renderRoot, { childList: true });
    room.set({ peers: ['a', 'c', 'd', 'x'].map((name) => fakePeer(name)) });
    await grid.updateComplete;
    note(observer.takeRecords());
    observer.disconnect();
    const sessions = moved
      .filter((node): node is RtcTile => node instanceof HTMLElement)
      .map(({ session }) => session);
    expect(sessions.sort()).to.deep.equal(['session-b', 'session-x']);
  });
});
