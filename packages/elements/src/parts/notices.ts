// The part with what is told over the stage, and to screen readers.
import { RtcAnnouncer } from '../announcer/rtc-announcer.js';
import { RtcNotices } from '../notices/rtc-notices.js';
import { RtcNotifications } from '../notifications/rtc-notifications.js';

/** By tag. */
export const elements = {
  'rtc-announcer': RtcAnnouncer,
  'rtc-notices': RtcNotices,
  'rtc-notifications': RtcNotifications,
};
