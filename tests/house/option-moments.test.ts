// Every option of `createRoom()` at every moment: it counts at the latest when the room is joined next, or is refused
// with one warning. And what the guide says of both elements and of core is what the table says.
import { expect } from '@esm-bundle/chai';

import type { RoomOptions } from '../../packages/core/src/api/options.js';
import { warningsOf } from '../support/console.js';
import { createHouseRoom, type HouseRoom } from '../support/house/house-room.js';
import { meet } from '../support/house/meet.js';
import { guideRows, IN_WORDS } from '../support/options/guide-rows.js';
import { CHAT, CORE, type Moment, ROOM } from '../support/options/option-table.js';

const engines = { other: () => Promise.reject(new Error('not here')) };

/** Another value of each option, and what shows that it counts; absent: the call has it. */
const VALUES: Readonly<
  Record<keyof RoomOptions, readonly [unknown, ((made: HouseRoom) => boolean)?]>
> = {
  host: ['other.example'],
  room: ['other'],
  ports: [{}],
  name: ['Noor', ({ room }) => room.getSnapshot().you?.name === 'Noor'],
  audio: ['muted'],
  video: [false],
  holdMicrophone: [true],
  call: [false, ({ room }) => room.getSnapshot().you?.call === 0],
  privacy: ['relay'],
  token: ['t', ({ house }) => house.targets.at(-1)?.endsWith('?token=t') === true],
  tokenProvider: [
    () => Promise.resolve('p'),
    ({ house }) => house.targets.at(-1)?.endsWith('?token=p') === true,
  ],
  identity: ['tab'],
  iceServers: [[{ urls: 'turn:t.example' }]],
  maxPeers: [3],
  engines: [engines],
  engine: ['other'],
  dataSaver: [true],
  meta: [{ a: 1 }, ({ room }) => room.getSnapshot().you?.meta['a'] === 1],
  signal: [new AbortController().signal],
};

const join = async ({ house, room }: HouseRoom): Promise<void> => {
  const joined = room.join();
  await house.advance(2_000);
  await joined;
};

const ENTER: Readonly<
  Record<Exclude<Moment, 'created' | 'removed'>, (made: HouseRoom) => unknown>
> = {
  'before joining': () => undefined,
  joining: ({ room }) => void room.join().catch(() => undefined),
  'in the call': join,
  reconnecting: async (made) => {
    await join(made);
    made.house.isReachable = false;
    made.house.pairs.at(-1)?.cut();
    await made.house.settle();
  },
  left: async (made) => {
    await join(made);
    await made.room.leave();
  },
};

const CONNECTIONS: Readonly<Record<string, string>> = {
  'before joining': 'idle',
  joining: 'connecting',
  'in the call': 'connected',
  reconnecting: 'reconnecting',
  left: 'closed',
};

describe('the options of a room', () => {
  for (const option of Object.keys(CORE) as (keyof RoomOptions)[]) {
    for (const [moment, enter] of Object.entries(ENTER)) {
      const effect = CORE[option][moment as Moment];
      it(`${option}, ${moment}: ${effect}`, async () => {
        const { house } = await meet({ ann: { call: true } });
        const made = createHouseRoom(house, { call: true });
        await house.settle();
        await enter(made);
        const { room, calls } = made;
        expect(room.getSnapshot().connection).to.equal(CONNECTIONS[moment]);
        const [value, shows] = VALUES[option];
        const said = await warningsOf(() => {
          room.configure({ [option]: value });
          room.configure({ [option]: value });
        });
        expect(said).to.have.lengthOf(effect === 'refused' ? 1 : 0);
        house.isReachable = true;
        await house.settle();
        if (moment !== 'before joining') await room.leave();
        await join(made);
        const has = (calls.at(-1)?.options as Partial<RoomOptions> | undefined)?.[option];
        if (effect === 'refused') expect(has).not.to.equal(value);
        else if (shows) expect(shows(made)).to.equal(true);
        else expect(has).to.deep.equal(value);
        await room.leave();
      });
    }
  }
});

describe('the guide', () => {
  for (const [heading, table, isElement] of [
    ['`<rtc-room>`', ROOM, true],
    ['`<rtc-chat>`', CHAT, true],
    ['`createRoom()`, `joinRoom()` and `room.configure()`', CORE, false],
  ] as const) {
    it(`says of ${heading} what the table says`, async () => {
      const page = await (await fetch('/docs/guide/options.md')).text();
      const [, section = ''] = page.split(`\n## ${heading}\n`);
      const lines = (section.split('\n## ')[0] ?? '').split('\n');
      const rows = lines
        .filter((line) => line.startsWith('|'))
        .slice(2)
        .map((line) => line.split('|').slice(1, -1))
        .map((cells) => cells.map((cell) => cell.trim()));
      expect(rows).to.deep.equal(guideRows(table, isElement));
    });
  }

  it('says in words what has no column', () => {
    expect(IN_WORDS).to.deep.equal(['created', 'removed']);
    for (const table of [ROOM, CHAT, CORE]) {
      for (const { created } of Object.values(table)) expect(created).to.equal('at once');
    }
    for (const table of [ROOM, CHAT]) {
      for (const { removed } of Object.values(table)) expect(removed).to.equal('next entry');
    }
  });
});
