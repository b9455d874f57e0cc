// What a chat shows.
import { RtcChatComposer } from '../chat/rtc-chat-composer.js';
import { RtcChatLog } from '../chat/rtc-chat-log.js';
import { RtcChatTyping } from '../chat/rtc-chat-typing.js';

/** By tag. */
export const chatElements = {
  'rtc-chat-composer': RtcChatComposer,
  'rtc-chat-log': RtcChatLog,
  'rtc-chat-typing': RtcChatTyping,
};
