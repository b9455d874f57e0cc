// Notices that a backend sends to the people in a room (rules NO).
import { LIMITS } from './limits.js';
import {
  type BodySchema,
  count,
  growing,
  id,
  type Json,
  json,
  list,
  object,
  oneOf,
  optional,
  ruled,
  type SchemaOf,
  text,
} from './schema.js';
import { isChatText, isTextShape } from './text.js';

export const NOTICE_LEVELS = ['info', 'success', 'warning', 'error'] as const;
export type NoticeLevel = (typeof NOTICE_LEVELS)[number];

/** The body of a backend's POST (NO-1). */
export interface NoticeRequest {
  readonly title: string;
  readonly body?: string;
  /** Default `info`. */
  readonly level?: NoticeLevel;
  /** For the page. The elements do not show it. */
  readonly data?: Json;
  /** Sessions or users; absent for everybody. */
  readonly to?: readonly string[];
}

/** Room to client. */
export interface NotifyMessage {
  readonly type: 'notify';
  readonly id: string;
  /** By the room's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly title: string;
  readonly body?: string;
  readonly level: NoticeLevel;
  readonly data?: Json;
}

/** `isText` is what the words must be, of at most so many code points. */
const entriesOf = (isText: (said: string, max: number) => boolean) => {
  const words = (max: number): SchemaOf<string> =>
    ruled(text(2 * max), (said) => isText(said, max), max);
  return {
    title: words(LIMITS.noticeTitleLength),
    body: optional(words(LIMITS.noticeBodyLength)),
    data: optional(json(LIMITS.noticeBytes)),
  };
};

export const noticeRequestSchema: SchemaOf<NoticeRequest> = object({
  ...entriesOf(isChatText),
  level: optional(oneOf(...NOTICE_LEVELS)),
  to: optional(list(id, LIMITS.noticeAddressees)),
});

export const notifySchema: BodySchema<NotifyMessage> = object({
  ...entriesOf(isTextShape),
  id,
  at: count,
  level: growing(NOTICE_LEVELS, 'info'),
});
