import { RtcError } from '../state/errors.js';
import type { EncryptionKeys } from '../api/room-api.js';

/** Key indexes are one byte of a frame; sixteen are enough to change keys without a gap. */
const MAX_KEYS = 16;

/** @throws RtcError `encryption-failed` unless frames can be encrypted and decrypted with these keys. */
export function checkKeys({ keys, sendWith }: EncryptionKeys): void {
  if (!(keys instanceof Map) || keys.size === 0 || keys.size > MAX_KEYS) {
    throw keysError(`give a Map of 1 to ${MAX_KEYS} keys by index`);
  }
  for (const [index, key] of keys as ReadonlyMap<unknown, unknown>) {
    if (!Number.isInteger(index) || !(Number(index) >= 0 && Number(index) < MAX_KEYS)) {
      throw keysError(`an index is a whole number from 0 to ${MAX_KEYS - 1}`);
    }
    if (!isUsable(key)) {
      throw keysError('each is a CryptoKey for AES-GCM that may be used to encrypt and decrypt');
    }
  }
  if (!keys.has(sendWith)) throw keysError('"sendWith" is the index of one of them');
}

const isUsable = (key: unknown): boolean =>
  key instanceof CryptoKey &&
  key.algorithm.name === 'AES-GCM' &&
  key.usages.includes('encrypt') &&
  key.usages.includes('decrypt');

const keysError = (what: string): RtcError =>
  new RtcError('encryption-failed', `These keys cannot be used: ${what}.`);
