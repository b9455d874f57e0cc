// What a socket counts for in the limits of a room (LI-5).
import type { Identity } from './admit.js';

interface Arrival {
  /** An id that stands for the network address; `null` if it is not known. */
  readonly address: string | null;
  /** Who the token names; `null` if there is none. */
  readonly identity: Identity | null;
}

/** The address that somebody without a token counts for. Whom a token names is the operator's to count. */
export const addressOf = ({ address, identity }: Arrival): string | null =>
  identity ? null : address;

/** Whose joins are counted together; `null`: nobody's. */
export const subjectOf = ({ address, identity }: Arrival): string | null =>
  identity ? `user:${identity.user}` : address;
