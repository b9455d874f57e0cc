// What a message about shared values makes of those we hold (ST-1).
import type { StateEntry } from '@rtc-elements/protocol';

import { isSame } from '../../state/patch.js';
import type { RoomState } from '../../state/room-state.js';

type Values = RoomState['sharedState'];

/** The values afterwards, the same object when nothing is new, and what is new in them. */
export function applyValues(
  before: Values,
  { entries, all }: { readonly entries: readonly StateEntry[]; readonly all?: true },
): { readonly after: Values; readonly news: readonly StateEntry[] } {
  const told = new Map(entries.map((entry) => [entry.key, entry]));
  if (all) {
    // A value that is missing was taken away while we were out of reach; nobody says by whom.
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
