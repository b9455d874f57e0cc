// What the methods of an action take, and what one is made of.
import { ACTION_NAME } from '../data/rules/action-name.js';
import {
  abortSignal,
  callback,
  fields,
  isFunction,
  isObject,
  maybe,
  type Reader,
  reader,
  trueOrFalse,
} from './arguments.js';
import type { Action } from './data-api.js';
import {
  anyNumber,
  checkMethods,
  anId,
  isText,
  type MethodRules,
  rejects,
  throws,
} from './method-rules.js';

export const actionName = reader(
  'a name of 1 to 64 characters: letters, digits, "_.:-"',
  (value) => isText(value) && ACTION_NAME.test(value as string),
);

const limit = reader(
  'a whole number, 0 to 65535',
  (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535,
);

/** Some libraries have schemas that are functions. */
const schema = reader(
  'a Standard Schema',
  (value) => (isObject(value) || isFunction(value)) && '~standard' in (value as object),
);

const actionFields = fields({
  ordered: maybe(trueOrFalse),
  maxRetransmits: maybe(limit),
  maxPacketLifeTime: maybe(limit),
  schema: maybe(schema),
});

const oneLimit = reader(
  'options with one of "maxRetransmits" and "maxPacketLifeTime"',
  (value) => !('maxRetransmits' in (value as object) && 'maxPacketLifeTime' in (value as object)),
);

export const actionOptions: Reader = (value, place) => oneLimit(actionFields(value, place), place);

/** What is sent is read where it is sent. */
const anything: Reader = (value) => value;

const sessions: Reader = (value, place) =>
  Array.isArray(value)
    ? Array.from(value, (one) => anId(one, place))
    : reader('a list of sessions', () => false)(value, place);

const waiting = { timeoutMs: maybe(anyNumber), signal: maybe(abortSignal) };

/** The methods of an action. */
const ACTION: MethodRules<Action> = {
  send: rejects(
    anything,
    maybe(fields({ to: maybe((value, place) => (isText(value) ? anId : sessions)(value, place)) })),
  ),
  request: rejects(anything, fields({ to: anId, ...waiting })),
  requestMany: rejects(anything, maybe(fields({ to: maybe(sessions), ...waiting }))),
  onReceive: throws(callback),
  onRequest: throws(callback),
};

/** Makes every method of an action check its arguments first. */
export function checkAction<T, R>(action: Action<T, R>): Action<T, R> {
  checkMethods(action, ACTION, 'action.');
  return action;
}
