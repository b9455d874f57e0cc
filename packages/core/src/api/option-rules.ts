// What each option of a room may be, and when a change of it counts. One entry per option: the compiler asks for it.
import { RtcError } from '../state/errors.js';
import {
  abortSignal,
  callback,
  trueOrFalse,
  isFunction,
  isObject,
  choiceOf,
  plain,
  type Reader,
  reader,
  readArguments,
  anyText,
} from './arguments.js';
import type { RoomOptions } from './room-options.js';

/** The options that stay what they were when the room was created. */
export type FixedOption = 'host' | 'room' | 'ports';

/** What `Room.configure()` takes. `undefined`: the default again. */
export type OptionChanges = {
  readonly [Key in Exclude<keyof RoomOptions, FixedOption>]?: RoomOptions[Key] | undefined;
};

/** One option. */
interface OptionRule {
  readonly read: Reader;
  /** Why it cannot change while we are in the room, or at all. */
  readonly fixed?: { readonly until: 'left' | 'never'; readonly hint: string };
}

const isText = (value: unknown): boolean => typeof value === 'string';

const isIceUrl = (url: unknown): boolean => isText(url) && /^(stun|turn)s?:/i.test(url as string);

/** Everything else in one is text, too: a browser would throw when it makes a connection. */
const isIceServer = (server: unknown): boolean =>
  isObject(server) &&
  [server['urls']].flat().every(isIceUrl) &&
  Object.values(server)
    .flat()
    .every((value) => value === undefined || isText(value));

const device: OptionRule = {
  read: reader(
    'true, false, "muted" or { deviceId }',
    (value) =>
      typeof value === 'boolean' ||
      value === 'muted' ||
      (isObject(value) && isText(value['deviceId'])),
  ),
};
const another = { until: 'never', hint: 'Create another room.' } as const;

/** Not in the table: names that a page makes up. */
export const OPTION_RULES: Readonly<Record<keyof RoomOptions, OptionRule>> = {
  host: { read: anyText, fixed: another },
  room: { read: anyText, fixed: another },
  ports: { read: reader('an object', isObject), fixed: another },
  name: { read: anyText },
  audio: device,
  video: device,
  holdMicrophone: { read: trueOrFalse },
  call: { read: trueOrFalse, fixed: { until: 'left', hint: 'Use enterCall() and leaveCall().' } },
  privacy: { read: choiceOf('relay') },
  token: { read: anyText },
  tokenProvider: { read: callback },
  identity: { read: choiceOf('browser', 'tab'), fixed: { until: 'left', hint: 'Leave first.' } },
  iceServers: {
    read: reader(
      'a list of { urls }, which begin with stun: or turn:',
      (value) => Array.isArray(value) && value.every(isIceServer),
    ),
  },
  maxPeers: {
    read: reader(
      'a whole number above 0',
      (value) => Number.isInteger(value) && (value as number) > 0,
    ),
  },
  engines: {
    read: reader(
      'an object of functions',
      (value) => isObject(value) && Object.values(value).every(isFunction),
    ),
  },
  engine: { read: anyText },
  dataSaver: { read: trueOrFalse },
  meta: { read: plain },
  signal: { read: abortSignal, fixed: { until: 'left', hint: 'Use leave().' } },
};

/** Those of the options that can be used, and a sentence for each of the others. */
export interface SortedOptions {
  readonly valid: Readonly<Record<string, unknown>>;
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Sorts options of whatever type. `undefined` and, as attributes have it, `null` stand for the default.
 * `isInRoom`: whether the room was entered and not left since; `undefined`: it is being created.
 */
export function sortOptions(options: object, isInRoom?: boolean): SortedOptions {
  const valid: Record<string, unknown> = {};
  const refused = new Map<string, string>();
  for (const [name, given] of Object.entries(options)) {
    const value: unknown = given ?? undefined;
    const why = refusal(name, value, isInRoom);
    if (why) refused.set(name, why);
    else valid[name] = value;
  }
  return { valid, refused };
}

function refusal(name: string, value: unknown, isInRoom: boolean | undefined): string | null {
  if (!Object.hasOwn(OPTION_RULES, name)) return 'There is no such option.';
  const { read, fixed } = OPTION_RULES[name as keyof RoomOptions];
  const why = value === undefined ? null : refusalOf(read, value);
  if (why) return why;
  if (isInRoom === undefined || !fixed) return null;
  const isFixed = fixed.until === 'never' || isInRoom;
  return isFixed ? `It cannot change now. ${fixed.hint}` : null;
}

function refusalOf(read: Reader, value: unknown): string | null {
  try {
    read(value, 'It');
    return null;
  } catch (error) {
    // What throws when it is looked at is of no use either.
    return error instanceof RtcError ? error.message : 'It cannot be read.';
  }
}

/** Copies the options, so that each is read once. */
const options: Reader = (value, place) => ({
  ...(reader('an object with "room" and "name"', isObject)(value, place) as object),
});

/** The options that were given to `method`. Throws `bad-argument` unless they are an object. */
export const readOptions = (method: string, given: unknown): Readonly<Record<string, unknown>> =>
  readArguments(method, [options], [given])[0] as Readonly<Record<string, unknown>>;

/** Nothing can be asked of a room without these. Throws `bad-host`, `bad-room-name` or `bad-name`. */
export function checkTexts({ host, room, name }: Readonly<Record<string, unknown>>): void {
  const fail = (code: 'bad-host' | 'bad-room-name' | 'bad-name', option: string): never => {
    throw new RtcError(code, `"${option}" must be a text.`);
  };
  if (host !== undefined && !isText(host)) fail('bad-host', 'host');
  if (!isText(room)) fail('bad-room-name', 'room');
  if (!isText(name)) fail('bad-name', 'name');
}
