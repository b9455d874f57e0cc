// What each method of a room takes. One entry per method: the compiler asks for it.
import { type Json, LIMITS, SOURCES } from '@rtc-elements/protocol';

import {
  abortSignal,
  callback,
  either,
  fields,
  trueOrFalse,
  isFunction,
  isObject,
  isPlain,
  maybe,
  choiceOf,
  plain,
  type Reader,
  reader,
  anyText,
  wholeNumber,
} from './arguments.js';
import { actionOptions, dataName } from './action-rules.js';
import {
  anyNumber,
  checkMethods,
  anId,
  isText,
  type MethodRules,
  type Rejecting,
  rejects,
  type Throwing,
  throws,
} from './method-rules.js';
import type { EphemeralValue } from './ephemeral-api.js';
import type { Room } from './room-api.js';

type Part = 'audio' | 'chat' | 'data' | 'files' | 'media' | 'moderation' | 'sharedState';

const isNull = (value: unknown): boolean => value === null;
const orNull = (what: string, read: Reader): Reader => either(`${what} or null`, isNull, read);
const source = choiceOf(...SOURCES);

/** A device of the snapshot has more than its id. */
const deviceChoice = either(
  'true, false or { deviceId }',
  (value) => typeof value === 'boolean',
  (value, place) => ({
    deviceId: anyText((value as { deviceId?: unknown }).deviceId, `${place}: "deviceId"`),
  }),
);

/** A copy of what JSON can say; anything else would arrive as something else. */
function copyJson(value: unknown, place: string, depth: number): Json {
  const copy = (item: unknown): Json => copyJson(item, place, depth - 1);
  if (depth > 0 && Array.isArray(value)) return Array.from(value, copy);
  if (depth > 0 && isPlain(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
  return scalar(value, place) as Json;
}

const isScalar = (value: unknown): boolean =>
  isNull(value) || isText(value) || typeof value === 'boolean' || Number.isFinite(value);

const scalar = reader('JSON, not too deep', isScalar);

/** In a frame, which has some levels of its own. */
const jsonIn =
  (levels: number): Reader =>
  (value, place) =>
    copyJson(value, place, LIMITS.jsonDepth - levels);
const json = jsonIn(1);

/** What may be in it is checked where it is used. */
const chatFile = fields({ id: anyText, name: anyText, size: wholeNumber, type: anyText });

/** What may be in it is checked where it is used. */
const record: Reader = (value, place) => ({ ...(plain(value, place) as object) });

/** As they are: Node passes some of its own when a signal aborts. All that a browser reads is read once before. */
function listenerOptions(value: unknown, place: string): unknown {
  const options = value as AddEventListenerOptions;
  for (const name of ['capture', 'once', 'passive'] as const) void options[name];
  maybe(abortSignal)(options.signal, `${place}: "signal"`);
  return value;
}

const listening = [
  anyText,
  reader('a listener', (value) => isFunction(value) || isObject(value)),
  maybe(either('true, false or options', (value) => typeof value === 'boolean', listenerOptions)),
];

const rev = maybe(fields({ rev: maybe(wholeNumber) }));
const page = { before: maybe(wholeNumber), limit: maybe(wholeNumber) };

const keys = orNull(
  'an object',
  fields({
    keys: reader('a Map', (value) => value instanceof Map),
    sendWith: wholeNumber,
    // A `TrustedScriptURL` is an object.
    workerUrl: maybe(reader('an address', (value) => isText(value) || isObject(value))),
  }),
);

/** As they are: which keys are in force is known by their identity. */
const encryption: Reader = (value, place) => {
  keys(value, place);
  return value;
};

/** The host's own objects: what a page makes up has no content to read. */
const isFile = (value: unknown): boolean =>
  value instanceof Blob ? 'name' in value : isHandle(value);

const isHandle = (value: unknown): boolean =>
  isObject(value) && isFunction(value['isSameEntry']) && isText(value['kind']);

const file = reader('a File or a handle', isFile);

/** A copy, at once: a picker that is emptied for the next choice empties its list. */
const selection: Reader = (value, place) =>
  isFile(value)
    ? value
    : isObject(value) && Symbol.iterator in value
      ? Array.from(value as unknown as Iterable<unknown>, (item) => file(item, place))
      : reader('a File, a handle, or a list of them', () => false)(value, place);

const sessions: Reader = (value, place) =>
  Array.isArray(value) ? value.map((item) => anyText(item, place)) : anyText(value, place);

const acceptance = maybe(
  fields({
    sink: maybe(
      reader(
        '"storage", "memory" or a handle',
        (value) => value === 'storage' || value === 'memory' || isHandle(value),
      ),
    ),
  }),
);

const isElement = (value: unknown): boolean =>
  isObject(value) && isFunction(value['play']) && 'srcObject' in value;

/** `this` of each: the room, or the part of it. */
const PARTS: { readonly [Name in Part]: MethodRules<Room[Name]> } = {
  audio: { start: rejects() },
  chat: {
    send: rejects(anyText, maybe(fields({ replyTo: maybe(wholeNumber), file: maybe(chatFile) }))),
    edit: rejects(wholeNumber, anyText),
    delete: rejects(wholeNumber),
    react: rejects(wholeNumber, anyText, maybe(trueOrFalse)),
    search: rejects(anyText, maybe(fields(page))),
    history: rejects(maybe(fields({ ...page, after: maybe(wholeNumber) }))),
    markRead: throws(maybe(wholeNumber)),
    setTyping: throws(trueOrFalse),
    retry: throws(anyText),
    discard: throws(anyText),
  },
  data: { action: throws(dataName, maybe(actionOptions)) },
  files: {
    getSnapshot: throws(),
    subscribe: throws(callback),
    offer: rejects(selection, maybe(fields({ to: maybe(sessions), name: maybe(anyText) }))),
    share: rejects(selection, maybe(fields({ name: maybe(anyText) }))),
    unshare: throws(anyText),
    request: rejects(anyText, anyText, acceptance),
    accept: rejects(anyText, acceptance),
    decline: throws(anyText, maybe(anyText)),
    pause: throws(anyText),
    resume: rejects(anyText, maybe(selection)),
    cancel: throws(anyText),
    discard: rejects(anyText),
    take: rejects(anyText),
    preview: rejects(anyText),
  },
  media: {
    setMicrophone: rejects(deviceChoice),
    setCamera: rejects(deviceChoice),
    shareScreen: rejects(
      maybe(
        fields({
          audio: maybe(trueOrFalse),
          hint: maybe(choiceOf('detail', 'motion')),
          deviceId: maybe(anyText),
        }),
      ),
    ),
    stopScreen: throws(),
    publish: rejects(
      reader('a MediaStreamTrack', (value) => isObject(value) && isFunction(value['stop'])),
      fields({ source: choiceOf('microphone', 'camera', 'screen') }),
    ),
    setProcessor: rejects(
      choiceOf('microphone', 'camera'),
      reader('a function or null', (value) => isNull(value) || isFunction(value)),
    ),
    setSpeaker: throws(reader('a text or null', (value) => isNull(value) || isText(value))),
    getTrack: throws(source),
  },
  moderation: {
    mute: rejects(anId, choiceOf('microphone', 'camera', 'screen')),
    lowerHand: rejects(anId),
    remove: rejects(anId),
    ban: rejects(anId),
    unban: rejects(anId),
    lock: rejects(trueOrFalse),
    admit: rejects(anId),
    deny: rejects(anId),
    setRole: rejects(anId, choiceOf('host', 'speaker', 'listener')),
    close: rejects(),
  },
  sharedState: {
    get: throws(anyText),
    set: rejects(anyText, json, rev),
    delete: rejects(anyText, rev),
  },
};

/** Of whatever dispatches events and has a snapshot. */
const WATCHED = {
  getSnapshot: throws(),
  subscribe: throws(callback),
  addEventListener: throws(...listening),
  removeEventListener: throws(...listening),
  dispatchEvent: throws(reader('an Event', (value) => value instanceof Event)),
};

const ROOM: MethodRules<Room> = {
  ...WATCHED,
  ephemeral: throws(dataName),
  join: rejects(maybe(fields({ name: maybe(anyText), signal: maybe(abortSignal) }))),
  enterCall: rejects(),
  leaveCall: rejects(),
  moveCall: rejects(anyText),
  setEncryption: rejects(encryption),
  configure: throws(record),
  setPresence: throws(
    fields({
      name: maybe(anyText),
      state: maybe(choiceOf('active', 'away')),
      hand: maybe(trueOrFalse),
      meta: maybe(record),
    }),
  ),
  retryPeer: throws(anyText),
  getTrack: throws(anyText, source),
  show: throws(
    anyText,
    choiceOf('camera', 'screen'),
    orNull('{ width, height }', fields({ width: anyNumber, height: anyNumber })),
  ),
  simulate: rejects(anyText),
  diagnostics: rejects(),
  leave: rejects(),
  attach: throws(
    reader('an <audio> or <video> element', isElement),
    reader('a session, or null for ourselves', (value) => isNull(value) || isText(value)),
    source,
    maybe(fields({ signal: maybe(abortSignal) })),
  ),
};

export const EPHEMERAL_RULES: MethodRules<EphemeralValue> = {
  ...WATCHED,
  set: throws(jsonIn(3)),
  get: throws(anyText),
  at: throws(anyText, maybe(anyNumber)),
};

/** The rules of every method, by part; those of the room itself under ''. */
export const ARGUMENT_RULES: Readonly<
  Record<Part | '', Readonly<Record<string, Rejecting | Throwing>>>
> = { ...PARTS, '': ROOM };

/** Makes every method of a room check its arguments first, and work without its object, as a listener may call it. */
export function checkArguments(room: Room): void {
  for (const [part, rules] of Object.entries(ARGUMENT_RULES)) {
    const target: object = part === '' ? room : room[part as Part];
    checkMethods(target, rules, part === '' ? '' : `${part}.`);
  }
}
