// The elements inside a chat, and those that show its notices.
import { RtcChatComposer } from '../chat/composer/rtc-chat-composer.js';
import { RtcChatTarget } from '../chat/composer/rtc-chat-target.js';
import { RtcChatLog } from '../chat/log/rtc-chat-log.js';
import { RtcChatTyping } from '../chat/log/rtc-chat-typing.js';
import { RtcChatEntry } from '../chat/rtc-chat-entry.js';
import { RtcChatSearch } from '../chat/search/rtc-chat-search.js';
import { RtcChatTools } from '../chat/tools/rtc-chat-tools.js';
import { RtcNotices } from '../notices/rtc-notices.js';
import { RtcNotifications } from '../notifications/rtc-notifications.js';

export { ChatInterface } from '../chat/chat-interface.js';

/** By tag. */
export const elements = {
  'rtc-chat-composer': RtcChatComposer,
  'rtc-chat-entry': RtcChatEntry,
  'rtc-chat-log': RtcChatLog,
  'rtc-chat-search': RtcChatSearch,
  'rtc-chat-target': RtcChatTarget,
  'rtc-chat-tools': RtcChatTools,
  'rtc-chat-typing': RtcChatTyping,
  'rtc-notices': RtcNotices,
  'rtc-notifications': RtcNotifications,
};
