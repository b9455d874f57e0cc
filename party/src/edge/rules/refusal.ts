// Why a request goes no further: for HTTP a status, for a WebSocket a close code (EN-4).
import { CLOSE, type CloseCode } from '@rtc-elements/protocol';

export interface EdgeRefusal {
  readonly status: number;
  readonly close: CloseCode;
  /** A word for programs. */
  readonly error: string;
  /** A sentence for people. Says nothing that the asker must not know. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The close code that says the same as a status. */
const CLOSE_OF = {
  400: CLOSE.badMessage,
  401: CLOSE.auth,
  403: CLOSE.forbidden,
  404: CLOSE.room,
  405: CLOSE.badMessage,
  413: CLOSE.tooBig,
  414: CLOSE.tooBig,
  415: CLOSE.badMessage,
  503: CLOSE.retryLater,
} as const;

export const refusal = (
  status: keyof typeof CLOSE_OF,
  error: string,
  detail: string,
  headers?: EdgeRefusal['headers'],
): EdgeRefusal => ({ status, close: CLOSE_OF[status], error, detail, ...(headers && { headers }) });
