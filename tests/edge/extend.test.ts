// The guide to extending the room, in a real workerd: what it shows runs, and the room is what it was.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { unstable_readConfig as readWranglerConfig } from 'wrangler';

import { type BenchRoom, startRoom } from '../../bench/support/room.js';
import { EdgeClient } from '../support/edge/client.js';
import { snippet } from '../support/guide.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let storage: string;
let room: BenchRoom;

const start = (): Promise<BenchRoom> =>
  startRoom(join(folder, 'worker.ts'), { className: 'MyRoom', persistTo: storage });

const edge = (): { readonly port: number } => ({ port: Number(new URL(room.url).port) });

const visitsOf = async (name: string): Promise<unknown> =>
  (await fetch(`${room.url}/visits/${name}`)).json();

before(async () => {
  // In the repository, where the packages are found by their names.
  mkdirSync(join(root, '.tmp'), { recursive: true });
  folder = mkdtempSync(join(root, '.tmp/extend-'));
  storage = mkdtempSync(join(tmpdir(), 'rtc-extend-'));
  writeFileSync(join(folder, 'worker.ts'), snippet('extend', 'Extend the room', 'ts'));
  room = await start();
});
after(async () => {
  await room?.close();
  for (const one of [folder, storage]) rmSync(one, { recursive: true, force: true });
});

describe('a room that is extended as the guide says', () => {
  it('has a method of its own, and is a room in everything else', async () => {
    assert.deepEqual(await visitsOf('standup'), { visits: 0 });
    const ann = await EdgeClient.join(edge(), 'standup', 'Ann');
    const ben = await EdgeClient.join(edge(), 'standup', 'Ben');
    assert.equal(ben.welcome.peers[0]?.name, 'Ann');
    await ann.say('hello');
    assert.deepEqual(await visitsOf('standup'), { visits: 2 });
    assert.deepEqual(await visitsOf('elsewhere'), { visits: 0 });
    const people = await fetch(`${room.url}/parties/room/standup/people`);
    assert.equal(((await people.json()) as { count: number }).count, 2);
    assert.equal((await fetch(`${room.url}/health`)).status, 200);
    await ann.close();
    await ben.close();
  });

  it('keeps what it has stored when the runtime starts again', async () => {
    const { visits } = (await visitsOf('standup')) as { visits: number };
    await room.close();
    room = await start();
    assert.deepEqual(await visitsOf('standup'), { visits });
    const ann = await EdgeClient.join(edge(), 'standup', 'Ann');
    assert.equal(ann.welcome.chat.messages.at(-1)?.text, 'hello');
    await ann.close();
  });

  it('has the types that the guide uses', () => {
    const config = {
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: true,
        composite: false,
        incremental: false,
        lib: ['ES2023'],
        types: ['@cloudflare/workers-types'],
        skipLibCheck: true,
      },
      files: ['worker.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', folder], { cwd: root, encoding: 'utf8' });
  });

  it('is deployed by the configuration of the guide', () => {
    const path = join(folder, 'wrangler.jsonc');
    writeFileSync(path, snippet('extend', 'Extend the room', 'jsonc'));
    const { main, durable_objects: objects } = readWranglerConfig(
      { config: path },
      { hideWarnings: true },
    );
    assert.equal(main, join(folder, 'worker.ts'));
    assert.deepEqual(
      (objects.bindings as readonly Record<string, unknown>[]).map((one) => [
        one['name'],
        one['class_name'],
      ]),
      [
        ['Room', 'MyRoom'],
        ['AddressLimits', 'AddressLimits'],
      ],
    );
  });
});
