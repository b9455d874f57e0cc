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

describe('the places of tiles', () => {
  /** What Chromium counts as layout shifts while `action` runs; no other browser counts any. */
  async function shiftsDuring(action: () => Promise<void>): Promise<number> {
    const entries: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift' });
    await action();
    entries.push(...observer.takeRecords());
    observer.disconnect();
    return entries.reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0);
  }

  const painted = async (grid: RtcGrid): Promise<void> => {
    await settle(grid);
    for (let frame = 0; frame < 3; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  };

  it('shift nothing, whoever comes or goes, and whatever is shared', async () => {
    const { room, grid } = await setup('a');
    grid.style.height = '480px';
    await painted(grid);
    const people = (count: number, sharing = 0) =>
      [...'abcdefghi']
        .slice(0, count)
        .map((name, at) =>
          fakePeer(
            name,
            at < sharing ? { media: { microphone: true, camera: false, screen: true } } : {},
          ),
        );
    for (const [count, sharing] of [
      [2, 0],
      [4, 0],
      [8, 0],
      [8, 1],
      [8, 2],
      [3, 0],
      [1, 0],
    ] as const) {
      const shift = await shiftsDuring(async () => {
        room.set({ peers: people(count, sharing) });
        await painted(grid);
      });
      expect(shift, `${count} people, ${sharing} screens`).to.equal(0);
    }
  });

  it('are reached by transforms alone, at once when the window changes', async () => {
    const { room, grid } = await setup('a');
    await painted(grid);
    room.set({ peers: ['a', 'b'].map((name) => fakePeer(name)) });
    await grid.updateComplete;
    const [tile] = tilesOf(grid);
    expect(getComputedStyle(tile!).transitionProperty).to.equal('translate');
    grid.style.width = '240px';
    await until(() => !grid.hasAttribute('moves'));
    expect(getComputedStyle(tile!).transitionDuration).to.equal('0s');
    const { top, left } = getComputedStyle(tile!);
    expect([top, left]).to.deep.equal(['0px', '0px']);
  });

  it('are mirrored where text goes from right to left', async () => {
    const { grid } = await setup('a', 'b');
    Object.assign(grid.style, { width: '600px', height: '200px' });
    await painted(grid);
    await until(() => !grid.hasAttribute('moves'));
    const lefts = (): number[] => {
      const { left, right } = grid.getBoundingClientRect();
      const isMirrored = grid.matches(':dir(rtl)');
      return tilesOf(grid).map((tile) => {
        const box = tile.getBoundingClientRect();
        return Math.round(isMirrored ? right - box.right : box.left - left);
      });
    };
    const before = lefts();
    expect(new Set(before).size).to.equal(3);
    grid.dir = 'rtl';
    await painted(grid);
    expect(lefts()).to.deep.equal(before);
  });
});
