// To whom an action goes, and for how long its answer is awaited. Loaded with what sends actions.
import { abortSignal, fields, maybe, readArguments, type Reader, reader } from './arguments.js';
import { anId, anyNumber, isText } from './method-rules.js';

const sessions: Reader = (value, place) =>
  Array.isArray(value)
    ? Array.from(value, (one) => anId(one, place))
    : reader('a list of sessions', () => false)(value, place);

const oneOrMore: Reader = (value, place) => (isText(value) ? anId : sessions)(value, place);

const waiting = { timeoutMs: maybe(anyNumber), signal: maybe(abortSignal) };

const HOW = {
  send: maybe(fields({ to: maybe(oneOrMore) })),
  request: fields({ to: anId, ...waiting }),
  requestMany: maybe(fields({ to: maybe(sessions), ...waiting })),
};

/** What is passed beside the data. */
export interface SendOptions {
  readonly to?: string | readonly string[];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** @throws RtcError `bad-argument`. */
export function readHow(method: keyof typeof HOW, how: unknown): SendOptions {
  // Each stands for the second argument, after what is sent.
  const [, read = {}] = readArguments(
    `action.${method}`,
    [(data) => data, HOW[method]],
    [null, how],
  );
  return read as SendOptions;
}
