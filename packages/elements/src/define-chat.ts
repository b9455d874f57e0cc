// Registers the chat alone: what is read at once, the rest right after it.
import './tags.js';

import { RtcChat } from './chat/rtc-chat.js';
import { RtcChatLog } from './chat/log/rtc-chat-log.js';
import { define } from './base/define.js';
import { PartKeeper, setParts } from './lazy/lazy-elements.js';
import { setKeeper } from './base/room-entry.js';

setParts({
  chat: {
    tags: ['rtc-chat-composer', 'rtc-chat-typing', 'rtc-notices'],
    load: () => import('./lazy/chat-more.js'),
  },
});
setKeeper((host, t) => new PartKeeper(host, t));

define({
  'rtc-chat': RtcChat,
  'rtc-chat-log': RtcChatLog,
});

export * from './events.js';
export { RtcChat };
