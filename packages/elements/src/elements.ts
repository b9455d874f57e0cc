// The exports that `index.ts` and `define.ts` share: everything that does not load later.
export { RtcElement } from './base/rtc-element.js';
export { RtcChat } from './chat/rtc-chat.js';
export * from './events.js';
export type { MessageKey, Messages } from './i18n/en.js';
export type { DeviceStart } from './room/call-options.js';
export { RtcRoom } from './room/rtc-room.js';
export type {
  RequestMap,
  RequestName,
  RequestOutcome,
  RequestType,
  RtcAction,
} from './session/requests/request-map.js';
export type { Panel } from './session/interface-state.js';
export { registerEngine } from './session/engines.js';
export { roomContext } from './session/room-context.js';
