/**
 * The memory of parts, used again and again. What a page lets go, a browser gives back only once it collects garbage:
 * Chromium lets 50 MB pile up before it does, and each document that is replaced brings a pile of its own.
 */
import { FILE_PART_BYTES } from './rules/limits.js';

/** As many as are let go at a time; what is more is left to the browser. */
const MOST_KEPT = 4;

const kept: ArrayBuffer[] = [];

/** What is in it is what was there before. */
export function takePartBuffer(length: number): Uint8Array<ArrayBuffer> {
  const buffer = length === FILE_PART_BYTES ? kept.pop() : undefined;
  return new Uint8Array(buffer ?? new ArrayBuffer(length));
}

/** Nobody may use its bytes afterwards. */
export function givePartBuffer({ buffer }: Uint8Array<ArrayBuffer>): void {
  if (buffer.byteLength !== FILE_PART_BYTES || kept.includes(buffer)) return;
  if (kept.length < MOST_KEPT) kept.push(buffer);
}
