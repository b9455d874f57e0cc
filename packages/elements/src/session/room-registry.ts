// The registry of shared rooms: one per host and room name on a page.
import { createRoom, type Room, type RoomOptions } from '@rtc-elements/core';

import { differences, OptionOwners } from './option-owners.js';
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
  /** What each holder that opened the room asked for last. */
  readonly requests: Map<object, SharedRoomRequest>;
  /** Holders that were removed from the page in this task: they may come back in it. */
  readonly going: Set<object>;
  readonly owners: OptionOwners;
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

/**
 * The shared room of this host and name, created if necessary and now held by `holder`. Called again when the
 * wishes of a holder may have changed: what is new applies if it is this holder that decides on it.
 * @throws RtcError as `createRoom()` does.
 */
export function acquireRoom(request: SharedRoomRequest, holder: object): SharedRoom {
  const key = roomKey(request);
  let entry = registry.entries.get(key);
  if (entry && isTakenOver(entry, request)) {
    registry.entries.delete(key);
    void entry.shared.room.leave();
    entry = undefined;
  }
  entry ??= open(key, request);
  const before = entry.requests.get(holder);
  entry.requests.set(holder, request);
  entry.holders.add(holder);
  entry.going.delete(holder);
  const isFirstCall = request.call && entry.callers.size === 0;
  if (request.call) entry.callers.add(holder);
  const { changes, lost } = entry.owners.claim(holder, differences(before, request));
  for (const option of lost) warnOfSecond(option, request.room);
  if (isFirstCall && entry.shared.options.call === false) changes['call'] = true;
  if (Object.keys(changes).length > 0) entry.shared.configure(changes);
  return entry.shared;
}

function open(key: string, request: SharedRoomRequest): Entry {
  const shared = new SharedRoom(engine, request, engine.createRoom(request));
  const entry: Entry = {
    shared,
    holders: new Set(),
    callers: new Set(),
    requests: new Map(),
    going: new Set(),
    owners: new OptionOwners(request),
  };
  registry.entries.set(key, entry);
  return entry;
}

/**
 * Whether `request` is for somebody else, and everybody who had the room goes in this task, as when a framework
 * puts a new element in place of another: the new person must not go on as the former one.
 */
function isTakenOver({ requests, going }: Entry, request: SharedRoomRequest): boolean {
  const holders = [...requests];
  return (
    holders.length > 0 &&
    holders.every(([holder, before]) => going.has(holder) && !isSamePerson(before, request))
  );
}

const isSamePerson = (before: SharedRoomRequest, after: SharedRoomRequest): boolean =>
  (!before.name || !after.name || before.name === after.name) &&
  before.identity === after.identity &&
  before.token === after.token &&
  before.tokenProvider === after.tokenProvider;

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

/** Warns that an element has another `what` than the one before it in the same room, which wins. */
export function warnOfSecond(what: string, room: string): void {
  console.warn(
    `rtc-elements: another ${what} for room "${room}": ` +
      'elements of one room share one stay, and the first one wins.',
  );
}

/** `holder` uses this room too. */
export function retainRoom(shared: SharedRoom, holder: object): void {
  const entry = findEntry(shared)?.[1];
  entry?.holders.add(holder);
  entry?.going.delete(holder);
}

/** `holder` was removed from the page: unless it is back in this task, it releases the room. */
export function letGo(shared: SharedRoom, holder: object): void {
  findEntry(shared)?.[1].going.add(holder);
}

/**
 * `holder` no longer uses this room. The last holder leaves the room, the last caller leaves the call.
 */
export function releaseRoom(shared: SharedRoom, holder: object): void {
  const found = findEntry(shared);
  if (!found) return;
  const [key, { holders, callers, requests, going, owners }] = found;
  holders.delete(holder);
  requests.delete(holder);
  going.delete(holder);
  owners.release(holder);
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

/** The key of a room. Different spellings of a host have the same key; another path is another place. */
export function roomKey({ host, room }: { readonly host?: string; readonly room: string }): string {
  const given: unknown = host || location.origin;
  // A page without types may give anything; core says what is wrong with it.
  const spelled = typeof given === 'string' ? given.trim() : '';
  const isNamed = spelled.includes('://');
  const text = isNamed ? spelled.replace(/^ws/, 'http') : `${schemeOf(spelled)}://${spelled}`;
  if (!URL.canParse(text)) return `${spelled} ${room}`;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '')} ${room}`;
}

/** The scheme of a host that names none, as core takes it. */
function schemeOf(host: string): 'http' | 'https' {
  const name = host.replace(/[/:].*/, '');
  const isLoopback = /^(.+\.)?localhost$|^127\./.test(name) || host.startsWith('[::1]');
  const isOwn = location.protocol === 'http:' && host.split('/')[0] === location.host;
  return isLoopback || isOwn ? 'http' : 'https';
}
