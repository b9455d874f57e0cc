import { ID_BYTES, toHex } from './rules/frames.js';

/** 128 random bits, in hexadecimal digits. */
export const randomId = (): string => toHex(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
