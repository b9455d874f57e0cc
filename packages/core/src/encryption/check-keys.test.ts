import { expect } from '@esm-bundle/chai';

import type { EncryptionKeys } from '../api/room-api.js';
import { RtcError } from '../state/errors.js';
import { checkKeys } from './check-keys.js';

const makeKey = (algorithm: AesKeyGenParams, ...usages: KeyUsage[]): Promise<CryptoKey> =>
  crypto.subtle.generateKey(algorithm, false, usages);

function codeOf(keys: unknown): string {
  try {
    checkKeys(keys as EncryptionKeys);
    return 'none';
  } catch (error) {
    return error instanceof RtcError ? error.code : String(error);
  }
}

describe('keys for a call', () => {
  it('are refused with a typed error unless every frame can be encrypted with them', async () => {
    const gcm = { name: 'AES-GCM', length: 128 };
    const key = await makeKey(gcm, 'encrypt', 'decrypt');
    const oneWay = await makeKey(gcm, 'encrypt');
    const cbc = await makeKey({ name: 'AES-CBC', length: 128 }, 'encrypt', 'decrypt');
    const many = new Map(Array.from({ length: 17 }, (_, at) => [at, key]));
    const table: readonly (readonly [string, unknown, string])[] = [
      ['one', { keys: new Map([[0, key]]), sendWith: 0 }, 'none'],
      ['the last index', { keys: new Map([[15, key]]), sendWith: 15 }, 'none'],
      ['no key', { keys: new Map(), sendWith: 0 }, 'encryption-failed'],
      ['no map', { keys: { 0: key }, sendWith: 0 }, 'encryption-failed'],
      ['nothing', {}, 'encryption-failed'],
      ['too many', { keys: many, sendWith: 0 }, 'encryption-failed'],
      ['an index too high', { keys: new Map([[16, key]]), sendWith: 16 }, 'encryption-failed'],
      ['half an index', { keys: new Map([[0.5, key]]), sendWith: 0.5 }, 'encryption-failed'],
      ['a word', { keys: new Map([[0, 'secret']]), sendWith: 0 }, 'encryption-failed'],
      ['one way only', { keys: new Map([[0, oneWay]]), sendWith: 0 }, 'encryption-failed'],
      ['another cipher', { keys: new Map([[0, cbc]]), sendWith: 0 }, 'encryption-failed'],
      ['another index', { keys: new Map([[0, key]]), sendWith: 1 }, 'encryption-failed'],
    ];
    for (const [name, keys, code] of table) expect(codeOf(keys), name).to.equal(code);
  });
});
