// The secret that identifies a browser, or one tab of it, as the same person in open rooms (`hello.key`).
import { createId, KEY_PATTERN } from '@rtc-elements/protocol';

import type { RoomOptions } from '../api/options.js';

const STORAGE_KEY = 'rtc-elements:key';

/** Fallback if storage is unavailable: keeps the same person until the page is closed. */
let remembered: string | null = null;

/** On `globalThis`, so that all bundles on a page are one tab. */
const TAB = Symbol.for('rtc-elements.tab-key');
const page = globalThis as { [TAB]?: string };

/** Returns the secret of this browser or tab, which is created on first use. Never throws. */
export function getUserKey(identity?: RoomOptions['identity']): string {
  if (identity === 'tab') return (page[TAB] ??= takeTabKey());
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

/**
 * The key that the tab had before it was reloaded, or a new one. A browser that duplicates a tab copies its storage, so
 * the key is there only from when a page goes until the next one comes.
 */
function takeTabKey(): string {
  const stored = useTabStorage((storage) => storage.getItem(STORAGE_KEY)) ?? '';
  const key = KEY_PATTERN.test(stored) ? stored : createId();
  const take = (): unknown => useTabStorage((storage) => storage.removeItem(STORAGE_KEY));
  take();
  globalThis.addEventListener?.('pagehide', () => {
    useTabStorage((storage) => storage.setItem(STORAGE_KEY, key));
  });
  globalThis.addEventListener?.('pageshow', take);
  return key;
}

function useTabStorage<T>(task: (storage: Storage) => T): T | null {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
}
