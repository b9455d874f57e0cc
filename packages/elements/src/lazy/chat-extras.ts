// What a chat shows beside its lines.
import { RtcChatComposer } from '../chat/composer/rtc-chat-composer.js';
import { RtcChatTarget } from '../chat/composer/rtc-chat-target.js';
import { RtcChatTyping } from '../chat/log/rtc-chat-typing.js';
import { RtcChatEntry } from '../chat/rtc-chat-entry.js';
import { RtcChatSearch } from '../chat/search/rtc-chat-search.js';
import { RtcChatTools } from '../chat/tools/rtc-chat-tools.js';

/** By tag. */
export const chatExtras = {
  'rtc-chat-target': RtcChatTarget,
  'rtc-chat-composer': RtcChatComposer,
  'rtc-chat-entry': RtcChatEntry,
  'rtc-chat-search': RtcChatSearch,
  'rtc-chat-tools': RtcChatTools,
  'rtc-chat-typing': RtcChatTyping,
};
