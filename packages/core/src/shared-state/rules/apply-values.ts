// The shared values as a pure value (ST-1).
import type { StateEntry, StateMessage } from '@rtc-elements/protocol';

import { isSame } from '../../state/patch.js';
import type { RoomState } from '../../state/room-state.js';

type Values = RoomState['sharedState'];

/** The values after `message`, and what is new in them; the same object when nothing is. */
export function applyValues(
  before: Values,
  { entries, all }: StateMessage,
): { readonly after: Values; readonly news: readonly StateEntry[] } {
  const told = new Map(entries.map((entry) => [entry.key, entry]));
  if (all) {
    // What is not there any more was taken away while we did not listen; by whom, nobody says.
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
