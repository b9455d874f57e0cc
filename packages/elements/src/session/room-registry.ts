// The registry of rooms: one stay per host and room on a page, shared by every element that names them.
import { createRoom, type RoomOptions } from '@rtc-elements/core';

import { type Engine, SharedRoom } from './shared-room.js';

/** What an element of its own host and room asks the registry for. */
export interface SharedRoomRequest extends RoomOptions {
  /** Wants microphone and camera, not only the chat. */
  readonly call: boolean;
}

interface Entry {
  readonly shared: SharedRoom;
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

/** What shared rooms are made with. */
export const engine: Engine = { createRoom };

const KEY = Symbol.for('rtc-elements.rooms');

/** On `globalThis`, so that two bundles on one page share it. */
const registry = ((globalThis as { [KEY]?: Registry })[KEY] ??= {
  entries: new Map(),
  changes: new EventTarget(),
});

/** The shared room of this host and name, made if there is none, now held by `holder`. */
export function acquireRoom(request: SharedRoomRequest, holder: object): SharedRoom {
  const key = roomKey(request);
  let entry = registry.entries.get(key);
  if (!entry) {
    const shared = new SharedRoom(engine, request);
    entry = { shared, holders: new Set(), callers: new Set(), name: '', token: '' };
    registry.entries.set(key, entry);
  } else if (request.call && entry.callers.size === 0) {
    const { host: _host, room: _room, ...wishes } = request;
    const { name, token, tokenProvider } = entry.shared.options;
    entry.shared.upgrade({
      ...wishes,
      name: name || request.name,
      ...(token && { token }),
      ...(tokenProvider && { tokenProvider }),
    });
  }
  keepFirst(entry, request);
  entry.holders.add(holder);
  if (request.call) entry.callers.add(holder);
  return entry.shared;
}

/** What a token says is nobody's business: the warning does not repeat it. */
function keepFirst(entry: Entry, request: SharedRoomRequest): void {
  for (const key of ['name', 'token'] as const) {
    const given = request[key] ?? '';
    entry[key] ||= given;
    if (given && given !== entry[key])
      console.warn(
        `rtc-elements: another ${key} for room "${request.room}": ` +
          'elements of one room share one stay, and the first one wins.',
      );
  }
}

/** `holder` shows this room, too. */
export function retainRoom(shared: SharedRoom, holder: object): void {
  findEntry(shared)?.[1].holders.add(holder);
}

/** `holder` is gone. The last one to go leaves the room, the last one with media leaves the call. */
export function releaseRoom(shared: SharedRoom, holder: object): void {
  const found = findEntry(shared);
  if (!found) return;
  const [key, { holders, callers }] = found;
  holders.delete(holder);
  const wasCaller = callers.delete(holder);
  if (holders.size === 0) {
    registry.entries.delete(key);
    void shared.room.leave();
  } else if (wasCaller && callers.size === 0) {
    void shared.leaveCall().catch(() => undefined);
  }
}

/** Calls `listener` when an element got another shared; call the result to stop. */
export function onRoomsChange(listener: () => void): () => void {
  registry.changes.addEventListener('change', listener);
  return () => registry.changes.removeEventListener('change', listener);
}

/** An element got another shared. */
export function announceRoom(): void {
  registry.changes.dispatchEvent(new Event('change'));
}

const findEntry = (shared: SharedRoom): [string, Entry] | undefined =>
  [...registry.entries].find(([, entry]) => entry.shared === shared);

/** The same for every spelling of the same host. */
export function roomKey({ host, room }: { readonly host?: string; readonly room: string }): string {
  const spelled = host || location.origin;
  const url = spelled.includes('://') ? spelled : `https://${spelled}`;
  return `${URL.canParse(url) ? new URL(url).host : spelled} ${room}`;
}
