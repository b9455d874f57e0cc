// The state of a room: values of record under compare-and-set (ST-1).
import { type Fault, LIMITS, type StateEntry, type StateSetMessage } from '@rtc-elements/protocol';

export interface RoomStateBook {
  readonly entries: ReadonlyMap<string, StateEntry>;
  /** How many changes there were. */
  readonly rev: number;
}

export const EMPTY_STATE: RoomStateBook = { entries: new Map(), rev: 0 };

export type StateChange =
  | { readonly ok: true; readonly book: RoomStateBook; readonly entry: StateEntry }
  | { readonly ok: false; readonly fault: Fault };

/** The state once `set` is carried out, or why it is not. */
export function setState(book: RoomStateBook, set: StateSetMessage, by: string): StateChange {
  const { key, ref, value, rev } = set;
  const present = book.entries.get(key);
  if (rev !== undefined && rev !== (present?.rev ?? 0)) {
    return refuse('conflict', 'the value is of another revision', ref);
  }
  if (value !== null && !present && book.entries.size >= LIMITS.stateKeys) {
    return refuse('forbidden', `a room has at most ${LIMITS.stateKeys} keys`, ref);
  }
  const entry: StateEntry = { key, value, rev: book.rev + 1, by };
  const entries = new Map(book.entries);
  if (value === null) entries.delete(key);
  else entries.set(key, entry);
  return { ok: true, book: { entries, rev: entry.rev }, entry };
}

/** What is under `key` now, for whoever lost a race. */
export const presentEntry = (book: RoomStateBook, key: string): StateEntry =>
  book.entries.get(key) ?? { key, value: null, rev: 0, by: 'nobody' };

const refuse = (code: Fault['code'], detail: string, ref: string): StateChange => ({
  ok: false,
  fault: { code, detail, ref },
});
