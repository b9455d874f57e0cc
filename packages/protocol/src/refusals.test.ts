// Whoever is refused is told what would have been taken: every limit that a schema has is in the words.
import { expect } from '@esm-bundle/chai';

import { clientSamples } from '../../../tests/support/message-samples.js';
import { clientMessageSchemas } from './client-message.js';
import { decodeClientMessage, type Decoded } from './codec.js';
import { explainMisfit } from './expectation.js';
import { iceServersSchema } from './ice.js';
import { LIMITS } from './limits.js';
import { noticeRequestSchema } from './notify.js';
import { peerMessageSchemas } from './peer-message.js';
import { type AnySchema, misfit } from './schema.js';
import { decodeIceServers, decodeNoticeRequest } from './value-codec.js';

/** Everything that a room, or a peer, may refuse. */
const ROOTS: Readonly<Record<string, AnySchema>> = {
  ...clientMessageSchemas,
  ...peerMessageSchemas,
  notice: noticeRequestSchema,
  iceServers: iceServersSchema,
};

/** The schema itself and that of each part, with where it is. */
function nodesOf(schema: AnySchema, path: string): (readonly [path: string, schema: AnySchema])[] {
  const parts: (readonly [string, AnySchema])[] =
    schema.is === 'object'
      ? Object.entries(schema.keys)
      : schema.is === 'list' || schema.is === 'map'
        ? [['*', schema.of]]
        : [];
  return [[path, schema], ...parts.flatMap(([key, part]) => nodesOf(part, `${path}.${key}`))];
}

/** What the words of a refusal must have in them, of what the schema has without its rule. */
function limitsOf(schema: AnySchema): readonly string[] {
  switch (schema.is) {
    case 'text':
      return [String(schema.max), ...(schema.pattern ? [schema.pattern.source] : [])];
    case 'integer':
      return [String(schema.min), String(schema.max)];
    case 'list':
      return schema.max === Infinity ? [] : [String(schema.max)];
    case 'map':
      return [schema.key.source, ...(schema.max === Infinity ? [] : [String(schema.max)])];
    case 'one of':
      return schema.values.map(String);
    case 'scalar':
      return ['string', 'number', 'boolean'];
    default:
      return [];
  }
}

/** A value of no kind that JSON has, so that it fits nowhere. */
const NEVER = Symbol('never');

const detailOf = (decoded: Decoded<unknown>): string =>
  decoded.ok ? 'taken' : decoded.fault.detail;

const sample = (type: string): object => ({ ...clientSamples.find((one) => one.type === type) });

const refusal = (type: string, wrong: object): string =>
  detailOf(decodeClientMessage(JSON.stringify({ ...sample(type), ...wrong })));

const notice = (wrong: object): string =>
  detailOf(decodeNoticeRequest(JSON.stringify({ title: 'Hi', ...wrong })));

describe('the words of a refusal', () => {
  it('[UN-2] name the limit, for every part of every message', () => {
    const nodes = Object.entries(ROOTS).flatMap(([type, schema]) => nodesOf(schema, type));
    expect(nodes.length).to.be.greaterThan(100);
    for (const [path, schema] of nodes) {
      if (schema.is === 'json' || schema.is === 'nothing') continue;
      const words = explainMisfit(misfit(schema, NEVER, path) ?? { path, schema });
      expect(words).to.match(/: expected \S(.*\S)?$/, path);
      if (schema.rule) continue;
      for (const limit of limitsOf(schema)) expect(words, path).to.contain(limit);
    }
  });

  it('have something of every rule that only code can check', () => {
    const ruled = Object.entries(ROOTS)
      .flatMap(([type, schema]) => nodesOf(schema, type))
      .filter(([, schema]) => schema.rule);
    expect(ruled.length).to.be.greaterThan(9);
    for (const [path, { limit = '' }] of ruled) expect(String(limit), path).to.match(/\w/);
  });

  const { nameLength, textLength, queryLength, noticeTitleLength, noticeBodyLength } = LIMITS;
  const written = (max: number): string =>
    `expected text: 1 to ${max} code points, one to see, no control characters`;
  const ROWS: readonly (readonly [what: string, actual: string, words: string])[] = [
    [
      'a notice with an empty title',
      notice({ title: '' }),
      `notice.title: ${written(noticeTitleLength)}`,
    ],
    [
      'a notice without a title',
      detailOf(decodeNoticeRequest('{}')),
      `notice.title: ${written(noticeTitleLength)}`,
    ],
    [
      'a notice with a long title',
      notice({ title: 'x'.repeat(129) }),
      `notice.title: ${written(noticeTitleLength)}`,
    ],
    [
      'a notice with a very long title',
      notice({ title: 'x'.repeat(999) }),
      `notice.title: ${written(noticeTitleLength)}`,
    ],
    [
      'a notice with a blank body',
      notice({ body: '\u200B' }),
      `notice.body: ${written(noticeBodyLength)}`,
    ],
    [
      'a notice with large data',
      notice({ data: 'x'.repeat(2_048) }),
      'notice.data: expected json: at most 2048 bytes',
    ],
    [
      'a notice to too many',
      notice({ to: Array.from({ length: 101 }, () => 'a') }),
      'notice.to: expected list of at most 100',
    ],
    [
      'a notice of another level',
      notice({ level: 'loud' }),
      'notice.level: expected one of info, success, warning, error',
    ],
    ['a notice with another key', notice({ titel: 'Hi' }), 'notice.titel: expected nothing'],
    [
      'a notice for a strange person',
      notice({ to: ['a b'] }),
      'notice.to.0: expected text of at most 64 characters like /^[A-Za-z0-9_-]{1,64}$/',
    ],
    ['no name', refusal('hello', { name: ' ' }), `hello.name: ${written(nameLength)}`],
    [
      'large metadata',
      refusal('hello', { meta: { a: 'x'.repeat(512) } }),
      'hello.meta: expected map: at most 512 bytes',
    ],
    [
      'a long message',
      refusal('chat.send', { text: 'x'.repeat(4_001) }),
      `chat.send.text: ${written(textLength)}`,
    ],
    [
      'no search',
      refusal('chat.search', { query: ' ' }),
      `chat.search.query: ${written(queryLength)}`,
    ],
    [
      'no reaction',
      refusal('chat.react', { emoji: 'x' }),
      'chat.react.emoji: expected text: one emoji, at most 32 characters',
    ],
    [
      'a page in both directions',
      refusal('chat.history', { before: 1, after: 1 }),
      'chat.history: expected object: only one of before, after',
    ],
    [
      'a large page',
      refusal('chat.history', { limit: 51 }),
      'chat.history.limit: expected integer from 1 to 50',
    ],
    [
      'an action without a person',
      refusal('moderate', { action: 'ban', session: 's' }),
      'moderate: expected object: the keys of its action',
    ],
    [
      'a large value',
      refusal('state.set', { value: 'x'.repeat(2_048) }),
      'state.set.value: expected json: at most 2048 bytes',
    ],
    [
      'too many ICE servers',
      detailOf(decodeIceServers(Array.from({ length: 17 }, () => ({ urls: [] })))),
      'iceServers: expected list of at most 16',
    ],
  ];
  for (const [what, actual, words] of ROWS) {
    it(`[UN-2] tell of ${what}`, () => expect(actual).to.equal(words));
  }
});
