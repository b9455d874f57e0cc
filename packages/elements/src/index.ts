/**
 * The elements of rtc-elements as classes, without side effects: `rtc-elements/define` registers them.
 *
 * @packageDocumentation
 */
import './tags.js';

export * from './elements.js';
export { RtcLeaving } from './leaving/rtc-leaving.js';
export { RtcLevelMeter } from './level-meter/rtc-level-meter.js';
export { RtcLobby } from './lobby/rtc-lobby.js';
export { en } from './locales/en.js';
export { RtcParticipants } from './participants/rtc-participants.js';
