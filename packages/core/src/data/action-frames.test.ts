import { expect } from '@esm-bundle/chai';

import { bytesOf, fromBase64, packFrame, readActionFrame, toBase64 } from './action-frames.js';
import { checkPayload } from './check-payload.js';
import { readPayload } from './payload.js';

/** What arrives of `data`, on every way that a frame can go. */
function arrivals(data: unknown): readonly unknown[] {
  const frame = packFrame({ action: 'a', request: 3 }, readPayload(data));
  const ways = [frame, bytesOf(frame), fromBase64(toBase64(bytesOf(frame)))];
  return ways.map((way) => {
    const message = readActionFrame(way);
    expect(message).to.include({ type: 'call', action: 'a', request: 3 });
    return message?.type === 'call' ? message.data : null;
  });
}

const json = (value: object): string => JSON.stringify(value);

describe('action frames', () => {
  for (const data of [
    undefined,
    null,
    0,
    'text with "quotes", ü and 😀',
    [1, { a: [true] }],
    { nested: { deep: [] } },
    new Uint8Array([1, 2, 255]),
    new Float64Array([0.5, -1]),
    new BigInt64Array([-1n]),
    new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3),
    new ArrayBuffer(0),
    new DataView(new Uint8Array([9, 8]).buffer),
  ]) {
    const what = Object.prototype.toString.call(data).slice(8, -1);
    it(`[DA-3] bring back what was packed: ${what} ${String(data)}`, () => {
      for (const arrived of arrivals(data)) {
        expect(Object.prototype.toString.call(arrived)).to.equal(`[object ${what}]`);
        if (ArrayBuffer.isView(data) && ArrayBuffer.isView(arrived)) {
          const bytes = (view: ArrayBufferView): number[] => [
            ...new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
          ];
          expect(bytes(arrived)).to.deep.equal(bytes(data));
        } else expect(arrived).to.deep.equal(data);
      }
    });
  }

  it('[DA-3] leave out a key `__proto__`, however it is written', () => {
    for (const key of ['__proto__', '\\u005f_proto__', '\\u005F\\u005Fproto\\u005f\\u005f']) {
      const text = `{"action":"a","data":{"x":1,"${key}":{"isAdmin":true},"y":[{"${key}":1}]}}`;
      const message = readActionFrame(text);
      const data = message?.type === 'call' ? (message.data as object) : {};
      expect(json(data)).to.equal('{"x":1,"y":[{}]}');
      expect('isAdmin' in Object.assign({}, data)).to.equal(false);
    }
  });

  const head = (length: number, text: string): Uint8Array => {
    const bytes = new TextEncoder().encode(text);
    const frame = new Uint8Array(5 + bytes.byteLength);
    frame[0] = 1;
    new DataView(frame.buffer).setUint32(1, length);
    frame.set(bytes, 5);
    return frame;
  };
  const typed = (binary: string): string => json({ action: 'a', binary });
  for (const [what, frame] of [
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '1'],
    ['neither an action nor a reply', json({ data: 1 })],
    ['both', json({ action: 'a', reply: 1 })],
    ['a name of 10 KB', json({ action: 'x'.repeat(10_240) })],
    ['an empty name', json({ action: '' })],
    ['a name with spaces', json({ action: 'no name' })],
    ['a name that is a list', json({ action: ['a'] })],
    ['a request that is text', json({ action: 'a', request: '1' })],
    ['a request below 0', json({ action: 'a', request: -1 })],
    ['a reply that is a fraction', json({ reply: 0.5 })],
    ['an error without words', json({ reply: 1, error: { code: 'failed' } })],
    ['an error that is a text', json({ reply: 1, error: 'failed' })],
    ['no bytes', new Uint8Array()],
    ['bytes of an unknown kind', new Uint8Array([9, 1, 2])],
    ['text that is not UTF-8', new Uint8Array([0, 0xff, 0xfe])],
    ['a header that is cut', new Uint8Array([1, 0, 0])],
    ['a header longer than the frame', head(1_000, typed('Uint8Array'))],
    ['a header of 4 GiB', head(0xffff_ffff, typed('Uint8Array'))],
    ['an unknown type', head(typed('Object').length, typed('Object'))],
    ['no type', head(json({ action: 'a' }).length, json({ action: 'a' }))],
    ['half an element', head(typed('Uint16Array').length, `${typed('Uint16Array')}x`)],
  ] as const) {
    it(`[DA-3] are none if they have ${what}`, () => {
      expect(readActionFrame(frame)).to.equal(null);
    });
  }

  it('[DA-3] shorten the words of an error, and read an unknown code as a failure', () => {
    const error = { code: 'later', message: 'x'.repeat(10_000) };
    const message = readActionFrame(json({ reply: 1, error }));
    expect(message).to.include({ type: 'fault', code: 'failed' });
    expect(message?.type === 'fault' && message.message.length).to.equal(1_000);
  });
});

describe('what a page sends', () => {
  it('is read at once, so that later changes do not count', () => {
    const bytes = new Uint8Array([1]);
    const payload = readPayload(bytes);
    bytes[0] = 2;
    expect(payload.bytes?.[0]).to.equal(1);
  });

  const circle: unknown[] = [];
  circle.push(circle);
  for (const [what, data, code] of [
    ['a function', () => 1, 'bad-argument'],
    ['a symbol', Symbol('s'), 'bad-argument'],
    ['a bigint', 1n, 'bad-argument'],
    ['a circle', circle, 'bad-argument'],
    ['more than 16 MiB', new ArrayBuffer(16_777_217), 'message-too-large'],
    ['a text of more than 16 MiB', 'x'.repeat(16_777_216), 'message-too-large'],
  ] as const) {
    it(`is refused if it is ${what}`, () => {
      expect(() => checkPayload(readPayload(data)))
        .to.throw()
        .with.property('code', code);
    });
  }
});
