/**
 * The element classes, without side effects. `rtc-elements/define` registers them.
 *
 * @packageDocumentation
 */
import './tags.js';

export { RtcAnnouncer } from './announcer/rtc-announcer.js';
export { RtcChatComposer } from './chat/composer/rtc-chat-composer.js';
export { RtcChatTarget } from './chat/composer/rtc-chat-target.js';
export { RtcChatFile } from './chat/file/rtc-chat-file.js';
export { RtcChatLog } from './chat/log/rtc-chat-log.js';
export { RtcChatTyping } from './chat/log/rtc-chat-typing.js';
export { RtcChatEntry } from './chat/rtc-chat-entry.js';
export { RtcChatSearch } from './chat/search/rtc-chat-search.js';
export { RtcChatTools } from './chat/tools/rtc-chat-tools.js';
export { RtcControls } from './controls/rtc-controls.js';
export { RtcCursors } from './cursors/rtc-cursors.js';
export * from './elements.js';
export { RtcFileCards } from './files/rtc-file-cards.js';
export { RtcFiles } from './files/rtc-files.js';
export { RtcGrid } from './grid/rtc-grid.js';
export { en } from './i18n/en.js';
export { RtcLeaving } from './leaving/rtc-leaving.js';
export { RtcLevelMeter } from './level-meter/rtc-level-meter.js';
export { RtcLobby } from './lobby/rtc-lobby.js';
export { RtcNetworkCheck } from './network-check/rtc-network-check.js';
export { RtcNotices } from './notices/rtc-notices.js';
export { RtcNotifications } from './notifications/rtc-notifications.js';
export { RtcParticipants } from './participants/rtc-participants.js';
export { RtcPlayer } from './room/rtc-player.js';
export { RtcStats } from './stats/rtc-stats.js';
export { RtcTalkKey } from './talk-key/rtc-talk-key.js';
export { RtcTile, type TileConnection } from './tile/rtc-tile.js';
export { RtcWaiting } from './waiting/rtc-waiting.js';
