/**
 * When a change of an option counts: the one table of all options of both elements and of `createRoom()`. An
 * option without an entry does not compile. The guide shows it (options.md); tests hold every cell of it.
 */
import type { RoomOptions } from '../../../packages/core/src/api/options.js';
import type { RtcChat } from '../../../packages/elements/src/chat/rtc-chat.js';
import type { RtcRoom } from '../../../packages/elements/src/room/rtc-room.js';

/** When an option may change. `created`: before the element is upgraded, or as the room is created. */
export const MOMENTS = [
  'created',
  'before joining',
  'joining',
  'in the call',
  'reconnecting',
  'left',
  'removed',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** `refused`: with one warning on the console. */
export type Effect = 'at once' | 'next entry' | 'refused';

export type Effects = Readonly<Record<Moment, Effect>>;

/** Whether the types are identical, also in what is readonly: assignability does not tell. */
type Same<A, B> =
  (<T>(value: T) => T extends A ? 1 : 2) extends <T>(value: T) => T extends B ? 1 : 2
    ? true
    : false;
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Own<Element> = Exclude<keyof Element, keyof HTMLElement | Told>;

/** The properties of an element that a page may set, except those of every element. */
export type OptionOf<Element> = {
  [Key in Own<Element>]-?: Element[Key] extends (...args: never) => unknown
    ? never
    : Same<Pick<Element, Key>, Writable<Pick<Element, Key>>> extends true
      ? Key
      : never;
}[Own<Element>];

/** What an element tells, or has of the library that it is made with. */
type Told =
  'composed' | 'unread' | 'hasUpdated' | 'isUpdatePending' | 'renderRoot' | 'renderOptions';

/** The same at every moment, but for `others`. An element that was removed has no room: it is asked when it is back. */
const always = (effect: Effect, others: Partial<Effects> = {}): Effects => ({
  ...(Object.fromEntries(MOMENTS.map((moment) => [moment, effect])) as unknown as Effects),
  ...others,
});

const SHOWN = always('at once', { removed: 'next entry' });
/** Told to others, or used by a call, while we are in. */
const LIVE = always('at once', { left: 'next entry', removed: 'next entry' });
/** Decides how we enter. */
const ENTRY = always('next entry', { created: 'at once', 'before joining': 'at once' });
const FIXED = always('refused', { created: 'at once' });
const UNTIL_JOINED = always('refused', {
  created: 'at once',
  'before joining': 'at once',
  left: 'next entry',
  removed: 'next entry',
});

const BOTH = {
  host: SHOWN,
  room: SHOWN,
  for: SHOWN,
  client: SHOWN,
  name: LIVE,
  token: LIVE,
  tokenProvider: LIVE,
  identity: UNTIL_JOINED,
  theme: SHOWN,
  notify: SHOWN,
} as const;

export const ROOM: Readonly<Record<OptionOf<RtcRoom>, Effects>> = {
  ...BOTH,
  audio: LIVE,
  video: LIVE,
  lobby: ENTRY,
  autojoin: ENTRY,
  controls: SHOWN,
  pushToTalk: LIVE,
  holdMicrophone: LIVE,
  privacy: LIVE,
  maxPeers: LIVE,
  dataSaver: LIVE,
  engine: ENTRY,
  engines: ENTRY,
  iceServers: LIVE,
  messages: SHOWN,
};

export const CHAT: Readonly<Record<OptionOf<RtcChat>, Effects>> = {
  ...BOTH,
  inPanel: SHOWN,
};

/** Of `createRoom()`, `joinRoom()` and `Room.configure()`. */
export const CORE: Readonly<Record<keyof RoomOptions, Effects>> = {
  host: FIXED,
  room: FIXED,
  ports: FIXED,
  name: LIVE,
  audio: LIVE,
  video: LIVE,
  holdMicrophone: LIVE,
  call: UNTIL_JOINED,
  privacy: LIVE,
  token: LIVE,
  tokenProvider: LIVE,
  identity: UNTIL_JOINED,
  iceServers: LIVE,
  maxPeers: LIVE,
  engines: ENTRY,
  engine: ENTRY,
  dataSaver: LIVE,
  meta: LIVE,
  signal: UNTIL_JOINED,
};
