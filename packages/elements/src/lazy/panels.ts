// The elements in the panels next to a call, except for the chat.
import { RtcParticipants } from '../participants/rtc-participants.js';
import { RtcStats } from '../stats/rtc-stats.js';

/** By tag. */
export const elements = {
  'rtc-participants': RtcParticipants,
  'rtc-stats': RtcStats,
};
