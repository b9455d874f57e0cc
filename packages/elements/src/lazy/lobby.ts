// The part with the screens before a call.
import { RtcLevelMeter } from '../level-meter/rtc-level-meter.js';
import { RtcLobby } from '../lobby/rtc-lobby.js';
import { RtcNetworkCheck } from '../network-check/rtc-network-check.js';

/** By tag. */
export const elements = {
  'rtc-lobby': RtcLobby,
  'rtc-level-meter': RtcLevelMeter,
  'rtc-network-check': RtcNetworkCheck,
};
