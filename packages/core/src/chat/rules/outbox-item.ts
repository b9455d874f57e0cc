// A message of ours as the outbox holds it: made from what a caller passes, or from one that failed.
import {
  type ChatFile,
  chatFileType,
  ID_PATTERN,
  isFileName,
  LIMITS,
  TAKES_CHAT_FILES,
} from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';
import type { ChatEntry } from '../../state/room-state.js';
import { checkText } from './check-text.js';
import type { OutboxItem } from './outbox.js';

/** What a message has beside its text. */
export interface MessageParts {
  readonly replyTo?: number;
  readonly file?: ChatFile;
}

/**
 * A new message. `takes`: what the room takes, if it can be reached.
 * @throws RtcError `text-empty`, `text-too-long`; `bad-argument` for a file that no room keeps; `unsupported` for a
 * file in a room that keeps none, where nobody could get it.
 */
export function createItem(
  id: string,
  text: string,
  { replyTo, file }: MessageParts,
  takes: readonly string[] | null,
): OutboxItem {
  if (file && takes?.includes(TAKES_CHAT_FILES) === false) {
    throw new RtcError(
      'unsupported',
      'This room is of an older version and keeps no files in its chat. Send the file to a person.',
    );
  }
  return {
    id,
    text: checkText(text),
    ...(replyTo !== undefined && { replyTo }),
    ...(file && { file: checkFile(file) }),
  };
}

/** A message that is shown, to be sent once more. */
export const itemOf = ({ id, text, replyTo, file }: ChatEntry): OutboxItem => ({
  id,
  text,
  ...(replyTo !== undefined && { replyTo }),
  ...(file && { file }),
});

/** A copy, with a media type that every room takes (CH-11). */
function checkFile({ id, name, size, type }: ChatFile): ChatFile {
  if (!ID_PATTERN.test(id)) {
    throw new RtcError('bad-argument', 'The id of a file is one that room.files.share() returned.');
  }
  if (!isFileName(name, LIMITS.fileNameLength)) {
    throw new RtcError(
      'bad-argument',
      `Name the file without a path, in at most ${LIMITS.fileNameLength} characters.`,
    );
  }
  return { id, name, size, type: chatFileType(type) };
}
