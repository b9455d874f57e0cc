// How the methods of an object check what they are called with: one rule for each.
import { ID_PATTERN } from '@rtc-elements/protocol';

import { type Reader, readArguments, reader } from './arguments.js';

/** A method that returns a promise rejects; any other one throws. */
export interface Rejecting {
  readonly rejects: readonly Reader[];
}
export interface Throwing {
  readonly throws: readonly Reader[];
}

export type MethodRules<T> = {
  readonly [
    Name in keyof T as T[Name] extends (...given: never[]) => unknown ? Name : never
  ]: T[Name] extends (...given: never[]) => Promise<unknown> ? Rejecting : Throwing;
};

export const rejects = (...readers: readonly Reader[]): Rejecting => ({ rejects: readers });
export const throws = (...readers: readonly Reader[]): Throwing => ({ throws: readers });

export const anId = reader(
  'an id from the snapshot',
  (value) => typeof value === 'string' && ID_PATTERN.test(value),
);
export const isText = (value: unknown): boolean => typeof value === 'string';

export const anyNumber = reader(
  'a number, 0 or more',
  (value) => Number.isFinite(value) && Number(value) >= 0,
);

/** Makes methods of `target` check their arguments first, and work without it, as a listener may call them. */
export function checkMethods(
  target: object,
  rules: Readonly<Record<string, Rejecting | Throwing>>,
  prefix = '',
): void {
  for (const [name, rule] of Object.entries(rules)) {
    const method = (Reflect.get(target, name) as Method).bind(target);
    Reflect.set(target, name, checked(`${prefix}${name}`, method, rule));
  }
}

type Method = (...given: readonly unknown[]) => unknown;

const checked =
  (name: string, method: Method, rule: Partial<Rejecting & Throwing>): Method =>
  (...given) => {
    try {
      given = readArguments(name, rule.rejects ?? rule.throws ?? [], given);
    } catch (error) {
      if (rule.rejects) return Promise.reject(error);
      throw error;
    }
    return method(...given);
  };
