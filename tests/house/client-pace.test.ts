// What a page does too often: its client keeps within what the room takes, so that nobody pays for it.
import { expect } from '@esm-bundle/chai';

import { joinHouseRoom } from '../support/house/house-room.js';
import { outcome } from '../support/fake-room-context.js';
import type { RoomClient } from '../../packages/core/src/room/room.js';

/** The codes of errors that a room has reported, and the connections that it has shown. */
function watch(room: RoomClient): { readonly errors: string[]; readonly connections: string[] } {
  const errors: string[] = [];
  const connections: string[] = [];
  room.addEventListener('error', ({ error }) => errors.push(error.code));
  room.subscribe(() => {
    const { connection } = room.getSnapshot();
    if (connections.at(-1) !== connection) connections.push(connection);
  });
  return { errors, connections };
}

describe('a page that tells more than the room takes', () => {
  it('[LI-4] by setPresence on every move of a mouse is seen as it was last, and chats as ever', async () => {
    const { house, room } = await joinHouseRoom();
    const { room: ann } = await joinHouseRoom(house, { name: 'Ann' });
    const seen = watch(room);
    const shown: unknown[] = [];
    ann.subscribe(() => {
      const meta = ann.getSnapshot().peers[0]?.meta;
      if (meta !== shown.at(-1)) shown.push(meta);
    });
    let latest = 0;
    const waits: number[] = [];
    for (let frame = 0; frame < 60 * 125; frame += 1) {
      room.setPresence({ meta: { x: (latest = frame) } });
      if (frame % 125 === 60) {
        const at = house.clock.now();
        void room.chat.send(`line ${frame}`).then(() => waits.push(house.clock.now() - at));
      }
      await house.advance(8);
    }
    await house.advance(1_000);
    expect(shown.length, 'at least two a second').to.be.at.least(120);
    expect(shown.at(-1)).to.deep.equal({ x: latest });
    expect(waits).to.have.length(60);
    expect(Math.max(...waits), 'the slowest line, ms').to.be.at.most(200);
    expect(seen.errors).to.deep.equal([]);
    expect(seen.connections.filter((one) => one !== 'connected')).to.deep.equal([]);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[LI-4] by shared values resolves each call, and stores what was set last', async () => {
    const { house, room } = await joinHouseRoom();
    const seen = watch(room);
    const outcomes: Promise<unknown>[] = [];
    for (let frame = 0; frame < 4 * 60; frame += 1) {
      outcomes.push(outcome(room.sharedState.set('cursor', frame)));
      if (frame % 2 === 0) outcomes.push(outcome(room.sharedState.set('other', frame)));
      await house.advance(16);
    }
    await house.advance(1_000);
    expect(new Set(await Promise.all(outcomes))).to.deep.equal(new Set(['done']));
    expect(room.sharedState.get('cursor')?.value).to.equal(239);
    expect(room.sharedState.get('other')?.value).to.equal(238);
    expect(seen.errors).to.deep.equal([]);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[LI-4] by a thousand requests at once is refused here, with a time to return', async () => {
    const { house, room } = await joinHouseRoom();
    const seen = watch(room);
    const outcomes = Array.from({ length: 1_000 }, (_, at) =>
      outcome(room.chat.react(at + 1, '👍')),
    );
    await house.advance(20_000);
    const codes = await Promise.all(outcomes);
    expect(codes.slice(0, 130).every((code) => code === 'not-found')).to.equal(true);
    expect(codes.slice(130).every((code) => code === 'flooded')).to.equal(true);
    expect(await room.chat.send('still here')).to.include({ seq: 1 });
    expect(seen.connections.filter((one) => one !== 'connected')).to.deep.equal([]);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[LI-4] by chat messages has each of them stored, in order', async () => {
    const { house, room } = await joinHouseRoom();
    const seen = watch(room);
    const lines = Array.from({ length: 150 }, (_, at) => `line ${at}`);
    const sent = lines.map((line) => outcome(room.chat.send(line)));
    await house.advance(20_000);
    expect(new Set((await Promise.all(sent)).map((one) => typeof one))).to.deep.equal(
      new Set(['object']),
    );
    expect(room.getSnapshot().chat.entries.map(({ text }) => text)).to.deep.equal(lines);
    expect(seen.errors).to.deep.equal([]);
  });
});
