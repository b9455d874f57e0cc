// Who may enter, and as which session (EN-5, LI-2 to LI-4, MO-2, MO-3).
import {
  ADDRESS_LIMITS,
  CLOSE,
  type CloseCode,
  type Fault,
  type HelloMessage,
  LIMITS,
  type Permission,
  type Role,
} from '@rtc-elements/protocol';

import { assignedRole } from './assigned-roles.js';
import { coolingMs, isBanned, type RoomAccess } from './access.js';
import { isReturningHost, roleOf } from './hosts.js';
import { allowedMedia, may, type Rights, stillMuted } from './permissions.js';
import { isReachable, type RoomBook, type SessionRecord } from './room-book.js';

/** Who somebody is, established by a token or, in an open room, by a key of their browser. */
export interface Identity {
  readonly user: string;
  /** `null` in an open room, which assigns roles itself. */
  readonly role: Role | null;
  /** The name in the token, which overrides `hello.name`. */
  readonly name: string | null;
  /** `null`: whatever the role allows. */
  readonly can: readonly Permission[] | null;
}

/** A `hello`, and what the room knows about its sender. */
export interface Applicant {
  readonly hello: HelloMessage;
  readonly identity: Identity;
  /** The id of the socket. A new session takes it as its own id. */
  readonly connection: string;
  readonly now: number;
  /** How many members the room may have. */
  readonly members: number;
  /** How many of them one address may have. */
  readonly membersPerAddress: number;
  /** The address that counts for that; `null` if it is not known, or a token names the user. */
  readonly address: string | null;
  /** How many people from that address are in the waiting room. */
  readonly waitingFromAddress: number;
  /** A host admitted them from the waiting room (MO-3). */
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
  /** In the waiting room until a host decides (MO-3). */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'joined' | 'resumed';
      readonly record: SessionRecord;
      /** The socket that a resumed session used until now, if it is still open. */
      readonly replaced: string | null;
      /** Sessions of the same user without a socket, dropped to make room for this one. */
      readonly outdated: readonly string[];
    };

/** Resumes a session, creates one, sends the applicant to the waiting room, or refuses. */
export function admit(book: RoomBook, access: RoomAccess, applicant: Applicant): Admission {
  const { hello, identity } = applicant;
  const barred = checkBarred(access, identity, applicant.now);
  if (barred) return barred;
  const former = hello.resume === undefined ? undefined : book.sessions.get(hello.resume);
  // The user must match: session ids are on the roster, so knowing one proves nothing.
  if (former && former.user === identity.user) return resume(book, former, applicant);
  const mine = [...book.sessions.values()].filter((record) => record.user === identity.user);
  if (mine.filter(isReachable).length >= LIMITS.connectionsPerUser) {
    const detail = `one user has at most ${LIMITS.connectionsPerUser} connections here`;
    return refuse('room-full', detail, CLOSE.forbidden);
  }
  // A host who reloads the page of a room that they have locked must not lock out themselves.
  const isFree = applicant.isAdmitted || isReturningHost(book, identity.user, applicant.now);
  const locked = isFree ? null : checkLock(access, identity);
  if (locked) {
    return hello.knock && mayWait(access, applicant) ? { kind: 'waiting' } : locked;
  }
  const outdated = mine
    .filter((record) => !isReachable(record))
    .slice(0, Math.max(0, mine.length + 1 - LIMITS.connectionsPerUser))
    .map((record) => record.session);
  if (book.sessions.size - outdated.length >= applicant.members) {
    const detail = `this room has at most ${applicant.members} members`;
    return refuse('room-full', detail, CLOSE.retryLater);
  }
  const dropped = new Set(outdated);
  const neighbours = [...book.sessions.values()].filter(
    ({ address, session }) => address === applicant.address && !dropped.has(session),
  );
  if (applicant.address !== null && neighbours.length >= applicant.membersPerAddress) {
    const detail = `one network address has at most ${applicant.membersPerAddress} members here`;
    return refuse('room-full', detail, CLOSE.retryLater);
  }
  return { kind: 'joined', record: newRecord(book, applicant), replaced: null, outdated };
}

/** A user has one place in the waiting room, and takes it along to another socket (MO-3). */
const mayWait = ({ waiting }: RoomAccess, { identity, waitingFromAddress }: Applicant): boolean =>
  waiting.some(({ user }) => user === identity.user) ||
  (waiting.length < LIMITS.waiting && waitingFromAddress < ADDRESS_LIMITS.waiting);

/** Why the room would refuse `identity` now; `null` if it would not. For requests without a `hello`. */
export const checkAccess = (access: RoomAccess, identity: Identity, now: number): Refused | null =>
  checkBarred(access, identity, now) ?? checkLock(access, identity);

/** A ban or a cool-down, which even a resumed session does not get past. */
function checkBarred(access: RoomAccess, identity: Identity, now: number): Refused | null {
  if (isBanned(access, identity.user)) {
    return refuse('forbidden', 'a host keeps you out of this room', CLOSE.banned);
  }
  const retryAfterMs = coolingMs(access, identity.user, now);
  if (retryAfterMs === 0) return null;
  return { ...refuse('rate-limited', 'too much, too fast', CLOSE.flood), retryAfterMs };
}

/** A lock does not stop hosts. */
const checkLock = (access: RoomAccess, identity: Identity): Refused | null =>
  access.locked && !may(rightsOf(identity), 'moderate')
    ? refuse('forbidden', 'the room is locked', CLOSE.locked)
    : null;

const refuse = (code: Fault['code'], detail: string, close: CloseCode): Refused => ({
  kind: 'refused',
  fault: { code, detail },
  close,
});

/** Until the room assigns a role, everybody counts as a speaker. */
const rightsOf = ({ role, can }: Identity): Rights => ({ role: role ?? 'speaker', can });

function resume(book: RoomBook, former: SessionRecord, applicant: Applicant): Admission {
  const { hello, identity, connection, address } = applicant;
  const media = allowedMedia(former, hello.media);
  const record: SessionRecord = {
    ...former,
    name: identity.name ?? hello.name,
    named: identity.name !== null,
    media,
    muted: stillMuted(former, media),
    meta: hello.meta ?? former.meta,
    call: placeInCall(book, former.call, hello.call),
    connection,
    lostAt: 0,
    address,
  };
  return {
    kind: 'resumed',
    record,
    replaced: isReachable(former) ? former.connection : null,
    outdated: [],
  };
}

function newRecord(book: RoomBook, applicant: Applicant): SessionRecord {
  const { hello, identity, connection, now, address } = applicant;
  const role = roleOf(book, identity, now);
  // A role that a host has given overrides the permissions of a token as well.
  const can = assignedRole(book, identity) ? null : identity.can;
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
    address,
  };
}

/** A session that stays in the call keeps its place; one that enters gets the next. */
export function placeInCall(book: RoomBook, place: number, wanted: boolean): number {
  if (!wanted) return 0;
  return place > 0 ? place : book.calls + 1;
}
