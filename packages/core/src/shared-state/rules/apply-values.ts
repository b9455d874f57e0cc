// Applies a message about shared values to the values we hold (ST-1).
import type { StateEntry } from '@rtc-elements/protocol';

import { isSame } from '../../state/patch.js';
import type { RoomState } from '../../state/room-state.js';

type Values = RoomState['sharedState'];

/**
 * Returns the new values, which are the same object if nothing changed, and the entries that changed. A
 * deleted entry has the value `null`. With `all`, `entries` is the complete list.
 */
export function applyValues(
  before: Values,
  { entries, all }: { readonly entries: readonly StateEntry[]; readonly all?: true },
): { readonly after: Values; readonly news: readonly StateEntry[] } {
  const told = new Map(entries.map((entry) => [entry.key, entry]));
  if (all) {
    // A missing value was deleted while we were disconnected; the room does not say by whom.
    for (const [key, entry] of Object.entries(before)) {
      if (!told.has(key)) told.set(key, { ...entry, value: null });
    }
  }
  const after = Object.assign(Object.create(null) as Record<string, StateEntry>, before);
  const news: StateEntry[] = [];
  for (const [key, entry] of told) {
    if (entry.value === null ? !(key in before) : isSame(before[key], entry)) continue;
    news.push(entry);
    if (entry.value === null) Reflect.deleteProperty(after, key);
    else after[key] = entry;
  }
  return { after: news.length > 0 ? after : before, news };
}
