/**
 * SIGKILL under load. The room is workerd without wrangler around it, which takes three times as long
 * to come back: `bench/support/room.ts`, with its storage in a folder that outlives it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { ChatMessage } from '@rtc-elements/protocol';

import { Chatter } from '../support/edge/chatter.js';
import { KillableRoom } from '../support/edge/killable-room.js';

const CLIENTS = 20;
const KILLS = 50;
/** A kill comes so many milliseconds after everybody is back, at most. */
const LATEST_KILL_MS = 250;

describe('a room whose runtime is killed', () => {
  let room: KillableRoom;
  let chatters: Chatter[] = [];
  const storage = mkdtempSync(join(tmpdir(), 'rtc-durable-'));
  before(async () => {
    room = await KillableRoom.start(storage);
  });
  after(async () => {
    for (const chatter of chatters) chatter.close();
    await room.stop();
    rmSync(storage, { recursive: true, force: true, maxRetries: 5 });
  });

  it(`[CH-1] loses and doubles no acked message in ${KILLS} SIGKILLs, and has one order`, async () => {
    const seed = Date.now() % 1_000_000;
    console.log(`seed ${seed}`);
    const random = randomOf(seed);
    chatters = Array.from({ length: CLIENTS }, (_, index) => new Chatter(room, index));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await Promise.all(chatters.map((chatter) => chatter.untilTalking()));
      await elapsed(random() * LATEST_KILL_MS);
      await room.killAndRestart();
    }
    await Promise.all(chatters.map((chatter) => chatter.finish()));

    const history = await readHistory(chatters);
    assert.deepEqual(
      history.map(({ seq }) => seq),
      history.map((_, index) => index + 1),
      'numbers have no gaps',
    );
    const numbers = new Map(history.map(({ id, seq }) => [id, seq]));
    assert.equal(numbers.size, history.length, 'no message is there twice');
    for (const { acked, seen } of chatters) {
      for (const [id, seq] of acked)
        assert.equal(numbers.get(id), seq, `${id} is where its ack said`);
      for (const { id, seq } of seen)
        assert.equal(numbers.get(id), seq, `${id} is where it was seen`);
      const order = seen.map(({ seq }) => seq);
      const sorted = [...new Set(order)].sort((a, b) => a - b);
      assert.deepEqual(order, sorted, 'live, nothing came twice or out of order');
    }
    const acks = chatters.reduce((sum, { acked }) => sum + acked.size, 0);
    console.log(`${acks} messages acked, ${history.length} in the history`);
    assert.equal(acks, history.length, 'what was sent again until its ack is there');
    assert.ok(acks > KILLS * CLIENTS, 'there was a load');
  });
});

/** Every page, oldest first. The chatters ask in turn, as each may ask 40 times at once (LI-4). */
async function readHistory(chatters: readonly Chatter[]): Promise<readonly ChatMessage[]> {
  let messages: readonly ChatMessage[] = [];
  for (let turn = 0; ; turn += 1) {
    const older = await chatters[turn % chatters.length]!.page(messages[0]?.seq);
    if (older.length === 0) return messages;
    messages = [...older, ...messages];
  }
}

/** A small generator whose whole state is the seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** The moment of a kill is what the seed says: there is nothing to wait for. */
const elapsed = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
