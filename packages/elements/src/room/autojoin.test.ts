// When a room element joins by itself, what it waits for, and what becomes of a lobby that goes.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Room, RoomState } from '@rtc-elements/core';

import { warningsOf } from '../../../../tests/support/console.js';
import { FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { settle } from '../../../../tests/support/show.js';
import { engine } from '../session/room-registry.js';
import { loadMore } from '../session/requests/load-more.js';
import { RtcRoom } from './rtc-room.js';

const { createRoom } = engine;
const realTimeout = window.setTimeout;
let hosts = 0;
let due: (() => void)[] = [];

/** An element with these options, and the room that it opens. */
async function place(
  options: Partial<RtcRoom>,
  state: Partial<RoomState> = { connection: 'idle', you: null },
): Promise<{ readonly element: RtcRoom; readonly room: FakeRoom }> {
  const room = new FakeRoom(state);
  engine.createRoom = (): Room => room;
  const element = document.createElement('rtc-room');
  Object.assign(element, { host: `auto-${(hosts += 1)}.example`, room: 'standup', ...options });
  document.body.append(element);
  await settle(element);
  return { element, room };
}

const joins = (room: FakeRoom): number => room.calls.filter((call) => /^join\(/.test(call)).length;

/** Sets options of an element, and lets it take them. */
async function set(element: RtcRoom, options: Partial<RtcRoom>): Promise<void> {
  Object.assign(element, options);
  await settle(element);
  await settle(element);
}

/** Until what is said of an element that waits has been loaded, and was said. */
async function words(): Promise<void> {
  await import('./autojoin-hint.js');
  await new Promise((resolve) => realTimeout(resolve, 0));
}

before(() =>
  Promise.all([loadMore(), ...Object.values(RtcRoom.lazyElements).map((lazy) => lazy.load())]),
);

beforeEach(() => {
  due = [];
  const later = ((task: () => void, ms?: number) => {
    if (ms !== 5_000) return realTimeout(task, ms);
    due.push(task);
    return 0;
  }) as typeof setTimeout;
  window.setTimeout = later;
});

afterEach(() => {
  window.setTimeout = realTimeout;
  engine.createRoom = createRoom;
  document.body.replaceChildren();
});

describe('autojoin', () => {
  const complete = { autojoin: true, name: 'Ada', lobby: 'auto' } as const;

  it('joins once if all is there, and not again after the person has left', async () => {
    const { element, room } = await place(complete);
    await settle(element);
    expect(joins(room)).to.equal(1);
    await element.leave();
    await set(element, { name: 'Ben' });
    expect(joins(room)).to.equal(1);
  });

  for (const late of ['autojoin', 'name', 'lobby'] as const) {
    it(`joins when ${late} is complete last`, async () => {
      const missing = { autojoin: false, name: '', lobby: 'on' }[late];
      const { element, room } = await place({ ...complete, [late]: missing });
      await settle(element);
      expect(joins(room)).to.equal(0);
      await set(element, { [late]: complete[late] });
      expect(joins(room)).to.equal(1);
    });
  }

  it('joins when a room is valid last', async () => {
    const { element, room } = await place({ ...complete, host: '' });
    await element.leave();
    const other = document.createElement('rtc-room');
    engine.createRoom = createRoom;
    Object.assign(other, { ...complete, host: 'a b', room: 'standup' });
    document.body.append(other);
    await settle(other);
    expect(other.client).to.equal(null);
    const second = new FakeRoom({ connection: 'idle', you: null });
    engine.createRoom = (): Room => second;
    await set(other, { host: `auto-${(hosts += 1)}.example` });
    expect(joins(second)).to.equal(1);
    expect(joins(room)).to.equal(1);
  });

  for (const [what, options, state] of [
    ['"name"', { name: '' }, undefined],
    ['lobby', { lobby: 'on' }, undefined],
    ['"token" or "tokenProvider"', {}, { connection: 'closed', left: 'token-expired', you: null }],
  ] as const) {
    it(`says after five seconds, once, that it waits: ${what}`, async () => {
      const { element } = await place({ ...complete, ...options }, state);
      await settle(element);
      expect(due).to.have.lengthOf(1);
      const said = await warningsOf(async () => {
        due[0]?.();
        await words();
        await set(element, { controls: 'leave' });
        for (const task of due.slice(1)) task();
        await words();
      });
      expect(said).to.have.lengthOf(1);
      expect(said[0]).to.contain(what);
    });
  }

  it('says nothing if what was missing has come', async () => {
    const { element } = await place({ ...complete, name: '' });
    await set(element, { name: 'Ada' });
    expect(
      await warningsOf(async () => {
        for (const task of due) task();
        await words();
      }),
    ).to.deep.equal([]);
  });

  it('enters the call of somebody who is in the chat', async () => {
    const { room } = await place(complete, { you: fakeYou({ call: 0 }) });
    expect(room.calls.at(-1)).to.equal('enterCall()');
  });
});

describe('a lobby that goes', () => {
  it('releases what it has opened if nobody joins, and wants it again as before', async () => {
    const { element, room } = await place({ name: 'Ada', video: 'on', audio: 'on' });
    await settle(element);
    await set(element, { lobby: 'off' });
    expect(room.settings.slice(-2)).to.deep.equal([
      { audio: 'muted', video: 'muted' },
      { audio: true, video: true },
    ]);
    expect(joins(room)).to.equal(0);
  });

  it('opens a device that was not to be requested and is now', async () => {
    const { element, room } = await place({ name: 'Ada', video: 'off' });
    const camera = (): number => room.calls.filter((call) => call === 'set-camera(true)').length;
    await settle(element);
    expect(camera()).to.equal(0);
    await set(element, { video: 'on' });
    expect(camera()).to.equal(1);
    await set(element, { video: 'muted' });
    await set(element, { video: 'on' });
    expect(camera(), 'muted is the person’s to change').to.equal(1);
  });
});
