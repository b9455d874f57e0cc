// Registers the chat alone: what is read at once, the rest right after it.
import './tags.js';

import { RtcChat } from './chat/rtc-chat.js';
import { RtcChatLog } from './chat/rtc-chat-log.js';
import { define } from './internal/define.js';
import { PartKeeper, setParts } from './internal/parts.js';
import { setKeeper } from './internal/rtc-entry.js';

setParts({
  chat: {
    tags: ['rtc-chat-composer', 'rtc-chat-typing', 'rtc-notices'],
    load: () => import('./parts/chat-more.js'),
  },
});
setKeeper((host, t) => new PartKeeper(host, t));

define({
  'rtc-chat': RtcChat,
  'rtc-chat-log': RtcChatLog,
});

export * from './events.js';
export { RtcChat };
