/**
 * How the parameters of requests are read when an element that is not ours makes them. Whatever that
 * element gives, the result is plain data of the declared types: each field is read once, so a getter
 * cannot change its mind, and nothing is passed on that the room would refuse with a closed connection.
 */
import { RtcError } from '@rtc-elements/core';
import type { Json } from '@rtc-elements/protocol';

import type { ParametersOf, RequestName, RtcAction } from './request-map.js';

/** Reads a value: `undefined` if it is not of the type `T`, which `needs` describes. */
interface Reader<T> {
  readonly needs: string;
  read(value: unknown): T | undefined;
}

type OptionalReader<T> = Reader<T> & { readonly isOptional: true };

/** One reader for each parameter; those of optional parameters are marked. */
type Readers<Parameters> = {
  readonly [Key in keyof Parameters]-?: object extends Pick<Parameters, Key>
    ? OptionalReader<Exclude<Parameters[Key], undefined>>
    : Reader<Parameters[Key]>;
};

const reader = <T>(needs: string, is: (value: unknown) => value is T): Reader<T> => ({
  needs,
  read: (value) => (is(value) ? value : undefined),
});

const optional = <T>(inner: Reader<T>): OptionalReader<T> => ({ ...inner, isOptional: true });

const orNull = <T>({ needs, read }: Reader<T>): Reader<T | null> => ({
  needs: `${needs}, or null`,
  read: (value) => (value === null ? null : read(value)),
});

const oneOf = <const T extends string>(...all: readonly T[]): Reader<T> =>
  reader(`one of ${all.join(', ')}`, (value): value is T => all.some((each) => each === value));

/** An id, key or name: longer than any of them may be, and far below the size of a frame (LI). */
const id = reader(
  'a string of at most 1024 characters',
  (value): value is string => typeof value === 'string' && value.length <= 1_024,
);
/** What a person writes. Core refuses what is too long. */
const text = reader('a string', (value): value is string => typeof value === 'string');
const flag = reader('true or false', (value): value is boolean => typeof value === 'boolean');
const count = reader(
  'an integer from 0',
  (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
);

/** The deepest value that fits into a frame, which may have 8 levels and is the first of them (LI). */
const MAX_DEPTH = 7;

/** A copy of what JSON can hold, or `undefined`. */
function copyJson(value: unknown, depth = MAX_DEPTH): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || depth === 0) return undefined;
  const entries: [string, Json][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const copy = copyJson(inner, depth - 1);
    if (copy === undefined) return undefined;
    entries.push([key, copy]);
  }
  return Array.isArray(value) ? entries.map(([, copy]) => copy) : Object.fromEntries(entries);
}

const json: Reader<Json> = {
  needs: `a JSON value of at most ${MAX_DEPTH} levels`,
  read: (value) => copyJson(value),
};

const meta: Reader<NonNullable<ParametersOf<'set-presence'>['meta']>> = {
  needs: 'an object of strings, numbers, booleans and nulls',
  read: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const copy = copyJson(value, 1);
    return copy as NonNullable<ParametersOf<'set-presence'>['meta']> | undefined;
  },
};

const size: Reader<NonNullable<ParametersOf<'show-picture'>['size']>> = {
  needs: 'a width and a height in pixels',
  read: (value) => {
    const { width, height } = Object(value) as Record<string, unknown>;
    return isPixels(width) && isPixels(height) ? { width, height } : undefined;
  },
};

const isPixels = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Infinity;

/** Files are plain data of the browser, and cannot be copied without being read. */
const isFile = (value: unknown): value is File | FileSystemHandle =>
  value instanceof File || (isHandle(value) && value instanceof FileSystemHandle);

/** Not every browser has handles. */
const isHandle = (value: unknown): boolean =>
  typeof FileSystemHandle === 'function' && typeof value === 'object';

const files: Reader<ParametersOf<'send-files'>['files']> = {
  needs: 'a File, a handle of the file system, or a list of those',
  read: (value) => {
    if (isFile(value)) return value;
    const all: readonly unknown[] =
      value instanceof FileList || Array.isArray(value) ? [...value] : [];
    return all.length > 0 && all.every(isFile) ? all : undefined;
  },
};

const sink: Reader<NonNullable<ParametersOf<'accept-transfer'>['sink']>> = {
  needs: 'storage, memory, or a handle of a file or folder',
  read: (value) => {
    if (value === 'storage' || value === 'memory') return value;
    return isHandle(value) && value instanceof FileSystemHandle
      ? (value as FileSystemFileHandle | FileSystemDirectoryHandle)
      : undefined;
  },
};

const receivers: Reader<NonNullable<ParametersOf<'send-files'>['to']>> = {
  needs: 'the id of a session, or a list of those',
  read: (value) => {
    if (!Array.isArray(value)) return id.read(value);
    const all = value.map((one) => id.read(one));
    return all.every((one) => one !== undefined) ? all : undefined;
  },
};

const toggle = { force: optional(flag) };
const ofPeer = { session: id };
const ofUser = { user: id };
const ofMessage = { seq: count };
const ofValue = { key: id, rev: optional(count) };
const device = { deviceId: id };

const READERS: { readonly [Name in RequestName]: Readers<ParametersOf<Name>> } = {
  join: { name: optional(id), call: optional(flag) },
  leave: {},
  rejoin: {},
  'leave-call': {},
  'move-call': { engine: id },
  'set-presence': {
    name: optional(id),
    state: optional(oneOf('active', 'away')),
    hand: optional(flag),
    meta: optional(meta),
  },
  'peek-room': {},
  'toggle-microphone': toggle,
  'toggle-camera': toggle,
  'toggle-screen': toggle,
  'toggle-hand': toggle,
  'toggle-panel': { ...toggle, panel: oneOf('chat', 'people', 'stats') },
  'share-screen': {
    audio: optional(flag),
    hint: optional(oneOf('detail', 'motion')),
    deviceId: optional(id),
  },
  'use-microphone': device,
  'use-camera': device,
  'use-speaker': { deviceId: orNull(id) },
  'enable-sound': {},
  'show-picture': { ...ofPeer, source: oneOf('camera', 'screen'), size: orNull(size) },
  'send-message': { text, replyTo: optional(count) },
  'edit-message': { ...ofMessage, text },
  'delete-message': ofMessage,
  react: { ...ofMessage, emoji: id, on: flag },
  'retry-message': { id },
  'discard-message': { id },
  'target-message': { seq: orNull(count), edits: optional(flag) },
  'set-typing': { on: flag },
  'mark-read': { seq: optional(count) },
  'load-history': { before: optional(count), after: optional(count), limit: optional(count) },
  'search-messages': { query: text, before: optional(count), limit: optional(count) },
  'send-files': { files, to: optional(receivers), name: optional(id) },
  'share-files': { files, text, replyTo: optional(count) },
  'request-files': { ...ofPeer, shared: id, sink: optional(sink) },
  'accept-transfer': { id, sink: optional(sink) },
  'decline-transfer': { id, reason: optional(id) },
  'pause-transfer': { id },
  'resume-transfer': { id, files: optional(files) },
  'cancel-transfer': { id },
  'discard-transfer': { id },
  'take-transfer': { id },
  'set-value': { ...ofValue, value: json },
  'delete-value': ofValue,
  'mute-person': { ...ofPeer, source: oneOf('microphone', 'camera', 'screen') },
  'lower-hand': ofPeer,
  'set-role': { ...ofPeer, role: oneOf('host', 'speaker', 'listener') },
  'remove-person': ofPeer,
  'ban-person': ofUser,
  'unban-person': ofUser,
  'lock-room': { on: flag },
  'admit-person': ofPeer,
  'deny-person': ofPeer,
  'close-room': {},
  'retry-peer': ofPeer,
  simulate: {
    fault: oneOf(
      'socket-drop',
      'socket-half-open',
      'ice-fail',
      'turn-expire',
      'rebuild',
      'device-lost',
    ),
  },
  diagnose: {},
  'check-network': {},
};

/**
 * A copy of a request, with what it declares and nothing else.
 * @throws RtcError `protocol`: there is no such request, or a parameter is missing or of another type.
 * Also whatever a getter in it throws.
 */
export function readAction(raw: unknown): RtcAction {
  const given = Object(raw) as Record<string, unknown>;
  const name = given['do'];
  if (typeof name !== 'string') {
    throw new RtcError('protocol', 'Name the request in "do", as in { do: "leave" }.');
  }
  if (!Object.hasOwn(READERS, name)) {
    throw new RtcError('protocol', `There is no request "${name.slice(0, 64)}".`);
  }
  const readers = READERS[name as RequestName] as Record<string, Reader<unknown>>;
  const parameters: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(readers)) {
    const value = given[key];
    if (value === undefined && 'isOptional' in one) continue;
    parameters[key] = one.read(value);
    if (parameters[key] === undefined) {
      throw new RtcError('protocol', `"${name}" needs "${key}": ${one.needs}.`);
    }
  }
  return { ...parameters, do: name } as unknown as RtcAction;
}
