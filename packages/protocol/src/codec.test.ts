import { expect } from '@esm-bundle/chai';

import { decodeClientMessage, decodePeerMessage, decodeServerMessage, encode } from './codec.js';
import type { FaultCode } from './faults.js';
import { LIMITS } from './limits.js';
import { decodeIceServers, decodeNoticeRequest } from './value-codec.js';

const hello = {
  type: 'hello',
  protocol: 1,
  name: 'Ann',
  key: 'k'.repeat(21),
  call: true,
  media: { microphone: true, camera: false, screen: false },
} as const;

const codeOf = (value: unknown): FaultCode | 'ok' => {
  const decoded = decodeClientMessage(typeof value === 'string' ? value : JSON.stringify(value));
  return decoded.ok ? 'ok' : decoded.fault.code;
};

describe('the codec', () => {
  it('reads what it wrote', () => {
    const decoded = decodeClientMessage(encode(hello));
    expect(decoded.ok && encode(decoded.message)).to.equal(encode(hello));
  });

  it('[UN-1] refuses what is no message, with the code that says why, and never throws', () => {
    const binary = decodeClientMessage(new ArrayBuffer(3));
    expect(!binary.ok && binary.fault.code).to.equal('binary');
    expect(codeOf('{')).to.equal('not-json');
    expect(codeOf('null')).to.equal('not-json');
    expect(codeOf('[]')).to.equal('not-json');
    expect(codeOf({ type: 7 })).to.equal('not-json');
    expect(codeOf({ type: 'toString' })).to.equal('unknown-type');
    expect(codeOf({ type: 'typing', on: 'yes' })).to.equal('bad-shape');
    expect(codeOf({ type: 'typing', on: true, to: 'x' })).to.equal('bad-shape');
  });

  it('[LI-1] takes a frame of 64 KiB, counted in UTF-8, and not one byte more', () => {
    const frameOf = (bytes: number, unit: string): string => {
      const shell = '{"type":"x","y":""}';
      const size = new TextEncoder().encode(unit).length;
      const count = Math.floor((bytes - shell.length) / size);
      const rest = bytes - shell.length - count * size;
      return `{"type":"x","y":"${unit.repeat(count)}${'.'.repeat(rest)}"}`;
    };
    for (const unit of ['x', 'é', '漢', '\u{1F600}']) {
      expect(codeOf(frameOf(LIMITS.frameBytes, unit)), unit).to.equal('unknown-type');
      expect(codeOf(frameOf(LIMITS.frameBytes + 1, unit)), unit).to.equal('too-big');
    }
  });

  it('[LI-1] takes 8 levels of JSON, and not one more', () => {
    // The frame itself is the first level.
    const nested = (levels: number): string =>
      `{"type":"x","y":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(codeOf(nested(LIMITS.jsonDepth))).to.equal('unknown-type');
    expect(codeOf(nested(LIMITS.jsonDepth + 1))).to.equal('too-deep');
    expect(codeOf(nested(20_000))).to.equal('too-deep');
  });

  it('[LI-1] holds every field of hello to its limit', () => {
    const offer = { description: { type: 'offer', sdp: 'v=0' }, sources: { '0': 'camera' } };
    expect(codeOf({ ...hello, offers: [offer, offer], meta: { a: 1, b: null } })).to.equal('ok');
    for (const wrong of [
      { offers: [offer, offer, offer] },
      { offers: [{ ...offer, sources: { '0': 'kitchen' } }] },
      { name: 'x'.repeat(LIMITS.nameLength + 1) },
      { name: '' },
      { key: 'short' },
      { meta: { a: 'x'.repeat(LIMITS.metaBytes) } },
      { meta: { a: { b: 1 } } },
      { media: { microphone: true, camera: true } },
      { resume: 'not an id' },
      { lastSeq: -1 },
      { lastSeq: 1.5 },
      { capabilities: Array.from({ length: 17 }, () => 'x') },
      { protocol: '1' },
    ]) {
      expect(codeOf({ ...hello, ...wrong }), JSON.stringify(wrong).slice(0, 60)).to.equal(
        'bad-shape',
      );
    }
  });

  it('[LI-1] holds every field of a signal to its limit', () => {
    const signal = { type: 'signal', to: 'peer', epoch: 1, n: 0 };
    const candidate = { candidate: 'c', sdpMid: null, sdpMLineIndex: 0, usernameFragment: 'u' };
    expect(codeOf({ ...signal, candidates: [candidate], decline: true })).to.equal('ok');
    for (const wrong of [
      { description: { type: 'rollback', sdp: '' } },
      { description: { type: 'offer', sdp: 'x'.repeat(LIMITS.sdpLength + 1) } },
      { candidates: Array.from({ length: 65 }, () => candidate) },
      { candidates: [{ candidate: 'x'.repeat(LIMITS.candidateLength + 1) }] },
      { decline: false },
      { epoch: -1 },
      { n: Number.MAX_SAFE_INTEGER + 1 },
    ]) {
      expect(codeOf({ ...signal, ...wrong }), JSON.stringify(wrong).slice(0, 60)).to.equal(
        'bad-shape',
      );
    }
  });

  it('[CH-3] takes 4,000 code points of text, and no control characters but newline and tab', () => {
    const send = (text: string) => codeOf({ type: 'chat.send', id: 'x', text });
    expect(send('\u{1F600}'.repeat(LIMITS.textLength))).to.equal('ok');
    expect(send('two\nlines\tand a tab')).to.equal('ok');
    expect(send('\u{1F600}'.repeat(LIMITS.textLength + 1))).to.equal('bad-shape');
    for (const text of ['', 'bell \u0007', 'return\r', 'c1 \u0085', 'lone \ud800']) {
      expect(send(text), JSON.stringify(text)).to.equal('bad-shape');
    }
  });

  it('[TX-2] takes nothing that shows nothing from a client, and all of it from a room', () => {
    for (const blank of [
      '\u200B',
      '\u2060',
      '\u3164',
      '\u115F',
      '\u2800',
      '\u{E0041}',
      '\u200D',
      '\u061C',
    ]) {
      const frames = [
        { type: 'presence.set', name: blank },
        { type: 'chat.send', id: 'x', text: blank },
        { type: 'chat.edit', ref: 'x', seq: 1, text: blank },
        { type: 'chat.react', ref: 'x', seq: 1, emoji: blank, on: true },
      ];
      for (const frame of frames)
        expect(codeOf(frame), JSON.stringify(frame)).to.equal('bad-shape');
      const said = { seq: 1, id: 'x', at: 1, user: 'u', name: blank, kind: 'text', text: blank };
      const message = { ...said, reactions: { [blank]: ['u'] } };
      const heard = [
        { type: 'chat.message', message },
        { type: 'presence', seq: 1, changed: [{ session: 's', name: blank }] },
        { type: 'notify', id: 'n', at: 1, title: blank, body: blank, level: 'info' },
      ];
      for (const frame of heard)
        expect(decodeServerMessage(JSON.stringify(frame)).ok).to.equal(true);
      expect(decodeNoticeRequest(JSON.stringify({ title: blank })).ok).to.equal(false);
    }
  });

  it('[UN-1] asks a rule only of what has the right parts', () => {
    for (const action of [7, null, 'constructor', 'fly']) {
      expect(codeOf({ type: 'moderate', ref: 'r', action })).to.equal('bad-shape');
    }
    for (const message of [{}, { text: null }, { deleted: 1 }]) {
      const decoded = decodeServerMessage(JSON.stringify({ type: 'chat.message', message }));
      expect(decoded.ok).to.equal(false);
    }
  });

  it('[MO-2] [MO-4] takes of each action the keys it needs, and no others', () => {
    const base = { type: 'moderate', ref: 'r' };
    for (const fields of [
      { action: 'mute', session: 'x', source: 'camera' },
      { action: 'lower-hand', session: 'x' },
      { action: 'role', session: 'x', role: 'listener' },
      { action: 'remove', session: 'x' },
      { action: 'ban', user: 'x' },
      { action: 'unban', user: 'x' },
      { action: 'lock', on: false },
      { action: 'admit', session: 'x' },
      { action: 'deny', session: 'x' },
      { action: 'close' },
    ]) {
      expect(codeOf({ ...base, ...fields }), fields.action).to.equal('ok');
      expect(codeOf({ ...base, ...fields, more: 1 }), fields.action).to.equal('bad-shape');
      expect(codeOf({ type: 'moderate', ...fields }), fields.action).to.equal('bad-shape');
      for (const key of Object.keys(fields)) {
        expect(codeOf({ ...base, ...fields, [key]: undefined }), fields.action).to.equal(
          'bad-shape',
        );
      }
    }
    expect(codeOf({ ...base, action: 'close' })).to.equal('ok');
    expect(codeOf({ ...base, action: 'close', session: 'x' })).to.equal('bad-shape');
    expect(codeOf({ ...base, action: 'role', session: 'x', role: 'host' })).to.equal('ok');
    expect(codeOf({ ...base, action: 'role', session: 'x' })).to.equal('bad-shape');
    expect(codeOf({ ...base, action: 'lock', on: true, user: 'x' })).to.equal('bad-shape');
  });

  it('[UN-2] gives messages without a prototype, whatever keys they have', () => {
    const decoded = decodeClientMessage(
      '{"type":"presence.set","meta":{"constructor":1},"media":{"microphone":true,"camera":true,"screen":true}}',
    );
    if (!decoded.ok || decoded.message.type !== 'presence.set') throw new Error('refused');
    expect(Object.getPrototypeOf(decoded.message)).to.equal(null);
    expect(Object.getPrototypeOf(decoded.message.media)).to.equal(null);
    expect(Object.keys(decoded.message.meta ?? {})).to.deep.equal(['constructor']);
    expect(codeOf('{"type":"presence.set","meta":{"__proto__":1}}')).to.equal('bad-shape');
    expect(({} as Record<string, unknown>)['microphone']).to.equal(undefined);
  });

  it('[UN-1] names the id or ref of what it refuses, where it can be one', () => {
    const refOf = (value: object): string | undefined => {
      const decoded = decodeClientMessage(JSON.stringify(value));
      return decoded.ok ? undefined : decoded.fault.ref;
    };
    expect(refOf({ type: 'chat.send', id: 'mine', text: '' })).to.equal('mine');
    expect(refOf({ type: 'chat.history', ref: 'r1', limit: 0 })).to.equal('r1');
    expect(refOf({ type: 'chat.send', id: 'not an id', text: '' })).to.equal(undefined);
    expect(refOf({ type: 'nonsense', id: { a: 1 } })).to.equal(undefined);
  });

  it('does not hold the room to the frame limit', () => {
    const text = 'x'.repeat(LIMITS.textLength);
    const message = { seq: 1, id: 'a', at: 1, user: 'u', name: 'Ann', kind: 'text', text } as const;
    const messages = Array.from({ length: 50 }, (_, index) => ({ ...message, seq: index + 1 }));
    const frame = encode({ type: 'chat.page', ref: 'r', messages, more: false });
    expect(frame.length).to.be.above(LIMITS.frameBytes);
    expect(decodeServerMessage(frame).ok).to.equal(true);
  });

  it('reads ICE servers from text or value, and says what is wrong', () => {
    const servers = [{ urls: ['stun:stun.example.com:3478'] }];
    for (const data of [servers, JSON.stringify(servers)]) {
      const decoded = decodeIceServers(data);
      expect(decoded.ok && JSON.stringify(decoded.message)).to.equal(JSON.stringify(servers));
    }
    for (const data of ['', '{}', '[{"urls":"stun:x"}]', '[{"url":["stun:x"]}]', 7]) {
      const decoded = decodeIceServers(data);
      expect(decoded.ok, JSON.stringify(data)).to.equal(false);
    }
    const long = decodeIceServers([{ urls: Array<string>(20).fill('s'.repeat(500)) }]);
    expect(!long.ok && long.fault.code, 'they would not fit a welcome').to.equal('too-big');
  });

  it('[LK-1] takes a layout of what fits a screen, and nothing else', () => {
    const size = { width: 640, height: 480 };
    const told = (camera: unknown) =>
      decodePeerMessage(JSON.stringify({ type: 'layout', camera })).ok;
    expect(told(size)).to.equal(true);
    expect(told({ width: 0, height: 0 })).to.equal(true);
    expect(decodePeerMessage('{"type":"layout"}').ok).to.equal(true);
    for (const camera of [
      { width: 10_000, height: 10_000 },
      { width: -1, height: 480 },
      { width: 640.5, height: 480 },
      { width: '640', height: 480 },
      { width: 640 },
      null,
    ]) {
      expect(told(camera), JSON.stringify(camera)).to.equal(false);
    }
  });
});
