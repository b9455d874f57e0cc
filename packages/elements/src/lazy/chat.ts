// The part with what stands in the panels, and with the screens at the door and after a call.
import { RtcChatLog } from '../chat/log/rtc-chat-log.js';
import { RtcLeaving } from '../leaving/rtc-leaving.js';
import { RtcParticipants } from '../participants/rtc-participants.js';
import { RtcStats } from '../stats/rtc-stats.js';
import { RtcWaiting } from '../waiting/rtc-waiting.js';
import { chatExtras } from './chat-extras.js';

/** By tag. */
export const elements = {
  ...chatExtras,
  'rtc-chat-log': RtcChatLog,
  'rtc-leaving': RtcLeaving,
  'rtc-participants': RtcParticipants,
  'rtc-stats': RtcStats,
  'rtc-waiting': RtcWaiting,
};
