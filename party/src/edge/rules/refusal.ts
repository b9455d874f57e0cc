// Why the edge refuses a request: a status for HTTP, a close code for a WebSocket (EN-4).
import { CLOSE, type CloseCode, type FaultCode, TIMES } from '@rtc-elements/protocol';

export interface EdgeRefusal {
  readonly status: number;
  readonly close: CloseCode;
  /** A word for programs to compare. */
  readonly error: string;
  /** A sentence for people. It reveals nothing that the sender may not know. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** When to come back. A socket is told in an `error` frame with this code. */
  readonly retry?: { readonly code: FaultCode; readonly afterMs: number };
}

/** Over how long those are spread who were refused at the same moment. */
const SPREAD_MS = 1_000;

/** The close code that stands for each status. */
const CLOSE_OF = {
  400: CLOSE.badMessage,
  401: CLOSE.auth,
  403: CLOSE.forbidden,
  404: CLOSE.room,
  405: CLOSE.badMessage,
  408: CLOSE.badMessage,
  413: CLOSE.tooBig,
  414: CLOSE.tooBig,
  415: CLOSE.badMessage,
  429: CLOSE.retryLater,
  503: CLOSE.retryLater,
} as const;

export const refusal = (
  status: keyof typeof CLOSE_OF,
  error: string,
  detail: string,
  headers?: EdgeRefusal['headers'],
): EdgeRefusal => ({ status, close: CLOSE_OF[status], error, detail, ...(headers && { headers }) });

/**
 * The room cannot be started, or cannot read what it has stored. `random`, from 0 to 1, spreads the clients
 * that come back.
 */
export const unavailable = (random: number): EdgeRefusal => ({
  ...refusal(503, 'unavailable', 'the room cannot be opened at present; come back later'),
  retry: { code: 'unavailable', afterMs: Math.round(TIMES.unavailableMs * (1 + random)) },
});

/** Too much comes from one address or user. `random`, from 0 to 1, spreads those who come back. */
export const rateLimited = (detail: string, waitMs: number, random: number): EdgeRefusal => ({
  ...refusal(429, 'rate-limited', detail),
  retry: { code: 'rate-limited', afterMs: Math.ceil(waitMs + random * SPREAD_MS) },
});
