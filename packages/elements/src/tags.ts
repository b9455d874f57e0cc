// Maps tags to classes, for TypeScript.
import type { RtcAnnouncer } from './announcer/rtc-announcer.js';
import type { RtcChatComposer } from './chat/composer/rtc-chat-composer.js';
import type { RtcChatTarget } from './chat/composer/rtc-chat-target.js';
import type { RtcChatFile } from './chat/file/rtc-chat-file.js';
import type { RtcChatLog } from './chat/log/rtc-chat-log.js';
import type { RtcChatTyping } from './chat/log/rtc-chat-typing.js';
import type { RtcChatEntry } from './chat/rtc-chat-entry.js';
import type { RtcChat } from './chat/rtc-chat.js';
import type { RtcChatSearch } from './chat/search/rtc-chat-search.js';
import type { RtcChatTools } from './chat/tools/rtc-chat-tools.js';
import type { RtcControls } from './controls/rtc-controls.js';
import type { RtcCursors } from './cursors/rtc-cursors.js';
import type { RtcFileCards } from './files/rtc-file-cards.js';
import type { RtcFiles } from './files/rtc-files.js';
import type { RtcGrid } from './grid/rtc-grid.js';
import type { RtcLeaving } from './leaving/rtc-leaving.js';
import type { RtcLevelMeter } from './level-meter/rtc-level-meter.js';
import type { RtcLobby } from './lobby/rtc-lobby.js';
import type { RtcNetworkCheck } from './network-check/rtc-network-check.js';
import type { RtcNotices } from './notices/rtc-notices.js';
import type { RtcNotifications } from './notifications/rtc-notifications.js';
import type { RtcParticipants } from './participants/rtc-participants.js';
import type { RtcPlayer } from './room/rtc-player.js';
import type { RtcRoom } from './room/rtc-room.js';
import type { RtcStats } from './stats/rtc-stats.js';
import type { RtcTalkKey } from './talk-key/rtc-talk-key.js';
import type { RtcTile } from './tile/rtc-tile.js';
import type { RtcWaiting } from './waiting/rtc-waiting.js';

declare global {
  interface HTMLElementTagNameMap {
    'rtc-room': RtcRoom;
    'rtc-grid': RtcGrid;
    'rtc-tile': RtcTile;
    'rtc-controls': RtcControls;
    'rtc-cursors': RtcCursors;
    'rtc-file-cards': RtcFileCards;
    'rtc-files': RtcFiles;
    'rtc-lobby': RtcLobby;
    'rtc-level-meter': RtcLevelMeter;
    'rtc-network-check': RtcNetworkCheck;
    'rtc-participants': RtcParticipants;
    'rtc-stats': RtcStats;
    'rtc-leaving': RtcLeaving;
    'rtc-notices': RtcNotices;
    'rtc-notifications': RtcNotifications;
    'rtc-player': RtcPlayer;
    'rtc-chat': RtcChat;
    'rtc-chat-composer': RtcChatComposer;
    'rtc-chat-file': RtcChatFile;
    'rtc-chat-log': RtcChatLog;
    'rtc-chat-typing': RtcChatTyping;
    'rtc-chat-target': RtcChatTarget;
    'rtc-chat-entry': RtcChatEntry;
    'rtc-chat-search': RtcChatSearch;
    'rtc-chat-tools': RtcChatTools;
    'rtc-talk-key': RtcTalkKey;
    'rtc-waiting': RtcWaiting;
    'rtc-announcer': RtcAnnouncer;
  }
}
