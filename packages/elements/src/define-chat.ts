// Registers the chat alone: what is read at once, the rest right after it.
import './tags.js';

import { define } from './base/define.js';
import { setLazyElementsController } from './base/room-entry.js';
import { RtcChatLog } from './chat/log/rtc-chat-log.js';
import { RtcChat } from './chat/rtc-chat.js';
import { LazyElementsController, setLazyElements } from './lazy/lazy-elements.js';

setLazyElements({
  chat: {
    tags: ['rtc-chat-composer', 'rtc-chat-typing', 'rtc-notices'],
    load: () => import('./lazy/chat-more.js'),
  },
});
setLazyElementsController((host, t) => new LazyElementsController(host, t));

define({
  'rtc-chat': RtcChat,
  'rtc-chat-log': RtcChatLog,
});

export * from './events.js';
export { RtcChat };
