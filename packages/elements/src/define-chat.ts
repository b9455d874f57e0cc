// Registers the chat alone, with all that it shows. Import it for its effect.
import './tags.js';

import { RtcChat } from './chat/rtc-chat.js';
import { define } from './internal/define.js';
import { chatElements } from './parts/chat-elements.js';

define({ 'rtc-chat': RtcChat, ...chatElements });

export * from './events.js';
export { RtcChat };
