// Defines the elements. Import it for its effect; all classes are in `index.ts`.
import './tags.js';

import { define } from './base/define.js';
import { RtcChat } from './chat/rtc-chat.js';
import { RtcRoom } from './room/rtc-room.js';

// The others are defined as soon as one of these, or the page, needs them.
define({ 'rtc-room': RtcRoom, 'rtc-chat': RtcChat });

export * from './elements.js';
