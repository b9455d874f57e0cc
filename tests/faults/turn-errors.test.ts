// What people are told when a TURN server does not give them the relay that their call needs.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { FaultLab, hold } from '../support/faults/lab.js';
import { FaultTurn, type FaultTurnOptions } from '../support/faults/server.js';
import {
  errorsOf,
  installTold,
  linesOf,
  readTold,
  untilCard,
  untilRelayed,
} from '../support/faults/told.js';

/** 8 s without a relay, and what the busy machine takes for a page. */
const TOLD_MS = 20_000;
/** A link without a path restarts every 10 s. */
const BACK_MS = 40_000;

const BROWSERS = ['chromium', 'firefox'] as const;

let lab: FaultLab;
let turn: FaultTurn | null = null;
const rows: string[] = [];

/** coturn as a case wants it, at the address that the room names. */
async function startTurn(options?: FaultTurnOptions): Promise<void> {
  turn = new FaultTurn(lab.servers, undefined, options);
  await turn.untilReady();
}

async function stopTurn(): Promise<void> {
  await turn?.kill();
  turn = null;
}

before(async () => {
  lab = await FaultLab.start({ browsers: BROWSERS });
  // Its addresses stay those of the room. Each case starts one of its own there, or none.
  await lab.turns[0]?.kill();
});
afterEach(async () => {
  await stopTurn();
  await lab?.calm();
});
after(async () => {
  console.log(rows.join('\n'));
  await lab?.close();
});

interface Case {
  readonly title: string;
  readonly turn: FaultTurnOptions | null;
  readonly code: string;
  readonly card: string;
}

const CASES: readonly Case[] = [
  {
    title: 'coturn is down',
    turn: null,
    code: 'turn-unreachable',
    card: 'The relay cannot be reached',
  },
  {
    title: 'the secrets differ',
    turn: { secret: 'another one' },
    code: 'turn-refused',
    card: 'The relay does not accept the pass',
  },
];

describe('a call by relay alone', () => {
  for (const { title, code, card, turn: options } of CASES) {
    it(`tells both people once that ${title}, and takes it back when that is over`, async () => {
      if (options) await startTurn(options);
      const pair = await lab.visit({ room: code, privacy: 'relay' }, installTold);
      await Promise.all(pair.map((page) => untilCard(page, card, TOLD_MS)));
      // Two more restarts, which find no relay either.
      await hold(25_000);
      for (const page of pair) assert.deepEqual(await errorsOf(page), [code]);
      await stopTurn();
      await startTurn();
      await Promise.all(pair.map((page) => untilRelayed(page, 1, BACK_MS)));
      rows.push(...(await linesOf(title, pair)));
      for (const page of pair) {
        assert.deepEqual(await errorsOf(page), [code]);
        assert.equal((await readTold(page)).cards.at(-1)?.text, '');
      }
    });
  }

  it('tells everybody whose quota is too small for their links, until they have fewer', async () => {
    await startTurn({ words: ['--user-quota=1'] });
    const attributes = { room: 'turn-quota', privacy: 'relay' };
    const pair = await lab.visit(attributes, installTold);
    const third = await lab.enter(0, attributes, installTold);
    const people = [...pair, third];
    const card = 'The relay gives you no more connections';
    await Promise.all(people.map((page) => untilCard(page, card, TOLD_MS)));
    await third.close();
    await Promise.all(pair.map((page) => untilRelayed(page, 1, BACK_MS)));
    rows.push(...(await linesOf('a user may have one relay', pair)));
    for (const page of pair) assert.deepEqual(await errorsOf(page), ['turn-quota']);
  });
});

describe('a call that may go directly, with coturn down', () => {
  it('tells nobody where a direct path is found', async () => {
    const pair = await lab.visit({ room: 'direct' }, installTold);
    await Promise.all(pair.map((page) => untilRelayed(page, 1, BACK_MS)));
    await hold(15_000);
    rows.push(...(await linesOf('direct path', pair)));
    for (const page of pair) assert.deepEqual(await errorsOf(page), []);
  });

  it('tells both where there is none, and takes it back when there is one', async () => {
    const heal = lab.net.cutUdp(...lab.hosts);
    const pair = await lab.visit({ room: 'no-direct' }, installTold);
    const card = 'The relay cannot be reached';
    await Promise.all(pair.map((page) => untilCard(page, card, TOLD_MS)));
    heal();
    await Promise.all(pair.map((page) => untilRelayed(page, 1, BACK_MS)));
    rows.push(...(await linesOf('UDP between the two is blocked', pair)));
    for (const page of pair) assert.deepEqual(await errorsOf(page), ['turn-unreachable']);
  });
});
