// The part of the chat's own file: everything that a chat can be read without.
import { RtcNotices } from '../notices/rtc-notices.js';
import { RtcNotifications } from '../notifications/rtc-notifications.js';
import { chatExtras } from './chat-extras.js';

/** By tag. */
export const elements = {
  ...chatExtras,
  'rtc-notices': RtcNotices,
  'rtc-notifications': RtcNotifications,
};
