// A socket as the hosts have it.
import type { ConnectionNote } from '../ports.js';

/** A socket as PartyServer and PartyKit have it. */
export interface HostConnection {
  readonly id: string;
  readonly state: ConnectionNote | null;
  setState(note: ConnectionNote): unknown;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** Runs a call that fails only on a socket that is closing anyway. */
export function quietly(task: () => void): void {
  try {
    task();
  } catch {
    // The close event follows.
  }
}
