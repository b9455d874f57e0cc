// The registry of sessions: one per host and room on a page, shared by every element that names them.
import { createRoom, type RoomOptions } from '@rtc-elements/core';

import { type Engine, SharedRoom } from './shared-room.js';

/** What an element of its own host and room asks the registry for. */
export interface SessionRequest extends RoomOptions {
  /** Wants microphone and camera, not only the chat. */
  readonly call: boolean;
}

interface Entry {
  readonly session: SharedRoom;
  readonly holders: Set<object>;
  /** Those of the holders that want media. */
  readonly callers: Set<object>;
  /** The name and the token that were given first. */
  name: string;
  token: string;
}

interface Registry {
  readonly entries: Map<string, Entry>;
  /** Tells elements that wait for the room of another one to look again. */
  readonly changes: EventTarget;
}

/** What sessions are made of. */
export const engine: Engine = { createRoom };

const KEY = Symbol.for('rtc-elements.sessions');

/** On `globalThis`, so that two bundles on one page share it. */
const registry = ((globalThis as { [KEY]?: Registry })[KEY] ??= {
  entries: new Map(),
  changes: new EventTarget(),
});

/** The session of this host and room, made if there is none, now held by `holder`. */
export function acquireSession(request: SessionRequest, holder: object): SharedRoom {
  const key = sessionKey(request);
  let entry = registry.entries.get(key);
  if (!entry) {
    const session = new SharedRoom(engine, request);
    entry = { session, holders: new Set(), callers: new Set(), name: '', token: '' };
    registry.entries.set(key, entry);
  } else if (request.call && entry.callers.size === 0) {
    const { host: _host, room: _room, ...wishes } = request;
    const { name, token, tokenProvider } = entry.session.options;
    entry.session.upgrade({
      ...wishes,
      name: name || request.name,
      ...(token && { token }),
      ...(tokenProvider && { tokenProvider }),
    });
  }
  keepFirst(entry, request);
  entry.holders.add(holder);
  if (request.call) entry.callers.add(holder);
  return entry.session;
}

/** What a token says is nobody's business: the warning does not repeat it. */
function keepFirst(entry: Entry, request: SessionRequest): void {
  for (const key of ['name', 'token'] as const) {
    const given = request[key] ?? '';
    entry[key] ||= given;
    if (given && given !== entry[key])
      console.warn(
        `rtc-elements: another ${key} for room "${request.room}": ` +
          'elements of one room share one session, and the first one wins.',
      );
  }
}

/** `holder` shows this session, too. */
export function retainSession(session: SharedRoom, holder: object): void {
  findEntry(session)?.[1].holders.add(holder);
}

/** `holder` is gone. The last one to go leaves the room, the last one with media leaves the call. */
export function releaseSession(session: SharedRoom, holder: object): void {
  const found = findEntry(session);
  if (!found) return;
  const [key, { holders, callers }] = found;
  holders.delete(holder);
  const wasCaller = callers.delete(holder);
  if (holders.size === 0) {
    registry.entries.delete(key);
    void session.room.leave();
  } else if (wasCaller && callers.size === 0) {
    void session.leaveCall().catch(() => undefined);
  }
}

/** Calls `listener` when an element got another session; call the result to stop. */
export function onSessionsChange(listener: () => void): () => void {
  registry.changes.addEventListener('change', listener);
  return () => registry.changes.removeEventListener('change', listener);
}

/** An element got another session. */
export function announceSession(): void {
  registry.changes.dispatchEvent(new Event('change'));
}

const findEntry = (session: SharedRoom): [string, Entry] | undefined =>
  [...registry.entries].find(([, entry]) => entry.session === session);

/** The same for every spelling of the same host. */
export function sessionKey({
  host,
  room,
}: {
  readonly host?: string;
  readonly room: string;
}): string {
  const spelled = host || location.origin;
  const url = spelled.includes('://') ? spelled : `https://${spelled}`;
  return `${URL.canParse(url) ? new URL(url).host : spelled} ${room}`;
}
