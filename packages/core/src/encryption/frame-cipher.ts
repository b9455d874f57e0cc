/** Encrypts and decrypts single frames, with AES-GCM. */
import {
  type FrameFacts,
  headerBytes,
  IV_BYTES,
  joinFrame,
  splitFrame,
} from './rules/frame-format.js';

/** Keys as the worker gets them. */
export interface CipherKeys {
  readonly keys: ReadonlyMap<number, CryptoKey>;
  /** The index of the key to encrypt with. */
  readonly sendWith: number;
}

/** Why a frame is dropped. */
export type DropReason = 'codec' | 'key' | 'damaged';

export class FrameCipher {
  #keys: CipherKeys = { keys: new Map(), sendWith: 0 };

  setKeys(keys: CipherKeys): void {
    this.#keys = keys;
  }

  /** The encrypted frame, or why there is none. */
  async encrypt(data: ArrayBuffer, facts: FrameFacts): Promise<ArrayBuffer | DropReason> {
    const { keys, sendWith: keyIndex } = this.#keys;
    const key = keys.get(keyIndex);
    const clear = headerBytes(facts);
    if (clear === null) return 'codec';
    if (!key) return 'key';
    const frame = new Uint8Array(data);
    const header = frame.subarray(0, clear);
    // Random, because several senders share the key: 2^32 frames are allowed (NIST SP 800-38D, section
    // 8.3), which is eleven days of a call of eight.
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const encrypted = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: header },
      key,
      frame.subarray(clear),
    );
    return joinFrame({ header, encrypted: new Uint8Array(encrypted), iv, keyIndex }).buffer;
  }

  /** The frame as it was before it was encrypted, or why it cannot be had. */
  async decrypt(data: ArrayBuffer, facts: FrameFacts): Promise<ArrayBuffer | DropReason> {
    const clear = headerBytes(facts);
    if (clear === null) return 'codec';
    const parts = splitFrame(new Uint8Array(data), clear);
    const key = parts && this.#keys.keys.get(parts.keyIndex);
    if (!key) return 'key';
    const { header, encrypted, iv } = parts;
    try {
      const rest = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData: header },
        key,
        encrypted,
      );
      const frame = new Uint8Array(header.length + rest.byteLength);
      frame.set(header);
      frame.set(new Uint8Array(rest), header.length);
      return frame.buffer;
    } catch {
      return 'damaged';
    }
  }
}
