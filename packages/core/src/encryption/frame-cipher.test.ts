import { expect } from '@esm-bundle/chai';

import { FrameCipher } from './frame-cipher.js';
import type { FrameFacts } from './rules/frame-format.js';

const PICTURE: FrameFacts = { kind: 'video', mimeType: 'video/VP8', isKeyFrame: true };
const VOICE: FrameFacts = { kind: 'audio', mimeType: 'audio/opus', isKeyFrame: false };

const makeKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

const frameOf = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, at) => at % 251);

async function cipherOf(...keys: readonly CryptoKey[]): Promise<FrameCipher> {
  const cipher = new FrameCipher();
  cipher.setKeys({ keys: new Map(keys.entries()), sendWith: keys.length - 1 });
  return cipher;
}

/** @throws if it was dropped. */
function bytesOf(result: ArrayBuffer | string): Uint8Array<ArrayBuffer> {
  if (typeof result === 'string') throw new Error(result);
  return new Uint8Array(result);
}

describe('the cipher of frames', () => {
  it('brings back every frame, and shows nothing of it but its header', async () => {
    const cipher = await cipherOf(await makeKey());
    for (const facts of [PICTURE, VOICE]) {
      for (const length of [1, 9, 10, 11, 1_000, 60_000]) {
        const frame = frameOf(length);
        const sent = bytesOf(await cipher.encrypt(frame.slice().buffer, facts));
        const header = Math.min(length, facts === PICTURE ? 10 : 1);
        expect(sent.subarray(0, header)).to.deep.equal(frame.subarray(0, header));
        const rest = frame.subarray(header, header + 16);
        if (rest.length === 16) expect(sent.subarray(header, header + 16)).not.to.deep.equal(rest);
        expect(bytesOf(await cipher.decrypt(sent.buffer, facts))).to.deep.equal(frame);
      }
    }
  });

  it('never encrypts two frames alike', async () => {
    const cipher = await cipherOf(await makeKey());
    const one = bytesOf(await cipher.encrypt(frameOf(100).buffer, VOICE));
    const other = bytesOf(await cipher.encrypt(frameOf(100).buffer, VOICE));
    expect(one).not.to.deep.equal(other);
  });

  it('takes no frame of which one bit was changed, wherever', async () => {
    const cipher = await cipherOf(await makeKey());
    const sent = bytesOf(await cipher.encrypt(frameOf(40).buffer, PICTURE));
    for (let at = 0; at < sent.length; at += 1) {
      const changed = sent.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const result = await cipher.decrypt(changed.buffer, PICTURE);
      expect(result, `byte ${at}`).to.equal(at === sent.length - 1 ? 'key' : 'damaged');
    }
  });

  it('reads frames of every key it has, and sends with one', async () => {
    const [first, second] = [await makeKey(), await makeKey()];
    const before = await cipherOf(first);
    const both = await cipherOf(first, second);
    const frame = frameOf(50);
    const old = bytesOf(await before.encrypt(frame.slice().buffer, VOICE));
    expect(bytesOf(await both.decrypt(old.buffer, VOICE))).to.deep.equal(frame);
    const fresh = bytesOf(await both.encrypt(frame.slice().buffer, VOICE));
    expect(await before.decrypt(fresh.buffer, VOICE)).to.equal('key');
    expect(await (await cipherOf(second)).decrypt(old.buffer, VOICE)).to.equal('damaged');
  });

  it('drops what is not encrypted, what is too short, and what it has no key or codec for', async () => {
    const cipher = await cipherOf(await makeKey());
    expect(await cipher.decrypt(frameOf(5).buffer, VOICE)).to.equal('key');
    expect(await cipher.decrypt(new ArrayBuffer(100), VOICE)).to.equal('damaged');
    const h264 = { ...PICTURE, mimeType: 'video/H264' };
    expect(await cipher.encrypt(frameOf(50).buffer, h264)).to.equal('codec');
    expect(await cipher.decrypt(frameOf(50).buffer, h264)).to.equal('codec');
    expect(await new FrameCipher().encrypt(frameOf(50).buffer, VOICE)).to.equal('key');
  });
});
