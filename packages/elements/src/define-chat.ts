// Defines `<rtc-chat>` without `<rtc-room>`.
import './tags.js';

import { define } from './base/define.js';
import { RtcChat } from './chat/rtc-chat.js';

// The elements inside the chat are defined when the chat or the page needs them.
define({ 'rtc-chat': RtcChat });

export * from './events.js';
export { RtcChat };
