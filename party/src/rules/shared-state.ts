// The state that everybody in a room shares: values of record, set by compare-and-set (ST-1).
import { type Fault, LIMITS, type StateEntry, type StateRequest } from '@rtc-elements/protocol';

export interface SharedState {
  readonly entries: ReadonlyMap<string, StateEntry>;
  /** The number of changes so far. */
  readonly rev: number;
}

export const EMPTY_SHARED_STATE: SharedState = { entries: new Map(), rev: 0 };

export type StateChange =
  | { readonly ok: true; readonly state: SharedState; readonly entry: StateEntry }
  | { readonly ok: false; readonly fault: Fault };

/** The state after `set`, or why it is refused. */
export function setState(state: SharedState, set: StateRequest, by: string): StateChange {
  const { key, value, rev } = set;
  const present = state.entries.get(key);
  if (rev !== undefined && rev !== (present?.rev ?? 0)) {
    return refuse('conflict', 'the value is of another revision');
  }
  if (value !== null && !present && state.entries.size >= LIMITS.stateKeys) {
    return refuse('forbidden', `a room has at most ${LIMITS.stateKeys} keys`);
  }
  const entry: StateEntry = { key, value, rev: state.rev + 1, by };
  const entries = new Map(state.entries);
  if (value === null) entries.delete(key);
  else entries.set(key, entry);
  return { ok: true, state: { entries, rev: entry.rev }, entry };
}

/** The present value of `key`, for a client whose change came too late. */
export const presentEntry = (state: SharedState, key: string): StateEntry =>
  state.entries.get(key) ?? { key, value: null, rev: 0, by: 'nobody' };

const refuse = (code: Fault['code'], detail: string): StateChange => ({
  ok: false,
  fault: { code, detail },
});
