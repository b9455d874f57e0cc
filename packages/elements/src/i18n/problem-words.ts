// The sentence for a problem: the page's own, or the engine's.
import type { Problem } from '@rtc-elements/core';

import type { Messages, ProblemKey } from './en.js';
import { localize, type MessageParams } from './localize.js';

/** What to say of `problem`; `params` are for a page's own sentence. */
export function problemWords(
  { code, message }: Pick<Problem, 'code' | 'message'>,
  overrides: Partial<Messages> | undefined,
  params?: MessageParams,
): string {
  const key: ProblemKey = `problem.${code}`;
  // A room's own words may contain what is a placeholder elsewhere.
  return overrides?.[key] === undefined ? message : localize(overrides, {}, key, params);
}
