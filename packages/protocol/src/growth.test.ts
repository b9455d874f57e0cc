// What a room sends may have more than a client knows (UN-2, UN-4, UN-5); what a client sends may not.
import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { clientMessageSchemas } from './client-message.js';
import { decodeClientMessage, decodePeerMessage, decodeServerMessage } from './codec.js';
import { clientSamples, serverSamples } from '../../../tests/support/message-samples.js';
import { LIMITS } from './limits.js';
import { isRecord } from './schema.js';
import { serverMessageSchemas } from './server-message.js';

const SEED = 20_261_128;

interface Shape {
  readonly is: string;
  readonly keys?: Readonly<Record<string, Shape>>;
  readonly of?: Shape;
}
type Path = readonly (string | number)[];

/** Where a message has objects that can get keys: not those whose keys are data, such as `meta`. */
function objectsOf(schema: Shape, value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value) && schema.of) {
    const { of } = schema;
    return value.flatMap((item, index) => objectsOf(of, item, [...path, index]));
  }
  if (!isRecord(value) || !schema.keys) return [];
  const { keys } = schema;
  const parts = Object.keys(value).flatMap((key) => {
    const part = keys[key];
    return part ? objectsOf(part, value[key], [...path, key]) : [];
  });
  return [path, ...parts];
}

/** A copy of `message` in which `change` was made to what is at `path`. */
function changed<T>(message: T, path: Path, change: (at: Record<string, unknown>) => void): T {
  const copy = JSON.parse(JSON.stringify(message)) as T;
  let at = copy as Record<string, unknown>;
  for (const step of path) at = at[step] as Record<string, unknown>;
  change(at);
  return copy;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function readServer(message: object): { readonly message: unknown; readonly unknown: number } {
  const decoded = decodeServerMessage(JSON.stringify(message));
  if (!decoded.ok) throw new Error(`refused: ${decoded.fault.detail}`);
  return { message: plain(decoded.message), unknown: decoded.unknown };
}

const newKey = fc
  .oneof(
    fc.constantFrom('constructor', 'toString', 'hasOwnProperty', 'prototype', 'type2', 'x-new'),
    fc.string({ minLength: 1, maxLength: 20 }).map((text) => `new ${text}`),
  )
  .filter((key) => key !== '__proto__');

describe('a protocol that grows', () => {
  it('has a sample of every message, each with every key', () => {
    for (const [samples, schemas] of [
      [serverSamples, serverMessageSchemas],
      [clientSamples, clientMessageSchemas],
    ] as const) {
      const types = new Set(samples.map(({ type }) => type));
      expect([...types].sort()).to.deep.equal(Object.keys(schemas).sort());
    }
    for (const sample of serverSamples) {
      expect(readServer(sample), sample.type).to.deep.equal({ message: plain(sample), unknown: 0 });
    }
    for (const sample of clientSamples) {
      const decoded = decodeClientMessage(JSON.stringify(sample));
      expect(decoded.ok && plain(decoded.message), sample.type).to.deep.equal(plain(sample));
    }
  });

  it(`[UN-2] reads of a room's message what it knows, and counts the rest (seed ${SEED})`, () => {
    for (const sample of serverSamples) {
      const places = objectsOf(serverMessageSchemas[sample.type], sample);
      for (const place of places) {
        fc.assert(
          fc.property(newKey, fc.jsonValue({ maxDepth: 3 }), (key, value) => {
            const grown = changed(sample, place, (at) => Object.assign(at, { [key]: value }));
            expect(readServer(grown), `${sample.type} ${place.join('.')}`).to.deep.equal({
              message: plain(sample),
              unknown: 1,
            });
          }),
          { seed: SEED, numRuns: 20 },
        );
      }
    }
  });

  it('[UN-2] reads what it knows of a message that has grown everywhere, however deep', () => {
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    for (const sample of serverSamples) {
      const places = objectsOf(serverMessageSchemas[sample.type], sample);
      let grown: object = sample;
      for (const place of places) {
        grown = changed(grown, place, (at) => Object.assign(at, { 'brand new': '@' }));
      }
      const frame = JSON.stringify(grown).replaceAll('"@"', deep);
      const decoded = decodeServerMessage(frame);
      expect(decoded.ok && plain(decoded.message), sample.type).to.deep.equal(plain(sample));
      expect(decoded.unknown).to.equal(places.length);
    }
  });

  it('[UN-2] copies no unknown key, and reaches no prototype', () => {
    const decoded = decodeServerMessage(
      '{"type":"done","ref":"r","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(decoded.ok && Object.keys(decoded.message)).to.have.members(['type', 'ref']);
    expect(decoded.ok && Object.getPrototypeOf(decoded.message)).to.equal(null);
    expect(decoded.unknown).to.equal(2);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it(`[UN-2] holds clients to the keys of this version, at every level (seed ${SEED})`, () => {
    for (const sample of clientSamples) {
      for (const place of objectsOf(clientMessageSchemas[sample.type], sample)) {
        fc.assert(
          fc.property(newKey, (key) => {
            const grown = changed(sample, place, (at) => Object.assign(at, { [key]: 1 }));
            const decoded = decodeClientMessage(JSON.stringify(grown));
            expect(!decoded.ok && decoded.fault.code, `${sample.type} ${place.join('.')}`).to.equal(
              'bad-shape',
            );
          }),
          { seed: SEED, numRuns: 20 },
        );
      }
    }
  });

  it('[UN-5] reads a value that it does not know as the nearest that it knows', () => {
    for (const [type, path, value, nearest] of [
      ['welcome', ['you', 'role'], 'presenter', 'speaker'],
      ['welcome', ['peers', 0, 'state'], 'busy', 'active'],
      ['welcome', ['you', 'muted'], ['microphone', 'hologram'], ['microphone']],
      ['welcome', ['you', 'can'], ['record', 'chat'], ['chat']],
      ['welcome', ['chat', 'messages', 0, 'kind'], 'poll', 'text'],
      ['presence', ['changed', 0, 'role'], 'presenter', 'speaker'],
      ['presence', ['changed', 0, 'state'], 'busy', 'active'],
      ['presence', ['left', 0, 'reason'], 'moved', 'left'],
      ['roster', ['peers', 0, 'role'], 'presenter', 'speaker'],
      ['chat.message', ['message', 'kind'], 'poll', 'text'],
      ['chat.page', ['messages', 0, 'kind'], 'poll', 'text'],
      ['notify', ['level'], 'critical', 'info'],
      ['signal', ['sources'], { 0: 'microphone', 1: 'hologram' }, { 0: 'microphone' }],
    ] as const) {
      const sample = serverSamples.find((one) => one.type === type);
      if (!sample) throw new Error(type);
      const last = path.at(-1) ?? '';
      const put = (wanted: unknown) =>
        changed(sample, path.slice(0, -1), (at) => Object.assign(at, { [last]: wanted }));
      const read = readServer(put(value));
      expect(read.message, `${type} ${path.join('.')}`).to.deep.equal(plain(put(nearest)));
      expect(read.unknown, `${type} ${path.join('.')}`).to.equal(1);
    }
  });

  it('[UN-5] keeps an error code that it does not know, with what the room says', () => {
    const error = { type: 'error', code: 'turn-quota', detail: 'Too many relays.', ref: 'r' };
    expect(readServer(error)).to.deep.equal({ message: error, unknown: 1 });
  });

  it('[UN-5] does not take values of another kind for new ones', () => {
    const message = { seq: 1, id: 'a', at: 1, user: 'u', name: 'Ann', kind: 'poll', text: 'x' };
    const refused = (value: object): boolean => !decodeServerMessage(JSON.stringify(value)).ok;
    expect(refused({ type: 'chat.message', message })).to.equal(false);
    // The text is mandatory, whatever the kind.
    expect(refused({ type: 'chat.message', message: { ...message, text: '' } })).to.equal(true);
    expect(refused({ type: 'chat.message', message: { ...message, text: undefined } })).to.equal(
      true,
    );
    expect(refused({ type: 'chat.message', message: { ...message, kind: 7 } })).to.equal(true);
    expect(refused({ type: 'error', code: 7, detail: '' })).to.equal(true);
    const signal = { type: 'signal', from: 'a', epoch: 1, n: 0 };
    expect(refused({ ...signal, description: { type: 'pranswer', sdp: '' } })).to.equal(true);
  });

  it('[UN-5] counts a message of a type that it does not know', () => {
    const decoded = decodeServerMessage('{"type":"weather","sky":{"blue":true}}');
    expect(!decoded.ok && decoded.fault.code).to.equal('unknown-type');
    expect(decoded.unknown).to.equal(1);
  });

  it('[UN-4] cuts a list of 10,000 features, and holds a client to 16 capabilities', () => {
    const features = Array.from({ length: 10_000 }, (_, index) => `feature-${index}`);
    const [welcome] = serverSamples;
    const decoded = decodeServerMessage(JSON.stringify({ ...welcome, features }));
    if (!decoded.ok || decoded.message.type !== 'welcome') throw new Error('refused');
    expect(decoded.message.features).to.deep.equal(features.slice(0, LIMITS.features));
    expect(decoded.unknown).to.equal(1);

    const [hello] = clientSamples;
    for (const [capabilities, code] of [
      [features, 'too-big'],
      [features.map(() => 'f'), 'bad-shape'],
      [features.slice(0, LIMITS.capabilities + 1), 'bad-shape'],
    ] as const) {
      const said = decodeClientMessage(JSON.stringify({ ...hello, capabilities }));
      expect(!said.ok && said.fault.code).to.equal(code);
    }
  });

  it('[UN-4] takes capabilities that no version knows', () => {
    const [hello] = clientSamples;
    const said = decodeClientMessage(JSON.stringify({ ...hello, capabilities: ['', 'x y', '🎉'] }));
    expect(said.ok).to.equal(true);
  });

  it('[LK-2] takes a list of features from a peer, and drops one that is too long', () => {
    const isTaken = (features: unknown): boolean =>
      decodePeerMessage(JSON.stringify({ type: 'features', features })).ok;
    const names = (count: number, name = 'f'): string[] => Array<string>(count).fill(name);
    expect(isTaken([])).to.equal(true);
    expect(isTaken(['files', 'from-the-future'])).to.equal(true);
    expect(isTaken(names(LIMITS.features))).to.equal(true);
    for (const wrong of [
      names(LIMITS.features + 1),
      names(10_000),
      names(1, 'f'.repeat(LIMITS.featureLength + 1)),
      [7],
      'files',
      undefined,
    ]) {
      expect(isTaken(wrong), JSON.stringify(wrong)?.slice(0, 40)).to.equal(false);
    }
    // Between peers nothing is sent that was not announced, so what is unknown is dropped.
    expect(decodePeerMessage('{"type":"file","name":"x"}').ok).to.equal(false);
    expect(decodePeerMessage('{"type":"bye","because":"tired"}').ok).to.equal(false);
  });

  it('[EN-4] refuses the hello of another version as such, whatever else it says', () => {
    const [hello] = clientSamples;
    for (const protocol of [0, 2, 3, Number.MAX_SAFE_INTEGER]) {
      for (const body of [hello, { ...hello, media: 'all' }, { type: 'hello', tongue: 'new' }]) {
        const said = decodeClientMessage(JSON.stringify({ ...body, protocol }));
        expect(!said.ok && said.fault.code, String(protocol)).to.equal('bad-version');
      }
    }
    for (const protocol of ['2', null, -1, 1.5, undefined]) {
      const said = decodeClientMessage(JSON.stringify({ ...hello, protocol }));
      expect(!said.ok && said.fault.code, String(protocol)).to.equal('bad-shape');
    }
  });
});
