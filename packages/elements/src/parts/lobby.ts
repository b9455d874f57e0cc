// The part with the screens before and after a call.
import { RtcLeaving } from '../leaving/rtc-leaving.js';
import { RtcLevelMeter } from '../level-meter/rtc-level-meter.js';
import { RtcLobby } from '../lobby/rtc-lobby.js';

/** By tag. */
export const elements = {
  'rtc-lobby': RtcLobby,
  'rtc-level-meter': RtcLevelMeter,
  'rtc-leaving': RtcLeaving,
};
