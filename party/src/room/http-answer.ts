// What a room answers over HTTP, before a host makes a response of it.

export interface RoomAnswer {
  readonly status: number;
  readonly body: string;
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

/** Too often; whole seconds, as `retry-after` counts them. */
export const tooOften = (detail: string, waitMs: number): RoomAnswer => ({
  ...refused(429, 'rate-limited', detail),
  retryAfterS: Math.ceil(waitMs / 1_000),
});
