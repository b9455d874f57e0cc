import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import { lazyRoom } from '../room/lazy-room.js';
import type { RtcCursors } from './rtc-cursors.js';

before(() => lazyRoom.cursors.load());

const VALUE = 'rtc-cursors:page';

const people = (...names: readonly string[]) => names.map((name) => fakePeer(name));

/** A page with a surface of 400 by 300 px in the element. */
async function setup(room = new FakeRoom({ peers: people('Ada', 'Grace') })) {
  const cursors = document.createElement('rtc-cursors');
  const surface = document.createElement('div');
  Object.assign(surface.style, { width: '400px', height: '300px', overflow: 'auto' });
  cursors.append(surface);
  await showRoom(room, cursors);
  const value = room.ephemeralOf(VALUE);
  const point = async (name: string, spot: unknown): Promise<void> => {
    value.receive(`session-${name}`, spot);
    await settle(cursors);
    await frame();
  };
  return { room, cursors, surface, value, point };
}

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

const cursorsOf = (cursors: RtcCursors): readonly HTMLElement[] => [
  ...(cursors.shadowRoot?.querySelectorAll<HTMLElement>('.cursor:not(.away)') ?? []),
];

/** Where a person's arrow is on `surface`, in px. */
function tipOf(cursors: RtcCursors, surface: Element, name: string) {
  const cursor = find(cursors, `[data-session="session-${name}"]`).getBoundingClientRect();
  const { left, top } = surface.getBoundingClientRect();
  return { x: Math.round(cursor.left - left), y: Math.round(cursor.top - top) };
}

const pointer = (
  target: Element,
  type: string,
  { x, y }: { readonly x: number; readonly y: number },
  pointerType = 'mouse',
): void => {
  const { left, top } = target.getBoundingClientRect();
  const at = { clientX: left + x, clientY: top + y, isPrimary: true, pointerType };
  target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, ...at }));
};

describe('rtc-cursors', () => {
  it('is accessible, and silent: the cursors are for the eye', async () => {
    const { cursors, point } = await setup();
    await point('ada', { x: 0.5, y: 0.5 });
    await expectAccessible(cursors);
    expect(find(cursors, '.layer').getAttribute('aria-hidden')).to.equal('true');
    expect(cursors.shadowRoot?.querySelector('[aria-live], [role]')).to.equal(null);
  });

  it('shows where the others point, with their names and colours, and where they no longer do', async () => {
    const { cursors, surface, point } = await setup();
    expect(cursorsOf(cursors).length).to.equal(0);
    await point('ada', { x: 0.5, y: 0.25 });
    await point('grace', { x: 0.9, y: 0.95 });
    expect(cursorsOf(cursors).map(({ textContent }) => textContent.trim())).to.deep.equal([
      'Ada',
      'Grace',
    ]);
    expect(tipOf(cursors, surface, 'ada')).to.deep.equal({ x: 200, y: 75 });
    expect(tipOf(cursors, surface, 'grace')).to.deep.equal({ x: 360, y: 285 });
    const tile = document.createElement('rtc-tile');
    tile.session = 'session-ada';
    cursors.parentElement?.append(tile);
    await settle(tile);
    const color = getComputedStyle(
      find(cursors, '[data-session=session-ada] .name'),
    ).backgroundColor;
    expect(color).to.equal(getComputedStyle(find(tile, '.avatar')).backgroundColor);
    await point('ada', null);
    expect(cursorsOf(cursors).length).to.equal(1);
  });

  it('keeps the names inside: near an edge they are on the other side', async () => {
    const { cursors, surface, point } = await setup();
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0.99, 0.5],
    ] as const) {
      await point('ada', { x, y });
      const name = find(cursors, '.name').getBoundingClientRect();
      const box = surface.getBoundingClientRect();
      expect(name.left, `${x} ${y}`).to.be.at.least(box.left);
      expect(name.right, `${x} ${y}`).to.be.at.most(box.right);
      expect(name.bottom, `${x} ${y}`).to.be.at.most(box.bottom);
    }
  });

  it('draws nothing that is no place, of nobody who is not there', async () => {
    const { cursors, point } = await setup();
    const odd = [{ x: 2, y: 0 }, { x: NaN, y: 0 }, { x: '0', y: 0 }, 'x', 7, [], { x: 0.5 }, {}];
    for (const spot of odd) await point('ada', spot);
    await point('nobody', { x: 0.5, y: 0.5 });
    expect(cursorsOf(cursors).length).to.equal(0);
  });

  it('tells where our pointer is, relative to the surface, and when it is gone', async () => {
    const { surface, value } = await setup();
    pointer(surface, 'pointermove', { x: 100, y: 30 });
    pointer(surface, 'pointermove', { x: 200, y: 300 });
    pointer(surface, 'pointerup', { x: 200, y: 300 });
    pointer(surface, 'pointerleave', { x: 410, y: 30 });
    pointer(surface, 'pointerleave', { x: 410, y: 30 });
    expect(value.told).to.deep.equal([{ x: 0.25, y: 0.1 }, { x: 0.5, y: 1 }, null]);
  });

  it('tells where a finger is while it touches', async () => {
    const { surface, value } = await setup();
    pointer(surface, 'pointerdown', { x: 100, y: 150 }, 'touch');
    pointer(surface, 'pointermove', { x: 200, y: 150 }, 'touch');
    pointer(surface, 'pointerup', { x: 200, y: 150 }, 'touch');
    pointer(surface, 'pointerdown', { x: 0, y: 0 }, 'touch');
    pointer(surface, 'pointercancel', { x: 0, y: 0 }, 'touch');
    expect(value.told).to.deep.equal([
      { x: 0.25, y: 0.5 },
      { x: 0.5, y: 0.5 },
      null,
      { x: 0, y: 0 },
      null,
    ]);
  });

  it('follows what is scrolled inside the surface, in both directions of writing', async () => {
    const { cursors, surface, value, point } = await setup();
    const page = document.createElement('div');
    Object.assign(page.style, { width: '1600px', height: '3000px' });
    surface.append(page);
    await point('ada', { x: 0.5, y: 0.1 });
    for (const [dir, left] of [
      ['ltr', 700],
      ['rtl', -500],
    ] as const) {
      surface.dir = dir;
      surface.scrollTo(left, 200);
      await frame();
      await frame();
      const contentLeft = page.getBoundingClientRect().left - surface.getBoundingClientRect().left;
      expect(tipOf(cursors, surface, 'ada'), dir).to.deep.equal({ x: contentLeft + 800, y: 100 });
      pointer(surface, 'pointermove', { x: contentLeft + 800, y: 100 });
      expect(value.told.at(-1), dir).to.deep.equal({ x: 0.5, y: 0.1 });
    }
    const { length } = value.told;
    surface.scrollTo(-500, 500);
    await frame();
    await frame();
    expect(value.told.slice(length), 'under a pointer that stands still').to.deep.equal([
      { x: 0.5, y: 0.2 },
    ]);
    surface.scrollTo(-500, 2_000);
    await frame();
    await frame();
    const { bottom } = find(cursors, '.cursor').getBoundingClientRect();
    expect(bottom, 'out of sight').to.be.below(surface.getBoundingClientRect().top);
    expect(getComputedStyle(find(cursors, '.layer')).overflow).to.equal('clip');
  });

  it('lies over an element elsewhere, without moving anything', async () => {
    const room = new FakeRoom({ peers: people('Ada') });
    const surface = document.createElement('section');
    surface.id = 'board';
    Object.assign(surface.style, { width: '200px', height: '100px', border: '5px solid' });
    document.body.append(surface);
    const element = await showRoom(room);
    const before = surface.getBoundingClientRect().toJSON() as unknown;
    const cursors = document.createElement('rtc-cursors');
    cursors.over = 'board';
    element.after(cursors);
    element.id = 'the-room';
    cursors.for = 'the-room';
    await settle(cursors);
    room.ephemeralOf(VALUE).receive('session-ada', { x: 0.5, y: 0.5 });
    await settle(cursors);
    await frame();
    expect(tipOf(cursors, surface, 'ada')).to.deep.equal({ x: 105, y: 55 });
    expect(surface.getBoundingClientRect().toJSON()).to.deep.equal(before);
    pointer(surface, 'pointermove', { x: 105, y: 55 });
    expect(room.ephemeralOf(VALUE).told).to.deep.equal([{ x: 0.5, y: 0.5 }]);
    cursors.remove();
    surface.remove();
  });

  it('leaves what is inside as it was: its text, and what it does with the pointer', async () => {
    const page = document.createElement('div');
    Object.assign(page.style, { color: 'rgb(1, 2, 3)', font: '23px serif', textAlign: 'right' });
    const bare = document.createElement('p');
    const wrapped = document.createElement('p');
    const cursors = document.createElement('rtc-cursors');
    page.append(bare, cursors);
    cursors.append(wrapped);
    wrapped.textContent = 'Some text';
    document.body.prepend(page);
    await settle(cursors);
    for (const name of ['color', 'fontSize', 'fontFamily', 'lineHeight', 'textAlign', 'userSelect'])
      expect(getComputedStyle(wrapped)[name as 'color'], name).to.equal(
        getComputedStyle(bare)[name as 'color'],
      );
    const { left, top } = wrapped.getBoundingClientRect();
    expect(document.elementFromPoint(left + 5, top + 5) === wrapped).to.equal(true);
    expect(getComputedStyle(find(cursors, '.layer')).pointerEvents).to.equal('none');
    page.remove();
  });

  it('hides ours when it goes, or shows another room, and then keeps nothing of this one', async () => {
    const { room, cursors, surface, value, point } = await setup();
    await point('ada', { x: 0.5, y: 0.5 });
    pointer(surface, 'pointermove', { x: 100, y: 150 });
    const other = new FakeRoom({ peers: people('Ada') });
    Object.assign(cursors.parentElement ?? {}, { client: other });
    await settle(cursors.parentElement ?? cursors);
    expect(value.told.at(-1)).to.equal(null);
    expect(cursorsOf(cursors).length).to.equal(0);
    await point('ada', { x: 0.5, y: 0.5 });
    expect(cursorsOf(cursors).length).to.equal(0);
    pointer(surface, 'pointermove', { x: 100, y: 150 });
    cursors.remove();
    expect(other.ephemeralOf(VALUE).told.at(-1)).to.equal(null);
    pointer(surface, 'pointermove', { x: 120, y: 150 });
    expect(other.ephemeralOf(VALUE).told.at(-1)).to.equal(null);
    expect(room.ephemeralOf(VALUE).told.length).to.equal(value.told.length);
  });

  it('draws fifty people at most, those who have moved last', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `P${index}`);
    const room = new FakeRoom({ peers: people(...names) });
    const { cursors, value } = await setup(room);
    for (const { session } of room.getSnapshot().peers) value.receive(session, { x: 0.5, y: 0.5 });
    await settle(cursors);
    await until(() => cursorsOf(cursors).length === 50);
    const shown = (): string[] => cursorsOf(cursors).map(({ textContent }) => textContent.trim());
    expect(shown()).not.to.include('P0');
    value.receive('session-p0', { x: 0.1, y: 0.1 });
    await settle(cursors);
    await until(() => shown().includes('P0'));
    expect(shown().length).to.equal(50);
  });

  it('has one for each surface of the room', async () => {
    const { room, cursors, surface, value } = await setup();
    pointer(surface, 'pointermove', { x: 100, y: 150 });
    cursors.surface = 'board';
    await settle(cursors);
    expect(value.told.at(-1)).to.equal(null);
    pointer(surface, 'pointermove', { x: 200, y: 150 });
    expect(room.ephemeralOf('rtc-cursors:board').told).to.deep.equal([{ x: 0.5, y: 0.5 }]);
  });
});
