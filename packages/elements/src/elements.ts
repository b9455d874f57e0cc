// What `index.ts` and `define.ts` both export: everything that is not in a part of its own.
export { RtcChat } from './chat/rtc-chat.js';
export { RtcControls } from './controls/rtc-controls.js';
export * from './events.js';
export { RtcGrid } from './grid/rtc-grid.js';
export type { Panel, RequestOutcome, RtcAction } from './session/requests.js';
export { RtcElement } from './base/rtc-element.js';
export type { MessageKey, Messages } from './i18n/en.js';
export { RtcPlayer } from './room/rtc-player.js';
export { type DeviceStart, RtcRoom } from './room/rtc-room.js';
export { roomContext } from './session/room-context.js';
export { RtcTile, type TileConnection } from './tile/rtc-tile.js';
