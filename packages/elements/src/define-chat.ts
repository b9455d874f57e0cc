// Defines the chat alone.
import './tags.js';

import { define } from './base/define.js';
import { RtcChat } from './chat/rtc-chat.js';

// The elements inside of it are defined as soon as it, or the page, needs them.
define({ 'rtc-chat': RtcChat });

export * from './events.js';
export { RtcChat };
