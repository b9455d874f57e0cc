// Defines the elements. Import it for its side effect; `index.ts` exports the classes.
import './tags.js';

import { define } from './base/define.js';
import { RtcChat } from './chat/rtc-chat.js';
import { RtcRoom } from './room/rtc-room.js';

// The other elements are defined when one of these or the page needs them.
define({ 'rtc-room': RtcRoom, 'rtc-chat': RtcChat });

export * from './elements.js';
