// What a chat shows beside its lines.
import { RtcChatAim } from '../chat/composer/rtc-chat-target.js';
import { RtcChatComposer } from '../chat/composer/rtc-chat-composer.js';
import { RtcChatDoor } from '../chat/rtc-chat-entry.js';
import { RtcChatSearch } from '../chat/search/rtc-chat-search.js';
import { RtcChatTools } from '../chat/tools/rtc-chat-tools.js';
import { RtcChatTyping } from '../chat/log/rtc-chat-typing.js';

/** By tag. */
export const chatExtras = {
  'rtc-chat-aim': RtcChatAim,
  'rtc-chat-composer': RtcChatComposer,
  'rtc-chat-door': RtcChatDoor,
  'rtc-chat-search': RtcChatSearch,
  'rtc-chat-tools': RtcChatTools,
  'rtc-chat-typing': RtcChatTyping,
};
