// Registers every element. Import it for its effect; the classes alone are in `index.ts`.
import './tags.js';

import { define } from './base/define.js';
import { setLazyElementsController } from './base/room-entry.js';
import { RtcChat } from './chat/rtc-chat.js';
import { RtcControls } from './controls/rtc-controls.js';
import { RtcGrid } from './grid/rtc-grid.js';
import { LazyElementsController, setLazyElements } from './lazy/lazy-elements.js';
import { RtcPlayer } from './room/rtc-player.js';
import { RtcRoom } from './room/rtc-room.js';
import { RtcTile } from './tile/rtc-tile.js';

setLazyElements({
  lobby: {
    tags: ['rtc-lobby', 'rtc-level-meter', 'rtc-network-check'],
    load: () => import('./lazy/lobby.js'),
  },
  chat: {
    tags: [
      'rtc-chat-log',
      'rtc-chat-typing',
      'rtc-chat-composer',
      'rtc-participants',
      'rtc-stats',
      'rtc-leaving',
      'rtc-waiting',
    ],
    load: () => import('./lazy/chat.js'),
  },
  notices: {
    tags: ['rtc-notices', 'rtc-notifications', 'rtc-announcer', 'rtc-talk-key'],
    load: () => import('./lazy/notices.js'),
  },
});
setLazyElementsController((host, t) => new LazyElementsController(host, t));

// Providers first: what is inside of them asks for its room the moment it is upgraded.
define({
  'rtc-room': RtcRoom,
  'rtc-grid': RtcGrid,
  'rtc-tile': RtcTile,
  'rtc-controls': RtcControls,
  'rtc-player': RtcPlayer,
  'rtc-chat': RtcChat,
});

export * from './elements.js';
