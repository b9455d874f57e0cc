/**
 * The edge room without a runtime: the room itself, and the ports that a host supplies.
 * `@rtc-elements/party/partyserver` has the room as a Durable Object, and `@rtc-elements/party/worker`
 * a whole Worker around it.
 *
 * @packageDocumentation
 */
export { identifyByKey } from './auth/identity.js';
export type { AdmissionSettings, TokenKey, TokenRules } from './config/admission-settings.js';
export type { SettingsEnv } from './config/rules/variables.js';
export { type CheckedSettings, readSettings } from './config/settings.js';
export type { CloudflareSettings, CoturnSettings, TurnSettings } from './config/turn-settings.js';
export type {
  ConnectionNote,
  IceServerIssuer,
  Identify,
  IssuedIceServers,
  ListRange,
  RoomClock,
  RoomConnection,
  RoomLog,
  RoomPorts,
  RoomSettings,
  RoomStore,
} from './ports.js';
export { EdgeRoom } from './room/edge-room.js';
export type { RoomAnswer } from './room/http-answer.js';
export type { RoomPath, RoomRequest } from './room/http-handler.js';
export type { Identity } from './rules/admit.js';
export { type Permission, PERMISSIONS } from '@rtc-elements/protocol';
