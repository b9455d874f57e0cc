// The room's disk is full, or what is on it is damaged. Real rooms on a disk that can be filled.
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { CLOSE, createId, type HelloMessage, LIMITS, TIMES } from '@rtc-elements/protocol';

import { EdgeClient } from '../support/edge/client.js';
import { Edge, forEachHost } from '../support/edge/edge.js';
import { SmallDisk } from '../support/faults/small-disk.js';

const POLL_MS = 200;
const LIMIT_MS = 20_000;

/** What the runtime needs to open the file of a room, and less than a room wants to have. */
const SPARE_BYTES = 48 * 1_024;
/** Five pages of a file. */
const TEXT = '🧑'.repeat(LIMITS.textLength);
const MOST_MESSAGES = 20;

forEachHost('a room whose disk fails', (host) => {
  let disk: SmallDisk;
  let edge: Edge;
  before(async () => {
    disk = new SmallDisk();
    edge = await Edge.start({ host, storage: disk.folder });
  });
  after(async () => {
    await edge.stop();
    disk.remove();
  });

  /** `/health` tries once every 2 s at most. */
  async function untilHealth(wanted: number): Promise<void> {
    const end = Date.now() + LIMIT_MS;
    for (;;) {
      const { status } = await fetch(`${edge.origin}/health`);
      if (status === wanted) return;
      assert.ok(Date.now() < end, `health is ${status}, not ${wanted}`);
      await pause();
    }
  }

  /** Joins as often as it takes, as clients do. */
  async function join(who: string, changes: Partial<HelloMessage> = {}) {
    const end = Date.now() + LIMIT_MS;
    for (;;) {
      try {
        return await EdgeClient.join(edge, 'disk', who, changes);
      } catch (error) {
        if (Date.now() > end) throw error;
        await pause();
      }
    }
  }

  it('[CH-1] refuses messages with not-stored while it is full, and stores them afterwards', async () => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await ann.say('while there is room');
    disk.fill(SPARE_BYTES);
    const ids = Array.from({ length: MOST_MESSAGES }, () => createId());
    for (const id of ids) ann.send({ type: 'chat.send', id, text: TEXT });
    // What the runtime does to the object whose write fails, before any of our code could.
    assert.equal((await ann.closed).code, 1006);
    const acked = ann.heard.flatMap((one) => (one.type === 'chat.ack' ? [one.id] : []));
    assert.ok(acked.length < MOST_MESSAGES);
    // The end of the object has freed its log.
    disk.fill(SPARE_BYTES);
    const resume = { resume: ann.welcome.session };
    const again = await join('Ann', resume);
    const other = await join('Ben', { resume: ben.welcome.session });
    assert.deepEqual([again.welcome.resumed, other.welcome.resumed], [true, true]);
    const id = createId();
    again.send({ type: 'chat.send', id, text: TEXT });
    const refusal = await again.next('error');
    assert.equal(refusal.code, 'not-stored');
    assert.equal(refusal.ref, id);
    assert.equal(refusal.retryAfterMs, TIMES.storeRetryMs);
    again.send({ type: 'typing', on: true });
    await other.next('typing');
    await untilHealth(503);

    disk.free();
    await untilHealth(200);
    await untilStored(again, id);
    await other.next('chat.message', ({ message }) => message.id === id);
    await edge.kill();
    await edge.restart();
    const { welcome } = await join('Ann', resume);
    assert.equal(welcome.resumed, true, 'what was held is written');
    const last = welcome.chat.messages.at(-1);
    assert.equal(last?.id, id);
    assert.ok(last.seq > acked.length, 'what was acked is kept');
  });

  it('[EN-4] says when to come back where a room cannot be opened', async () => {
    disk.fill();
    try {
      const stranger = await EdgeClient.open(edge, '/parties/room/never-opened');
      const refusal = await stranger.next('error');
      assert.equal(refusal.code, 'unavailable');
      assert.ok((refusal.retryAfterMs ?? 0) >= TIMES.unavailableMs);
      assert.equal((await stranger.closed).code, CLOSE.retryLater);
      const answer = await fetch(`${edge.origin}/parties/room/never-opened/people`);
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get('retry-after')) >= TIMES.unavailableMs / 1_000);
    } finally {
      disk.free();
    }
  });

  it('[EN-4] says when to come back to a room whose file is damaged, and others go on', async () => {
    const before = new Set(filesUnder(disk.folder));
    const ann = await EdgeClient.join(edge, 'damaged', 'Ann');
    await ann.say('before');
    const files = filesUnder(disk.folder).filter((file) => !before.has(file));
    await edge.kill();
    files.forEach(damage);
    await edge.restart();
    const refused = await EdgeClient.open(edge, '/parties/room/damaged');
    const refusal = await refused.next('error');
    assert.equal(refusal.code, 'unavailable');
    assert.equal((await refused.closed).code, CLOSE.retryLater);
    const other = await EdgeClient.join(edge, 'sound', 'Ben');
    await other.say('after');
  });
});

/** Sends a message until it is stored, as clients do. */
async function untilStored(author: EdgeClient, id: string): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  const isStored = (): boolean =>
    author.heard.some((one) => one.type === 'chat.ack' && one.id === id);
  while (!isStored()) {
    assert.ok(Date.now() < end, 'it is never stored');
    author.send({ type: 'chat.send', id, text: TEXT });
    await pause();
  }
}

const pause = (): Promise<void> => new Promise((next) => setTimeout(next, POLL_MS));

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** As a disk that returns other bytes than were written. */
const damage = (file: string): void => writeFileSync(file, Buffer.alloc(8_192, 0xa5));
