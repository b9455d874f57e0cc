// The messages of actions, as they are read from what a peer sent (DA-3).

import { ACTION_NAME } from './action-name.js';

/** What a reply says instead of data. */
export const REMOTE_FAULTS = ['failed', 'not-found', 'bad-argument', 'flooded'] as const;

export type RemoteFault = (typeof REMOTE_FAULTS)[number];

/** `request`: the number under which a reply is wanted; `null`: none is. */
export type ActionMessage =
  | {
      readonly type: 'call';
      readonly action: string;
      readonly request: number | null;
      readonly data: unknown;
    }
  | { readonly type: 'reply'; readonly reply: number; readonly data: unknown }
  | {
      readonly type: 'fault';
      readonly reply: number;
      readonly code: RemoteFault;
      readonly message: string;
    };

/** How much of a remote error is shown, in characters. */
const MOST_WORDS = 1_000;

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `binary`: the data, if it came as bytes. `null`: it is no message of an action. */
export function readMessage(head: unknown, binary?: unknown): ActionMessage | null {
  if (!isRecord(head)) return null;
  const { action, request = null, reply, error } = head;
  const data = binary === undefined ? head['data'] : binary;
  if (typeof action === 'string') {
    const isCall = ACTION_NAME.test(action) && (request === null || isCount(request));
    return isCall && reply === undefined ? { type: 'call', action, request, data } : null;
  }
  if (action !== undefined || !isCount(reply)) return null;
  if (error === undefined) return { type: 'reply', reply, data };
  if (!isRecord(error) || typeof error['message'] !== 'string') return null;
  const code = REMOTE_FAULTS.find((one) => one === error['code']) ?? 'failed';
  return { type: 'fault', reply, code, message: error['message'].slice(0, MOST_WORDS) };
}
