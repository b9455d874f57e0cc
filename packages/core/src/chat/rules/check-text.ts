// Checks what somebody typed against what the room accepts (CH-3).
import { cleanChatText, isChatText, isVisible, LIMITS } from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';

/** Returns the cleaned text. Throws `text-empty` if nothing of it can be seen, or `text-too-long`. */
export function checkText(raw: string): string {
  const text = cleanChatText(raw);
  if (!isVisible(text)) throw new RtcError('text-empty', 'Write something first.');
  if (isChatText(text, LIMITS.textLength)) return text;
  throw new RtcError(
    'text-too-long',
    `Keep a message below ${LIMITS.textLength} characters, or send it in parts.`,
  );
}
