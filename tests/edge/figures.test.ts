// The figures of the guide and the README are those of the source.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { ADDRESS_LIMITS, LIMITS, TIMES } from '@rtc-elements/protocol';

import { RECOVERY } from '../../packages/core/src/call/recovery/rules/escalation.js';
import { ERROR_CODES } from '../../packages/core/src/state/error-codes.js';
import { BUDGETS } from '../../scripts/support/budgets.mjs';
import { readPage, tableOf } from '../support/guide.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const n = (count: number): string => count.toLocaleString('en-US');
const kib = (bytes: number): string =>
  bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes / 1_024} KiB`;
const L = LIMITS;
const A = ADDRESS_LIMITS;

/** What the row that begins so has in its other cells, from the first on. */
const ROWS: readonly (readonly [heading: string, row: string, ...cells: string[]])[] = [
  ['Sizes', 'frame', `${n(L.frameBytes)} bytes`],
  ['Sizes', 'nesting of its JSON', `${L.jsonDepth} levels`],
  ['Sizes', 'name', `${L.nameLength} code points, one to see`],
  ['Sizes', 'presence metadata (`meta`)', `${L.metaBytes} bytes`],
  ['Sizes', 'chat text', `${n(L.textLength)} code points, one to see`],
  ['Sizes', 'search text', `${L.queryLength} code points`],
  ['Sizes', 'one reaction', `one emoji, ${L.reactionLength} characters`],
  ['Sizes', 'messages in a page', `${L.pageMessages}; ${kib(L.pageBytes)}, or one message`],
  ['Sizes', 'reactions to one message, as JSON', kib(L.reactionBytes)],
  ['Sizes', 'session description', `${n(L.sdpLength)} characters`],
  [
    'Sizes',
    'candidate, candidates in a signal',
    `${n(L.candidateLength)} characters, ${L.candidatesPerSignal}`,
  ],
  ['Sizes', 'sources in a signal', `${L.sourcesPerSignal}`],
  ['Sizes', 'offers in `hello`', `${L.helloOffers}`],
  ['Sizes', 'one shared value', `${n(L.stateBytes)} bytes`],
  [
    'Sizes',
    'notice: title, body, data',
    `${L.noticeTitleLength} and ${n(L.noticeBodyLength)} code points, ${n(L.noticeBytes)} bytes`,
  ],
  ['Sizes', 'sessions and users in a notice', `${L.noticeAddressees}`],
  ['Sizes', 'URL', `${n(L.urlLength)} characters`],
  ['Counts', 'connections of one user in a room', `${L.connectionsPerUser}`],
  ['Counts', 'people in the waiting room', `${L.waiting}`],
  ['Counts', 'bans in a room', `${L.bans}`],
  ['Counts', 'shared values', `${L.stateKeys}`],
  [
    'Counts',
    'different reactions to a message, people per reaction',
    `${L.reactions}, ${L.reactionUsers}`,
  ],
  ['Counts', 'messages waiting at a client', `${L.outboxMessages}`],
  ['What waits', 'bytes sent to a client that it has not acknowledged', kib(L.unacknowledgedBytes)],
  [
    'What waits',
    'frames of a socket that wait for those before them',
    `${L.waitingFrames}, ${kib(L.waitingFrameBytes)}`,
  ],
  [
    'What waits',
    'messages, and changes of the state, that wait for disk',
    `${L.waitingWrites} each`,
  ],
  ['What waits', 'searches that wait in a room', `${L.waitingSearches}`],
  ['What waits', 'changes of the roster that are gathered for one frame', n(L.gatheredChanges)],
  ['Times', 'a socket without `hello` is closed with 4408', `${TIMES.helloMs / 1_000} s`],
  ['Times', 'a session whose socket broke is removed (`lost`)', `${TIMES.resumeGraceMs / 1_000} s`],
  [
    'Times',
    'a silent session is removed (`lost`), its socket closed with 4408',
    `${TIMES.silentMs / 1_000} s; ${TIMES.silentAwayMs / 1_000} s if \`away\``,
  ],
  [
    'Times',
    'a person in the waiting room is turned away with 4423',
    `${TIMES.knockMs / 60_000} min`,
  ],
  [
    'Times',
    'a body over HTTP that has not arrived is refused with 408',
    `${TIMES.bodyMs / 1_000} s`,
  ],
];

/** In prose: the page, and what it says. */
const SAID: readonly (readonly [page: string, words: string])[] = [
  ['limits', `| messages of a session | ${L.messagesPerSecond} | ${L.messageBurst} |`],
  ['limits', `| signals of a session | ${L.signalsPerSecond} | ${L.signalBurst} |`],
  ['limits', `| searches of a user | ${L.searchesPerSecond} | ${L.searchBurst} |`],
  [
    'limits',
    `| ICE servers for a lobby (\`GET …/ice\`) | ${L.iceRequestsPerSecond} | ${L.iceRequestBurst} |`,
  ],
  [
    'limits',
    `| new sockets of a network address in a room | ${L.joinsPerSecond} | ${L.joinBurst} |`,
  ],
  ['limits', `| notices to a room | ${L.noticesPerSecond} | ${L.noticeBurst} |`],
  [
    'limits',
    `| shared values set over HTTP in a room | ${L.statePutsPerSecond} | ${L.statePutBurst} |`,
  ],
  ['limits', `| exports of a room's chat | ${L.exportsPerSecond} | ${L.exportBurst} |`],
  ['limits', `| new sockets | ${A.joinsPerSecond} | ${A.joinBurst} |`],
  [
    'limits',
    `| ICE servers for a lobby (\`GET …/ice\`) | ${A.iceRequestsPerSecond} | ${A.iceRequestBurst} |`,
  ],
  [
    'limits',
    `| who is in a room (\`GET …/people\`) | ${A.peopleRequestsPerSecond} | ${A.peopleRequestBurst} |`,
  ],
  [
    'limits',
    `| rooms that are not among the last ${A.knownRooms} | ${A.newRoomsPerSecond} | ${A.newRoomBurst} |`,
  ],
  ['limits', `| \`MAX_MEMBERS\` | people in a room | ${L.members} |`],
  ['limits', `| \`MAX_MESH_MEMBERS\` | people in one call | ${L.meshMembers} |`],
  ['deploy', `| \`MAX_MEMBERS\` | people in one room | 1 or more | ${L.members} |`],
  ['deploy', `| \`MAX_MESH_MEMBERS\` | people in one call | 2 or more | ${L.meshMembers} |`],
  ['deploy', `${n(L.historyMessages)}, within ${kib(L.historyBytes)}`],
  ['costs', `${n(L.historyMessages)} messages, or as many as`],
  ['costs', `a heartbeat every ${TIMES.heartbeatHiddenMs / 1_000} s`],
  ['costs', `one every ${TIMES.heartbeatMs / 1_000} s`],
  ['turn', `at most ${A.turnUserNames} different user names`],
  ['turn', 'once a second, with a burst of five'],
  ['moderation', `Nobody waits longer than ${TIMES.knockMs / 60_000} minutes`],
  ['troubleshooting', `more than ${n(L.textLength)} characters`],
  ['upgrade', `Within ${TIMES.resumeGraceMs / 1_000} s nobody sees a leave`],
  ['own-ui', `up to ${L.stateKeys} small values`],
];

const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('the figures of the guide', () => {
  for (const [heading, row, ...cells] of ROWS) {
    it(`${heading}: ${row}`, () => {
      const found = tableOf('limits', heading).find(([first]) => first === row);
      assert.deepEqual(found?.slice(1, 1 + cells.length), cells);
    });
  }

  for (const [page, said] of SAID) {
    it(`${page}: ${said}`, () => assert.ok(words(readPage(page)).includes(said)));
  }

  it('troubleshooting: how often a link is tried', () => {
    const numbers = ['no', 'one', 'two', 'three', 'four'];
    const said = `${numbers[RECOVERY.restarts]} restarts on each of ${numbers[RECOVERY.rebuilds + 1]} connections`;
    assert.ok(words(readPage('troubleshooting')).includes(said), said);
  });

  it('tokens: every code of an error that it names exists', () => {
    const [, refused = ''] = readPage('tokens').split('## Refused');
    const [told = ''] = refused.split('\n\nA browser');
    const outside = ['rtc-error', 'token-claims', 'token-long-lived'];
    const named = [...told.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code = '']) => code);
    assert.ok(named.length > 5);
    const codes: readonly string[] = ERROR_CODES;
    assert.deepEqual(
      named.filter((code) => !codes.includes(code) && !outside.includes(code)),
      [],
    );
  });

  it('tokens: the names by which a client is given one', () => {
    for (const name of ['`token`', '`tokenProvider`'])
      assert.ok(readPage('tokens').includes(name), name);
  });

  it('README: what the files weigh', () => {
    for (const [title, file] of [
      ['first call', 'rtc-elements.min.js'],
      ['chat alone, until one can write', 'rtc-chat.min.js'],
      ['core, whole call with TURN', 'rtc-core.min.js'],
    ] as const) {
      const budget = BUDGETS.find((one) => one.title === title);
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${file}\``));
      assert.match(row ?? '', new RegExp(`about ${Math.round(budget?.kb ?? 0)} KB`));
    }
  });
});
