// The guide's table of every state that is a problem, held to what the code says: its code, its place, its event, its words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CLOSE } from '@rtc-elements/protocol';

import { relayError } from '../../packages/core/src/call/mesh/relay-error.js';
import { toMediaError } from '../../packages/core/src/media/media-errors.js';
import { blockedError } from '../../packages/core/src/playback/attachments.js';
import { askForToken } from '../../packages/core/src/signaling/address.js';
import { toFaultError } from '../../packages/core/src/signaling/fault-error.js';
import { explainRefusal, unreachableError } from '../../packages/core/src/signaling/refusal.js';
import { ERROR_CODES, type RtcErrorCode } from '../../packages/core/src/state/error-codes.js';
import { callProblemOf } from '../../packages/core/src/state/call-place.js';
import type { Peer, Problem, You } from '../../packages/core/src/state/room-state.js';

const guide = readFileSync(
  fileURLToPath(new URL('../../docs/guide/troubleshooting.md', import.meta.url)),
  'utf8',
);

/** The cells of the table below a heading, without its head. */
function tableBelow(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = guide.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) => {
    const cells = line.split('|').slice(1, -1);
    return cells.map((cell) => cell.trim());
  });
}

const row = (
  { code, message }: Pick<Problem, 'code' | 'message'>,
  place: string,
  event: string,
): readonly string[] => [`\`${code}\``, `\`${place}\``, event, message];

const fatal = (cause: number | string, why = ''): readonly string[] =>
  row(explainRefusal(cause, { why }).error, 'problem', 'once, fatal');

const device = (name: string, message = '', isListed = true): readonly string[] =>
  row(
    toMediaError(new DOMException(message, name), 'camera', isListed),
    'media.camera.problem',
    'once',
  );

const errorOf = (task: Promise<unknown>): Promise<Problem> =>
  task.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as Problem,
  );

/** Somebody behind another one of a call that has no place for both. */
const callFull = callProblemOf(
  { call: 2 } as You,
  [{ call: 1, link: { status: 'full' } }] as unknown as readonly Peer[],
);

const ROWS: readonly (readonly string[])[] = [
  device('NotAllowedError', 'Permission denied'),
  device('NotAllowedError', 'Permission dismissed'),
  device('NotFoundError'),
  device('NotReadableError'),
  device('AbortError'),
  device('OverconstrainedError'),
  device('InsecureContextError'),
  device('SecurityError'),
  device('UnpluggedError'),
  device('SilentError'),
  device('TrackEndedError'),
  device('ProcessorError'),
  device('NotSupportedError'),
  row(unreachableError(), 'problem', 'once, until the room was reached'),
  row(
    toFaultError({ type: 'error', code: 'rate-limited', detail: '' }),
    'problem',
    'once, until the room was reached',
  ),
  row(
    await errorOf(askForToken(() => Promise.reject(new Error('what the page says')))),
    'problem',
    'once, until there is a token',
  ),
  fatal(CLOSE.auth, 'token-missing: …'),
  fatal(CLOSE.auth, 'token-invalid: …'),
  fatal(CLOSE.auth, 'token-expired: …'),
  fatal(CLOSE.auth, 'token-early: …'),
  fatal(CLOSE.forbidden, 'wrong-room: …'),
  fatal(CLOSE.forbidden, 'origin: …'),
  fatal(CLOSE.forbidden),
  fatal(CLOSE.retryLater, 'room-full'),
  fatal(CLOSE.forbidden, 'room-full'),
  fatal(CLOSE.room),
  fatal(CLOSE.room, 'closed'),
  fatal(CLOSE.removed),
  fatal(CLOSE.banned),
  fatal(CLOSE.replaced),
  fatal('bad-version'),
  row(
    { code: explainRefusal(4499, { said: 'No.' }).error.code, message: 'What the room says.' },
    'problem',
    'once, fatal',
  ),
  row(callFull ?? { code: 'aborted', message: '' }, 'callProblem', 'once, until there is a place'),
  row(relayError('turn-refused'), 'relayProblem', 'once, when a server refuses'),
  ...(
    ['turn-forbidden', 'turn-quota', 'turn-capacity', 'turn-unreachable', 'turn-missing'] as const
  ).map((code) => row(relayError(code), 'relayProblem', 'once, until there is a relay')),
  row(blockedError(), 'soundProblem', 'once, until it plays'),
];

describe('the guide to problems', () => {
  it('has every state with its code, place, event and words, as the code has them', () => {
    assert.deepEqual(tableBelow('Every problem'), ROWS);
  });

  it('has every other code, and none that does not exist', () => {
    const shown = ROWS.map(([code]) => code);
    const others = tableBelow('Every other code').map(([code]) => code);
    const all = ERROR_CODES.map((code: RtcErrorCode) => `\`${code}\``);
    assert.deepEqual([...shown, ...others].sort(), [...all].sort(), 'each once');
  });
});

/** For whoever changes the table: `node … troubleshooting.test.ts --print`. */
if (process.argv.includes('--print')) {
  for (const cells of ROWS) console.log(`| ${cells.join(' | ')} |`);
}
