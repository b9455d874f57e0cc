// The part with what is told over the stage and to screen readers, and the key to talk.
import { RtcAnnouncer } from '../announcer/rtc-announcer.js';
import { RtcNotices } from '../notices/rtc-notices.js';
import { RtcNotifications } from '../notifications/rtc-notifications.js';
import { RtcTalkKey } from '../talk-key/rtc-talk-key.js';

/** By tag. */
export const elements = {
  'rtc-announcer': RtcAnnouncer,
  'rtc-notices': RtcNotices,
  'rtc-notifications': RtcNotifications,
  'rtc-talk-key': RtcTalkKey,
};
