// The secret that identifies a browser as the same person in open rooms (`hello.key`).
import { createId, KEY_PATTERN } from '@rtc-elements/protocol';

const STORAGE_KEY = 'rtc-elements:key';

/** Fallback if storage is unavailable: keeps the same person until the page is closed. */
let remembered: string | null = null;

/** Returns the stored secret, which is created on first use. Never throws. */
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
