// The elements that show and play a call.
import { RtcAnnouncer } from '../announcer/rtc-announcer.js';
import { RtcControls } from '../controls/rtc-controls.js';
import { RtcGrid } from '../grid/rtc-grid.js';
import { RtcNotices } from '../notices/rtc-notices.js';
import { RtcNotifications } from '../notifications/rtc-notifications.js';
import { RtcPlayer } from '../room/rtc-player.js';
import { RtcTalkKey } from '../talk-key/rtc-talk-key.js';
import { RtcTile } from '../tile/rtc-tile.js';

export { RoomInterface } from '../room/room-interface.js';

/** By tag. */
export const elements = {
  'rtc-announcer': RtcAnnouncer,
  'rtc-controls': RtcControls,
  'rtc-grid': RtcGrid,
  'rtc-notices': RtcNotices,
  'rtc-notifications': RtcNotifications,
  'rtc-player': RtcPlayer,
  'rtc-talk-key': RtcTalkKey,
  'rtc-tile': RtcTile,
};
