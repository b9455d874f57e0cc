// What a chat shows beside its lines.
import { RtcChatAim } from '../chat/rtc-chat-aim.js';
import { RtcChatComposer } from '../chat/rtc-chat-composer.js';
import { RtcChatDoor } from '../chat/rtc-chat-door.js';
import { RtcChatSearch } from '../chat/rtc-chat-search.js';
import { RtcChatTools } from '../chat/rtc-chat-tools.js';
import { RtcChatTyping } from '../chat/rtc-chat-typing.js';

/** By tag. */
export const chatExtras = {
  'rtc-chat-aim': RtcChatAim,
  'rtc-chat-composer': RtcChatComposer,
  'rtc-chat-door': RtcChatDoor,
  'rtc-chat-search': RtcChatSearch,
  'rtc-chat-tools': RtcChatTools,
  'rtc-chat-typing': RtcChatTyping,
};
