// What the methods of an action take, and what one is made of.
import { ACTION_NAME } from '../data/rules/action-name.js';
import {
  callback,
  fields,
  isFunction,
  isObject,
  maybe,
  type Reader,
  reader,
  taken,
  trueOrFalse,
} from './arguments.js';
import type { Action } from './data-api.js';
import { isText, type MethodRules, rejects, throws } from './method-rules.js';

/** Of an action or an ephemeral value. */
export const dataName = reader(
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

/** The methods of an action. */
export const ACTION_RULES: MethodRules<Action> = {
  send: rejects(anything, taken),
  request: rejects(anything, taken),
  requestMany: rejects(anything, taken),
  onReceive: throws(callback),
  onRequest: throws(callback),
};
