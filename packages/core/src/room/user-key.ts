// The secret by which a browser stays the same person in open rooms (`hello.key`).
import { createId, KEY_PATTERN } from '@rtc-elements/protocol';

const STORAGE_KEY = 'rtc-elements:key';

/** For where storage is refused: the same person until the page goes. */
let remembered: string | null = null;

/** The stored secret, made on first use. Never throws. */
export function getUserKey(): string {
  const key = readKey() ?? remembered ?? createId();
  remembered = key;
  return key;
}

function readKey(): string | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    if (stored !== null && KEY_PATTERN.test(stored)) return stored;
    const key = remembered ?? createId();
    localStorage.setItem(STORAGE_KEY, key);
    return key;
  } catch {
    return null;
  }
}
