// Who may come in, and as which session (EN-5, LI-2 to LI-4, MO-2, MO-3).
import {
  CLOSE,
  type CloseCode,
  type Fault,
  type HelloMessage,
  LIMITS,
  type Permission,
  PROTOCOL_VERSION,
  type Role,
} from '@rtc-elements/protocol';

import { coolingMs, type RoomAccess, isBanned } from './access.js';
import { allowedMedia, hasHost, may, type Standing } from './permissions.js';
import { isReachable, type RoomBook, type SessionRecord } from './room-book.js';

/** Who somebody is, as the deployment judges it: by a key of the browser, or by a token. */
export interface Identity {
  readonly user: string;
  /** `null`: the room decides, which is open. */
  readonly role: Role | null;
  /** Of the token; it wins over `hello.name`. */
  readonly name: string | null;
  /** `null`: what the role may. */
  readonly can: readonly Permission[] | null;
}

/** A `hello` and what the room knows about its sender. */
export interface Applicant {
  readonly hello: HelloMessage;
  readonly identity: Identity;
  /** Its socket; also the name of the session, if it becomes a new one. */
  readonly connection: string;
  readonly now: number;
  readonly members: number;
  /** A host let them in (MO-3). */
  readonly isAdmitted: boolean;
}

interface Refused {
  readonly kind: 'refused';
  readonly fault: Fault;
  readonly close: CloseCode;
  readonly retryAfterMs?: number;
}

export type Admission =
  | Refused
  /** At the door, until a host says more (MO-3). */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'joined' | 'resumed';
      readonly record: SessionRecord;
      /** The socket that spoke for a resumed session until now, if it is still open. */
      readonly replaced: string | null;
      /** Sessions of the same user that wait for a socket and make room for this one. */
      readonly outdated: readonly string[];
    };

/** Whether the version of `hello` is ours; checked before anything else is. */
export function checkVersion(hello: HelloMessage): Fault | null {
  if (hello.protocol === PROTOCOL_VERSION) return null;
  return { code: 'bad-version', detail: `this room speaks version ${PROTOCOL_VERSION}` };
}

/** Takes up a session again, makes a new one, or says why not. */
export function admit(book: RoomBook, door: RoomAccess, applicant: Applicant): Admission {
  const { hello, identity } = applicant;
  const kept = keptOut(door, identity, applicant.now);
  if (kept) return kept;
  const former = hello.resume === undefined ? undefined : book.sessions.get(hello.resume);
  // Only the same user: knowing the id of somebody's session gives no right to it.
  if (former && former.user === identity.user) return resume(book, former, applicant);
  const mine = [...book.sessions.values()].filter((record) => record.user === identity.user);
  if (mine.filter(isReachable).length >= LIMITS.connectionsPerUser) {
    const detail = `one user has at most ${LIMITS.connectionsPerUser} connections here`;
    return refuse('room-full', detail, CLOSE.forbidden);
  }
  const locked = applicant.isAdmitted ? null : lockedOut(door, identity);
  if (locked) {
    return hello.knock && door.waiting.length < LIMITS.waiting ? { kind: 'waiting' } : locked;
  }
  const outdated = mine
    .filter((record) => !isReachable(record))
    .slice(0, Math.max(0, mine.length + 1 - LIMITS.connectionsPerUser))
    .map((record) => record.session);
  if (book.sessions.size - outdated.length >= applicant.members) {
    const detail = `this room has at most ${applicant.members} members`;
    return refuse('room-full', detail, CLOSE.retryLater);
  }
  return { kind: 'joined', record: newRecord(book, applicant), replaced: null, outdated };
}

/** Why somebody who is not in gets nothing of this room either, now. */
export const turnedAway = (door: RoomAccess, identity: Identity, now: number): Refused | null =>
  keptOut(door, identity, now) ?? lockedOut(door, identity);

/** Whoever has to stay outside whatever else they bring. */
function keptOut(door: RoomAccess, identity: Identity, now: number): Refused | null {
  if (isBanned(door, identity.user)) {
    return refuse('forbidden', 'a host keeps you out of this room', CLOSE.banned);
  }
  const retryAfterMs = coolingMs(door, identity.user, now);
  if (retryAfterMs === 0) return null;
  return { ...refuse('rate-limited', 'too much, too fast', CLOSE.flood), retryAfterMs };
}

/** Hosts pass a lock. */
const lockedOut = (door: RoomAccess, identity: Identity): Refused | null =>
  door.locked && !may(standingOf(identity), 'moderate')
    ? refuse('forbidden', 'the room is locked', CLOSE.locked)
    : null;

const refuse = (code: Fault['code'], detail: string, close: CloseCode): Refused => ({
  kind: 'refused',
  fault: { code, detail },
  close,
});

/** Before the room has given a role, nobody is more than a speaker. */
const standingOf = ({ role, can }: Identity): Standing => ({ role: role ?? 'speaker', can });

function resume(book: RoomBook, former: SessionRecord, applicant: Applicant): Admission {
  const { hello, identity, connection } = applicant;
  const record: SessionRecord = {
    ...former,
    name: identity.name ?? hello.name,
    named: identity.name !== null,
    media: allowedMedia(former, hello.media),
    meta: hello.meta ?? former.meta,
    call: placeInCall(book, former.call, hello.call),
    connection,
    lostAt: 0,
  };
  return {
    kind: 'resumed',
    record,
    replaced: isReachable(former) ? former.connection : null,
    outdated: [],
  };
}

function newRecord(book: RoomBook, applicant: Applicant): SessionRecord {
  const { hello, identity, connection, now } = applicant;
  const { can } = identity;
  const role = identity.role ?? (hasHost(book) ? 'speaker' : 'host');
  return {
    session: connection,
    user: identity.user,
    name: identity.name ?? hello.name,
    named: identity.name !== null,
    role,
    can,
    appointed: identity.role !== null,
    joinedAt: now,
    mood: 'active',
    call: placeInCall(book, 0, hello.call),
    media: allowedMedia({ role, can }, hello.media),
    hand: false,
    meta: hello.meta ?? {},
    muted: [],
    read: 0,
    connection,
    lostAt: 0,
  };
}

/** Who stays in the call keeps the place; who enters it gets the next. */
export function placeInCall(book: RoomBook, place: number, wanted: boolean): number {
  if (!wanted) return 0;
  return place > 0 ? place : book.calls + 1;
}
