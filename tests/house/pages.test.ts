// A room whose roster, bans and shared values do not fit one frame, with clients that take pages and those that do not.
import { expect } from '@esm-bundle/chai';
import {
  HEARTBEAT_REPLY,
  ACKNOWLEDGES,
  IGNORES_UNKNOWN,
  LIMITS,
  TAKES_PAGES,
  utf8Length,
} from '@rtc-elements/protocol';

import { changingFrames } from '../support/grow.js';
import { House } from '../support/house/house.js';
import { createHouseRoom, namesOf } from '../support/house/house-room.js';
import type { RawClient } from '../support/house/raw-client.js';

const CROWD = 250;
const LONG_NAME = '\u{1F600}'.repeat(LIMITS.nameLength - 4);
const META = { m: 'm'.repeat(LIMITS.metaBytes - 10) };
const CAPABILITIES = [IGNORES_UNKNOWN, TAKES_PAGES];

/** A house full of people with long names, the first of whom is host. */
async function crowdedHouse(): Promise<{ readonly house: House; readonly host: RawClient }> {
  const house = new House({ limits: { members: 2 * CROWD } });
  const host = house.client();
  await host.join('Host', { capabilities: CAPABILITIES });
  for (let index = 1; index < CROWD; index += 1) {
    const key = `guest-${index}-`.padEnd(32, '0');
    await house.client().join(`${index}${LONG_NAME}`, { key, meta: META });
  }
  await house.advance(100);
  return { house, host };
}

/** A client of core, not joined yet, and the frames that it gets. */
function create(house: House, onFrame: () => void = () => undefined) {
  const frames: string[] = [];
  const openSocket = changingFrames(house.openSocket, (frame) => {
    if (frame !== HEARTBEAT_REPLY) {
      frames.push(frame);
      onFrame();
    }
    return frame;
  });
  const ports = { clock: house.clock, openSocket };
  return { ...createHouseRoom(house, { name: 'Me', ports }), frames };
}

/** The same, joined. */
async function enter(house: House) {
  const made = create(house);
  const joined = made.room.join();
  await house.settle();
  await joined;
  return made;
}

const typesOf = (frames: readonly string[]): string[] =>
  frames.map((frame) => (JSON.parse(frame) as { readonly type: string }).type);

const largest = (frames: readonly string[]): number => Math.max(...frames.map(utf8Length));

describe('a room with more than fits a frame', () => {
  it('[PG-1] [LI-1] shows everybody to a client, and sends it no frame above 64 KiB', async () => {
    const { house } = await crowdedHouse();
    const { room, frames } = await enter(house);
    expect(typesOf(frames).slice(0, 2)).to.deep.equal(['welcome', 'page']);
    expect(largest(frames)).to.be.at.most(LIMITS.frameBytes);
    expect(namesOf(room)).to.have.length(CROWD);
    expect(new Set(namesOf(room)).size).to.equal(CROWD);

    await house.client().join('Late');
    await house.advance(100);
    expect(namesOf(room).at(-1)).to.equal('Late');
    expect((await room.diagnostics()).room.unknown).to.equal(0);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[PG-1] [PR-2] sends the roster in pages after a gap, also after a sleep of the room', async () => {
    const { house } = await crowdedHouse();
    const { room, frames } = await enter(house);
    await house.hibernate();
    frames.length = 0;
    house.pairs.at(-1)?.toClient.dropNext();
    for (const name of ['Lost', 'Seen']) {
      await house.client().join(name);
      await house.advance(100);
    }
    expect(typesOf(frames)).to.include('roster');
    expect(typesOf(frames)).to.include('page');
    expect(largest(frames)).to.be.at.most(LIMITS.frameBytes);
    expect(namesOf(room).slice(-2)).to.deep.equal(['Lost', 'Seen']);
    expect(namesOf(room)).to.have.length(CROWD + 2);
  });

  it('[PG-1] [LI-1] sends one frame of any size to a client that takes no pages', async () => {
    const { house } = await crowdedHouse();
    for (const changes of [{}, { capabilities: [IGNORES_UNKNOWN] }]) {
      const old = house.client();
      const welcome = await old.join('Old', changes);
      expect(welcome).not.to.have.property('more');
      expect(welcome.peers.length).to.be.at.least(CROWD);
      expect(JSON.stringify(welcome).length).to.be.above(LIMITS.frameBytes);
      old.send({ type: 'roster.get' });
      await house.settle();
      expect(old.last('roster').peers.length).to.equal(welcome.peers.length + 1);
      expect(old.all('page')).to.deep.equal([]);
    }
  });

  it('[PG-1] drops the begun list of a connection that breaks, and takes the whole of the next one', async () => {
    const { house } = await crowdedHouse();
    const { room, frames } = create(house, () => {
      // The welcome arrives, and of its pages none.
      if (frames.length === 1) house.pairs.at(-1)?.toClient.hold();
    });
    const joined = room.join();
    await house.settle();
    expect(typesOf(frames)).to.deep.equal(['welcome']);
    expect(house.pairs.at(-1)?.toClient.waiting).not.to.deep.equal([]);
    expect(room.getSnapshot().connection).to.equal('connecting');
    house.pairs.at(-1)?.cut();
    await house.advance(2_000);
    await joined;
    expect(room.getSnapshot().connection).to.equal('connected');
    // Nobody of the session that broke is left but itself, and nobody is here twice.
    const names = namesOf(room).filter((name) => name !== 'Me');
    expect([names.length, new Set(names).size]).to.deep.equal([CROWD, CROWD]);
  });

  it('[PG-1] [ST-1] [MO-3] brings all values and all bans, after a resume as well', async () => {
    const house = new House();
    // The lists of bans that a host gets are more than 1 MiB in all.
    const host = house.client().answerMarks();
    await host.join('Host', { capabilities: [...CAPABILITIES, ACKNOWLEDGES] });
    const value = 'v'.repeat(LIMITS.stateBytes - 2);
    for (let index = 0; index < LIMITS.stateKeys; index += 1) {
      expect(await host.ask({ type: 'state.set', key: `key-${index}`, value })).to.equal('done');
      await house.advance(100);
    }
    for (let index = 0; index < LIMITS.bans; index += 1) {
      const user = `${'u'.repeat(60)}-${index}`.slice(-64);
      const name = `${index}${LONG_NAME}`;
      await house.client().as({ user, name, role: 'speaker', can: null }).join('Banned');
      expect(await host.ask({ type: 'moderate', action: 'ban', user })).to.equal('done');
      await house.advance(1_400);
    }
    const { room, frames } = await enter(house);
    const { session } = room.getSnapshot().you ?? {};
    expect(
      await host.ask({ type: 'moderate', action: 'role', session: session ?? '', role: 'host' }),
    ).to.equal('done');
    await house.advance(100);
    const show = (): number[] => {
      const { sharedState, access } = room.getSnapshot();
      return [Object.keys(sharedState).length, access.banned.length];
    };
    expect(show()).to.deep.equal([LIMITS.stateKeys, LIMITS.bans]);

    house.pairs.at(-1)?.cut();
    await house.advance(2_000);
    expect(show()).to.deep.equal([LIMITS.stateKeys, LIMITS.bans]);
    expect(typesOf(frames)).to.include('page');
    expect(largest(frames)).to.be.at.most(LIMITS.frameBytes);
  });

  it('[CH-2] fills no frame with chat, and gives the rest on request', async () => {
    const house = new House();
    const ann = house.client();
    await ann.join('Ann');
    const text = '\u{1F600}'.repeat(LIMITS.textLength);
    for (let index = 0; index < 6; index += 1) {
      await ann.say(text);
      await house.advance(100);
    }
    const { room, frames } = await enter(house);
    const seqs = (): (number | null)[] => room.getSnapshot().chat.entries.map(({ seq }) => seq);
    expect(seqs()).to.deep.equal([5, 6]);
    for (const count of [4, 6]) {
      expect(room.getSnapshot().chat.more).to.equal(true);
      const page = room.chat.history();
      await house.settle();
      await page;
      expect(seqs()).to.have.length(count);
    }
    expect(room.getSnapshot().chat.more).to.equal(false);

    ann.send({ type: 'chat.history', ref: 'after', after: 1, limit: 50 });
    ann.send({ type: 'chat.search', ref: 'search', query: '\u{1F600}', limit: 50 });
    await house.settle();
    const [after, search] = ann.all('chat.page').map(({ messages, more }) => ({
      seqs: messages.map(({ seq }) => seq),
      more,
    }));
    expect(after).to.deep.equal({ seqs: [2, 3], more: true });
    expect(search).to.deep.equal({ seqs: [5, 6], more: true });
    expect(largest(frames)).to.be.at.most(LIMITS.frameBytes);
  });
});
