// What a chat shows beside its lines.
import { RtcChatTarget } from '../chat/composer/rtc-chat-target.js';
import { RtcChatComposer } from '../chat/composer/rtc-chat-composer.js';
import { RtcChatEntry } from '../chat/rtc-chat-entry.js';
import { RtcChatSearch } from '../chat/search/rtc-chat-search.js';
import { RtcChatTools } from '../chat/tools/rtc-chat-tools.js';
import { RtcChatTyping } from '../chat/log/rtc-chat-typing.js';

/** By tag. */
export const chatExtras = {
  'rtc-chat-target': RtcChatTarget,
  'rtc-chat-composer': RtcChatComposer,
  'rtc-chat-entry': RtcChatEntry,
  'rtc-chat-search': RtcChatSearch,
  'rtc-chat-tools': RtcChatTools,
  'rtc-chat-typing': RtcChatTyping,
};
