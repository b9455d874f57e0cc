// What somebody typed, as the room takes it (CH-3).
import { cleanChatText, isChatText, LIMITS } from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';

/** The text, cleaned. Throws `text-empty` or `text-too-long`. */
export function checkText(raw: string): string {
  const text = cleanChatText(raw);
  if (text === '') throw new RtcError('text-empty', 'Write something first.');
  if (isChatText(text, LIMITS.textLength)) return text;
  throw new RtcError(
    'text-too-long',
    `Keep a message below ${LIMITS.textLength} characters, or send it in parts.`,
  );
}
