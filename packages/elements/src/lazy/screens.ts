// The screens before a call, in the waiting room, and after a call.
import { RtcLeaving } from '../leaving/rtc-leaving.js';
import { RtcLevelMeter } from '../level-meter/rtc-level-meter.js';
import { RtcLobby } from '../lobby/rtc-lobby.js';
import { RtcNetworkCheck } from '../network-check/rtc-network-check.js';
import { RtcWaiting } from '../waiting/rtc-waiting.js';

/** By tag. */
export const elements = {
  'rtc-leaving': RtcLeaving,
  'rtc-level-meter': RtcLevelMeter,
  'rtc-lobby': RtcLobby,
  'rtc-network-check': RtcNetworkCheck,
  'rtc-waiting': RtcWaiting,
};
