/**
 * What a stranger, a full disk or a careless page can give to what sends data and files, and the test that shows what
 * becomes of it. The cases are in the file that is named, under a title that has these words.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const FILES = 'packages/core/src/files';
const DATA = 'packages/core/src/data';
const LIES = `${FILES}/lying-peer.test.ts`;
const DISK = `${FILES}/full-disk.test.ts`;
const TRANSFERS = `${FILES}/file-transfers.test.ts`;
const REPLIES = `${DATA}/action-requests.test.ts`;
const FRAMES = `${DATA}/action-frames.test.ts`;
const ACTIONS = 'tests/house/actions.test.ts';

type Place = readonly [file: string, words: string];

const CASES: Readonly<Record<string, readonly Place[]>> = {
  'a sender that lies about the size': [
    [LIES, 'about the size, with more to come than it said'],
    [`${FILES}/rules/frames.test.ts`, 'refuse offers of too much, of nothing'],
  ],
  'a sender that lies about the name': [
    [`${FILES}/rules/clean-name.test.ts`, 'are never empty, too long, or a way to anywhere'],
    [TRANSFERS, 'arrive whole once they are accepted, and nothing is written before that'],
  ],
  'a sender that lies about a hash': [
    [LIES, 'about each hash'],
    [LIES, 'about the digest'],
  ],
  'a sender that lies about the index': [[LIES, 'about the index']],
  'a sender that lies about the count': [
    [LIES, 'about the count of files'],
    [`${FILES}/rules/manifest.test.ts`, 'is refused if it is not what was offered'],
  ],
  'frames for a transfer that is unknown': [
    [LIES, 'sends frames of transfers that nobody knows: nothing is kept of them'],
  ],
  'frames for a transfer that is over': [[LIES, 'sends frames of a transfer that is over']],
  'frames for a transfer of somebody else': [[LIES, 'sends frames of somebody else’s transfer']],
  'a file of no bytes': [[TRANSFERS, 'for (const size of [0, 1, FILE_PART_BYTES']],
  'a file of 10 GB': [[LIES, 'offers 10 GiB']],
  'a full disk': [
    [DISK, 'interrupts what is written into a chosen file, which begins anew once there is room'],
    [DISK, 'keeps what has arrived in the storage of the browser, and goes on with the rest'],
    [DISK, 'keeps nothing in that storage of what is discarded'],
  ],
  'a quota that is too small': [[DISK, 'refuses at once what is more than the browser stores']],
  'a receiver that never drains': [[LIES, 'never drains: the sender stops at the credit']],
  'a channel that is closed in the middle': [
    [TRANSFERS, 'go on after the line was reset, with the parts that are missing'],
  ],
  'a reply to a request that nobody made': [[REPLIES, 'has no effect if nobody made the request']],
  'a reply after the timeout': [[REPLIES, 'has no effect after the timeout']],
  'an action with a name of 10 KB': [[FRAMES, 'a name of 10 KB']],
  'a thousand actions in a tick': [[ACTIONS, 'of a thousand in a tick all arrive, in order']],
  'a key `__proto__` in an action': [
    [FRAMES, 'leave out a key `__proto__`, however it is written'],
  ],
  'a key `__proto__` in an ephemeral value': [
    [`${DATA}/ephemeral-values.test.ts`, 'have no key `__proto__` for those who hear them'],
    [`${DATA}/rules/value-rules.test.ts`, 'takes keys as data'],
  ],
  'a file with the name `__proto__`': [
    [`${FILES}/rules/clean-name.test.ts`, "['__proto__', '__proto__']"],
  ],
};

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('bad input', () => {
  for (const [what, places] of Object.entries(CASES)) {
    it(`${what} has a test`, () => {
      for (const [file, words] of places)
        assert.ok(readFileSync(join(root, file), 'utf8').includes(words), `${file}: ${words}`);
    });
  }
});
