// The elements that show files on their way.
import { RtcChatFile } from '../chat/file/rtc-chat-file.js';
import { RtcFileCards } from '../files/rtc-file-cards.js';
import { RtcFiles } from '../files/rtc-files.js';

export { AttachedFiles } from '../chat/composer/attached-files.js';
export { filesIn } from '../files/dropped-files.js';

/** By tag. */
export const elements = {
  'rtc-chat-file': RtcChatFile,
  'rtc-file-cards': RtcFileCards,
  'rtc-files': RtcFiles,
};
