import { expect } from '@esm-bundle/chai';

import type { RtcError } from '../../packages/core/src/state/errors.js';
import type { House } from '../support/house/house.js';
import { createHouseRoom, joinHouseRoom } from '../support/house/house-room.js';

const codeOf = (verb: Promise<unknown>): Promise<unknown> =>
  verb.then(
    () => 'fine',
    (error: unknown) => (error as RtcError).code,
  );

/** Lets what was asked go round before it is looked at. */
async function settled<T>(house: House, verb: Promise<T>): Promise<T> {
  await house.settle();
  await house.settle();
  return verb;
}

describe('a client and its room', () => {
  it('[MO-1] makes the first one host, who may moderate, and the second one not', async () => {
    const { house, room } = await joinHouseRoom();
    const ben = await joinHouseRoom(house, { name: 'Ben' });
    expect(room.getSnapshot().you?.role).to.equal('host');
    expect(ben.room.getSnapshot().you?.role).to.equal('speaker');
    expect(await settled(house, codeOf(room.moderation.lock(true)))).to.equal('fine');
    expect(await settled(house, codeOf(ben.room.moderation.lock(false)))).to.equal('not-allowed');
    expect(ben.room.getSnapshot().access.locked).to.equal(true);
  });

  it('[MO-2] mutes, and takes away the right to speak', async () => {
    const { house, room } = await joinHouseRoom();
    const ben = house.client();
    const { session } = await ben.join('Ben', {
      call: true,
      media: { microphone: true, camera: false, screen: false },
    });
    await house.advance(100);
    await settled(house, room.moderation.mute(session, 'microphone'));
    await house.advance(100);
    expect(room.getSnapshot().peers[0]?.muted).to.deep.equal(['microphone']);
    await settled(house, room.moderation.setRole(session, 'listener'));
    await house.advance(100);
    expect(room.getSnapshot().peers[0]?.role).to.equal('listener');
    expect(await settled(house, codeOf(room.moderation.remove('nobody')))).to.equal('not-found');
    await settled(house, room.moderation.remove(session));
    expect(ben.closed?.code).to.equal(4410);
  });

  it('[MO-3] lets in who knocks once a host admits them', async () => {
    const { house, room } = await joinHouseRoom();
    await settled(house, room.moderation.lock(true));
    const knocks: string[] = [];
    room.addEventListener('knock', ({ person }) => knocks.push(person.session));
    const eve = createHouseRoom(house, { name: 'Eve' });
    const joined = codeOf(eve.room.join());
    await house.settle();
    await house.settle();
    expect(eve.room.getSnapshot().connection).to.equal('waiting');
    expect(room.getSnapshot().access.waiting.map(({ name }) => name)).to.deep.equal(['Eve']);
    await settled(house, room.moderation.admit(knocks[0] ?? ''));
    expect(await joined).to.equal('fine');
    expect(eve.room.getSnapshot().connection).to.equal('connected');
  });

  it('[ST-1] shares values, and settles who was faster', async () => {
    const { house, room } = await joinHouseRoom();
    const ben = await joinHouseRoom(house, { name: 'Ben' });
    await settled(house, room.sharedState.set('slide', 1, { rev: 0 }));
    const rev = ben.room.sharedState.get('slide')?.rev ?? 0;
    expect(ben.room.sharedState.get('slide')?.value).to.equal(1);
    await settled(house, room.sharedState.set('slide', 2, { rev }));
    const late = ben.room.sharedState.set('slide', 3, { rev });
    expect(await settled(house, codeOf(late))).to.equal('conflict');
    expect(ben.room.sharedState.get('slide')?.value).to.equal(2);
    const carol = await joinHouseRoom(house, { name: 'Carol' });
    await house.settle();
    expect(carol.room.sharedState.get('slide')?.value).to.equal(2);
  });

  it('[CH-8] revises lines everywhere, also for who was away', async () => {
    const { house, room } = await joinHouseRoom();
    const ben = await joinHouseRoom(house, { name: 'Ben' });
    const sent = room.chat.send('helo');
    await settled(house, sent);
    await settled(house, room.chat.edit(1, 'hello'));
    await settled(house, ben.room.chat.react(1, '👍'));
    const [line] = ben.room.getSnapshot().chat.entries;
    expect([line?.text, Object.keys(line?.reactions ?? {})]).to.deep.equal(['hello', ['👍']]);
    expect(room.getSnapshot().chat).to.deep.include({ lastRev: 2 });
    const found = ben.room.chat.search('HELL');
    expect((await settled(house, found)).messages.map(({ seq }) => seq)).to.deep.equal([1]);
    house.pairs.at(-1)?.cut();
    await settled(house, room.chat.delete(1));
    await house.advance(3_000);
    expect(ben.room.getSnapshot().chat.entries[0]).to.include({ text: '', deleted: true });
  });

  it('[CH-7] shows how far everybody has read', async () => {
    const { house, room } = await joinHouseRoom();
    const ben = await joinHouseRoom(house, { name: 'Ben' });
    await settled(house, room.chat.send('hello'));
    ben.room.chat.markRead();
    await house.advance(100);
    expect(room.getSnapshot().peers[0]?.read).to.equal(1);
  });
});
