// What becomes of messages that are not stored yet when a room is left.
import { expect } from '@esm-bundle/chai';

// A Room asks for the locks once this has loaded, so for a wait there must be nothing left to load.
import '../../packages/core/src/chat/left-messages.js';
import type { RoomClient } from '../../packages/core/src/room/room.js';
import { outcome } from '../support/fake-room-context.js';
import { House } from '../support/house/house.js';
import { createHouseRoom, joinHouseRoom, textsOf } from '../support/house/house-room.js';
import { meet } from '../support/house/meet.js';
import type { RawClient } from '../support/house/raw-client.js';

const heardBy = (client: RawClient): string[] =>
  client.all('chat.message').map(({ message }) => message.text);

const unsentOf = (room: RoomClient): string[] =>
  room
    .getSnapshot()
    .chat.entries.filter(
      ({ status, problem }) => status === 'failed' && problem?.code === 'not-sent',
    )
    .map(({ text }) => text);

const say = (room: RoomClient, ...texts: string[]): Promise<unknown[]> =>
  Promise.all(texts.map((text) => outcome(room.chat.send(text).then(({ seq }) => seq))));

/** What is kept for a house, by the name of its lock. Tests that run beside this one have others. */
const keptFor = (house: House): string[] =>
  Object.entries(localStorage)
    .filter(([, value]) => String(value).includes(new URL(house.origin).host))
    .map(([key]) => key);

/** Waits until nobody uses these records. Locks are given back, and asked for, in tasks of their own, in order. */
async function untilFree(keys: readonly string[]): Promise<void> {
  for (const key of keys) await navigator.locks.request(key, () => undefined);
}

/** Joins as somebody does who comes back, and waits until nothing more is taken over. */
async function comeBack(house: House, name = 'Me'): Promise<RoomClient> {
  const keys = keptFor(house);
  await untilFree(keys);
  const { room } = await joinHouseRoom(house, { name });
  await import('../../packages/core/src/chat/left-messages.js');
  await house.settle();
  await untilFree(keys);
  return room;
}

describe('leaving a room with messages on their way', () => {
  it('[CH-10] delivers them, and the promises tell so', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toClient.hold();
    const sent = say(room, 'one', 'two', 'three');
    const left = room.leave();
    expect(room.getSnapshot().connection).to.equal('closed');
    await house.settle();
    expect(heardBy(ann)).to.deep.equal(['one', 'two', 'three']);
    house.pairs[1]?.toClient.release();
    await house.settle();
    await left;
    expect(await sent).to.deep.equal([1, 2, 3]);
    expect(textsOf(room)).to.deep.equal(['one', 'two', 'three']);
    await house.advance(100);
    expect(ann.last('presence').left?.[0]).to.include({ reason: 'left' });
    expect(keptFor(house)).to.deep.equal([]);
  });

  it('leaves the call at once, and hears nothing more', async () => {
    const { house, ann } = await meet({ ann: { call: true } });
    const { room, calls } = await joinHouseRoom(house, { call: true });
    await house.settle();
    house.pairs[1]?.toClient.hold();
    void say(room, 'bye');
    const events: string[] = [];
    for (const type of ['message', 'notify', 'peer-join', 'leave'] as const) {
      room.addEventListener(type, () => events.push(type));
    }
    const left = room.leave();
    await house.advance(100);
    expect(calls.at(-1)?.calls.at(-1)).to.equal('close');
    expect(ann.last('presence').changed?.[0]).to.include({ call: 0 });
    await ann.say('still there?');
    house.pairs[1]?.toClient.release();
    await house.settle();
    await left;
    expect(events).to.deep.equal(['leave']);
  });

  it('waits for two seconds, and keeps what is not stored by then', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toRoom.hold();
    const sent = say(room, 'one', 'two');
    const left = room.leave();
    await house.advance(1_999);
    expect(textsOf(room)).to.deep.equal(['[one]', '[two]']);
    expect(unsentOf(room)).to.deep.equal([]);
    await house.advance(1);
    await left;
    expect(await sent).to.deep.equal(['not-sent', 'not-sent']);
    expect(unsentOf(room)).to.deep.equal(['one', 'two']);
    const again = await comeBack(house);
    expect(unsentOf(again)).to.deep.equal(['one', 'two']);
    const [first, second] = again.getSnapshot().chat.entries;
    again.chat.retry(first?.id ?? '');
    again.chat.discard(second?.id ?? '');
    await house.settle();
    expect(textsOf(again)).to.deep.equal(['one']);
    expect(heardBy(ann)).to.deep.equal(['one']);
    await again.leave();
    expect(unsentOf(await comeBack(house))).to.deep.equal([]);
  });

  it('does not wait for a room that cannot be reached', async () => {
    const { house, room } = await joinHouseRoom();
    house.isReachable = false;
    house.pairs[0]?.cut();
    await house.settle();
    const sent = say(room, 'offline');
    await room.leave();
    expect(await sent).to.deep.equal(['not-sent']);
    house.isReachable = true;
    expect(unsentOf(await comeBack(house))).to.deep.equal(['offline']);
  });

  it('ends when the connection is lost meanwhile', async () => {
    const { house, room } = await joinHouseRoom();
    house.pairs[0]?.toRoom.hold();
    const sent = say(room, 'lost');
    const left = room.leave();
    house.pairs[0]?.cut();
    await house.settle();
    await left;
    expect(await sent).to.deep.equal(['not-sent']);
    await house.advance(10_000);
    expect(house.pairs).to.deep.equal([]);
  });

  it('keeps the lines of somebody whom a host removes', async () => {
    const { house, ann } = await meet({ ann: { call: true } });
    const { room } = await joinHouseRoom(house, { name: 'Ben' });
    house.pairs[1]?.toRoom.hold();
    const sent = say(room, 'but');
    const { session } = room.getSnapshot().you ?? {};
    await ann.ask({ type: 'moderate', action: 'remove', session: session ?? '' });
    await house.settle();
    expect(await sent).to.deep.equal(['not-sent']);
    expect(room.getSnapshot().left).to.equal('removed');
    expect(unsentOf(room)).to.deep.equal(['but']);
  });

  it('offers what was written before the first welcome to the same name', async () => {
    const house = new House();
    house.isReachable = false;
    const { room } = createHouseRoom(house, { name: 'Ann' });
    const joined = outcome(room.join());
    const sent = say(room, 'early');
    await room.leave();
    expect([await joined, ...(await sent)]).to.deep.equal(['aborted', 'not-sent']);
    house.isReachable = true;
    expect(unsentOf(await comeBack(house, 'Ben'))).to.deep.equal([]);
    expect(unsentOf(await comeBack(house, 'Ann'))).to.deep.equal(['early']);
  });

  it('does not offer what the room has after all', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toClient.hold();
    const sent = say(room, 'stored');
    const left = room.leave();
    await house.advance(2_000);
    await left;
    expect(await sent).to.deep.equal(['not-sent']);
    expect(heardBy(ann)).to.deep.equal(['stored']);
    const again = await comeBack(house);
    expect(textsOf(again)).to.deep.equal(['stored']);
    await again.leave();
    expect(keptFor(house)).to.deep.equal([]);
  });

  it('does not offer what the room has after all, however much was said since', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toClient.hold();
    void say(room, 'stored');
    const left = room.leave();
    await house.advance(2_000);
    await left;
    for (let n = 0; n < 120; n += 1) {
      await ann.say(`line ${n}`);
      await house.advance(100);
    }
    const again = await comeBack(house);
    expect(unsentOf(again)).to.deep.equal([]);
    // Nobody has asked to see that far back.
    expect(textsOf(again)).not.to.contain('stored');
    await again.leave();
    expect(keptFor(house)).to.deep.equal([]);
  });

  it('keeps what was kept before, also if they leave before it could be offered', async () => {
    const house = new House();
    house.isReachable = false;
    const { room } = createHouseRoom(house);
    void outcome(room.join());
    void say(room, 'early');
    await room.leave();
    house.isReachable = true;
    await untilFree(keptFor(house));
    const { room: brief } = await joinHouseRoom(house);
    await brief.leave();
    await untilFree(keptFor(house));
    expect(keptFor(house)).to.have.length(1);
    expect(unsentOf(await comeBack(house))).to.deep.equal(['early']);
  });

  it('keeps what was kept before, also while the last messages of the next stay are sent', async () => {
    const { house } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toRoom.hold();
    void say(room, 'kept');
    void room.leave();
    await house.advance(2_000);
    const kept = keptFor(house);
    await untilFree(kept);
    const { room: next } = await joinHouseRoom(house);
    house.pairs.at(-1)?.toClient.hold();
    void say(next, 'last');
    const left = next.leave();
    await untilFree(kept);
    await house.advance(2_000);
    await left;
    expect(unsentOf(await comeBack(house))).to.deep.equal(['kept']);
  });
});

describe('a page that goes away', () => {
  it('sends more than it may have unanswered, as much as the room takes', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const texts = Array.from({ length: 20 }, (_, n) => `line ${n}`);
    void say(room, ...texts);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    await house.settle();
    expect(heardBy(ann)).to.deep.equal(texts);
    await room.leave();
  });
});
