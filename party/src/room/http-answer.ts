// What a room answers over HTTP, before a host makes a `Response` of it.

export interface RoomAnswer {
  readonly status: number;
  /** In parts, if it may be large: a part is made when the client has taken the one before. */
  readonly body: string | AsyncIterable<string>;
  /** The content type. */
  readonly type: string;
  readonly retryAfterS?: number;
}

export const jsonAnswer = (status: number, body: object): RoomAnswer => ({
  status,
  body: JSON.stringify(body),
  type: 'application/json',
});

export const refused = (status: number, error: string, detail: string): RoomAnswer =>
  jsonAnswer(status, { error, detail });

/** 429, with the wait rounded up to the whole seconds of `retry-after`. */
export const tooOften = (detail: string, waitMs: number): RoomAnswer => ({
  ...refused(429, 'rate-limited', detail),
  retryAfterS: Math.ceil(waitMs / 1_000),
});
