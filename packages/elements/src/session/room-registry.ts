// The registry of shared rooms: one per host and room name on a page.
import { createRoom, type Room, type RoomOptions } from '@rtc-elements/core';

import { type Engine, SharedRoom } from './shared-room.js';

/** The room that an element wants, with its options. */
export interface SharedRoomRequest extends RoomOptions {
  /** Whether the element wants the call, not only the chat. */
  readonly call: boolean;
}

interface Entry {
  readonly shared: SharedRoom;
  readonly holders: Set<object>;
  /** The holders that want the call. */
  readonly callers: Set<object>;
  /** The first name and token that were given. */
  name: string;
  token: string;
}

interface Registry {
  readonly entries: Map<string, Entry>;
  /**
   * Dispatches `change` when an element gets another room, for elements that refer to it with `for`.
   */
  readonly changes: EventTarget;
  /** The shared rooms of Rooms that the page created. */
  readonly adopted: WeakMap<Room, SharedRoom>;
}

/** Creates the Rooms of shared rooms. */
export const engine: Engine = { createRoom };

const KEY = Symbol.for('rtc-elements.rooms');

/** On `globalThis`, so that all bundles on a page share it. */
const registry = ((globalThis as { [KEY]?: Registry })[KEY] ??= {
  entries: new Map(),
  changes: new EventTarget(),
  adopted: new WeakMap(),
});

/** The shared room of this host and name, created if necessary and now held by `holder`. */
export function acquireRoom(request: SharedRoomRequest, holder: object): SharedRoom {
  const key = roomKey(request);
  let entry = registry.entries.get(key);
  if (!entry) {
    const shared = new SharedRoom(engine, request, engine.createRoom(request));
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

/**
 * The shared room of a Room that the page has set as the `client` of an element: that of the element
 * that opened the Room, if one did, otherwise one for all elements that are set to it.
 */
export function adoptRoom(room: Room): SharedRoom {
  const own = [...registry.entries.values()].find(({ shared }) => shared.room === room);
  if (own) return own.shared;
  const { room: name, you } = room.getSnapshot();
  const options = { room: name, name: you?.name ?? '' };
  const shared = registry.adopted.get(room) ?? new SharedRoom(null, options, room);
  registry.adopted.set(room, shared);
  return shared;
}

/** Warns about a second name or token. Does not log tokens. */
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

/** `holder` uses this room too. */
export function retainRoom(shared: SharedRoom, holder: object): void {
  findEntry(shared)?.[1].holders.add(holder);
}

/**
 * `holder` no longer uses this room. The last holder leaves the room, the last caller leaves the call.
 */
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

/** Calls `listener` when an element gets another room. Returns a function that stops this. */
export function onRoomsChange(listener: () => void): () => void {
  registry.changes.addEventListener('change', listener);
  return () => registry.changes.removeEventListener('change', listener);
}

/** Call when an element has another room. */
export function announceRoom(): void {
  registry.changes.dispatchEvent(new Event('change'));
}

const findEntry = (shared: SharedRoom): [string, Entry] | undefined =>
  [...registry.entries].find(([, entry]) => entry.shared === shared);

/** The key of a room. Different spellings of a host have the same key. */
export function roomKey({ host, room }: { readonly host?: string; readonly room: string }): string {
  const spelled = host || location.origin;
  const url = spelled.includes('://') ? spelled : `https://${spelled}`;
  return `${URL.canParse(url) ? new URL(url).host : spelled} ${room}`;
}
