/**
 * The call of a room, for an engine of your own: implement `Call`, export a `CreateCall` as `createCall`, and
 * name it in `RoomOptions.engines`. `@rtc-elements/core/call/testing` has the cases that it must pass.
 *
 * @packageDocumentation
 */
export type { EncryptionKeys } from '../api/room-api.js';
export type * from './ports.js';
export { RtcError, type RtcErrorCode, type RtcErrorOptions } from '../state/errors.js';
