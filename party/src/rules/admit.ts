// Who may come in, and as which session (EN-5, LI-2, LI-3).
import {
  CLOSE,
  type CloseCode,
  type Fault,
  type HelloMessage,
  LIMITS,
  PROTOCOL_VERSION,
  type Role,
} from '@rtc-elements/protocol';

import { isReachable, type RoomBook, type SessionRecord } from './room-book.js';

/** What a token may allow one by one; a role stands for a set of them. */
export const PERMISSIONS = ['chat', 'media', 'state', 'moderate'] as const;
export type Permission = (typeof PERMISSIONS)[number];

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
}

export type Admission =
  | { readonly kind: 'refused'; readonly fault: Fault; readonly close: CloseCode }
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
export function admit(book: RoomBook, applicant: Applicant): Admission {
  const { hello, identity } = applicant;
  const former = hello.resume === undefined ? undefined : book.sessions.get(hello.resume);
  // Only the same user: knowing the id of somebody's session gives no right to it.
  if (former && former.user === identity.user) return resume(book, former, applicant);
  const mine = [...book.sessions.values()].filter((record) => record.user === identity.user);
  if (mine.filter(isReachable).length >= LIMITS.connectionsPerUser) {
    const detail = `one user has at most ${LIMITS.connectionsPerUser} connections here`;
    return { kind: 'refused', fault: { code: 'room-full', detail }, close: CLOSE.forbidden };
  }
  const outdated = mine
    .filter((record) => !isReachable(record))
    .slice(0, Math.max(0, mine.length + 1 - LIMITS.connectionsPerUser))
    .map((record) => record.session);
  if (book.sessions.size - outdated.length >= applicant.members) {
    const detail = `this room has at most ${applicant.members} members`;
    return { kind: 'refused', fault: { code: 'room-full', detail }, close: CLOSE.retryLater };
  }
  return { kind: 'joined', record: newRecord(book, applicant), replaced: null, outdated };
}

function resume(book: RoomBook, former: SessionRecord, applicant: Applicant): Admission {
  const { hello, identity, connection } = applicant;
  const record: SessionRecord = {
    ...former,
    name: identity.name ?? hello.name,
    media: hello.media,
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

const newRecord = (book: RoomBook, applicant: Applicant): SessionRecord => ({
  session: applicant.connection,
  user: applicant.identity.user,
  name: applicant.identity.name ?? applicant.hello.name,
  role: applicant.identity.role ?? 'speaker',
  joinedAt: applicant.now,
  mood: 'active',
  call: placeInCall(book, 0, applicant.hello.call),
  media: applicant.hello.media,
  hand: false,
  meta: applicant.hello.meta ?? {},
  connection: applicant.connection,
  lostAt: 0,
});

/** Who stays in the call keeps the place; who enters it gets the next. */
export function placeInCall(book: RoomBook, place: number, wanted: boolean): number {
  if (!wanted) return 0;
  return place > 0 ? place : book.calls + 1;
}
