// What a client keeps in the storage of its browser: messages that no room has stored. It is not sent to anybody.
import { isChatText } from './text.js';
import { LIMITS } from './limits.js';
import { count, id, list, object, optional, ruled, type SchemaOf, text } from './schema.js';

/** A message that waits to be sent, or was refused. */
export interface UnsentMessage {
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
  /** When it was written, ms since 1970. */
  readonly at: number;
}

/** The unsent messages of one Room. */
export interface UnsentRecord {
  /** The room's WebSocket address. */
  readonly url: string;
  /** Empty before the first welcome. */
  readonly user: string;
  readonly name: string;
  readonly messages: readonly UnsentMessage[];
}

/** In characters: of a URL, and of any name. */
const ANY = 2_048;

export const unsentRecordSchema: SchemaOf<UnsentRecord> = object({
  url: text(ANY),
  user: text(ANY),
  name: text(ANY),
  messages: list(
    object({
      id,
      text: ruled(text(2 * LIMITS.textLength), (words) => isChatText(words, LIMITS.textLength)),
      replyTo: optional(count),
      at: count,
    }),
    LIMITS.outboxMessages,
  ),
});
