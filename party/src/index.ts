/**
 * The edge room without a runtime: the room, its rules' public shapes, and the ports that a host
 * brings. `@rtc-elements/party/partyserver` is the room as a Durable Object, and
 * `@rtc-elements/party/worker` a whole Worker around it.
 *
 * @packageDocumentation
 */
export type { AdmissionSettings, TokenKey, TokenRules } from './config/admission-settings.js';
export { identifyByKey } from './auth/identity.js';
export { type CheckedSettings, readSettings } from './config/settings.js';
export type { CloudflareSettings, CoturnSettings, TurnSettings } from './config/turn-settings.js';
export type { SettingsEnv } from './config/variables.js';
export type {
  ConnectionNote,
  IssuedIceServers as IceGrant,
  IceServerIssuer as IceGrants,
  Identify,
  ListRange,
  RoomClock,
  RoomConnection,
  RoomLog,
  RoomPorts,
  RoomSettings,
  RoomStore,
} from './ports.js';
export type { RoomAnswer } from './room/http-answer.js';
export type { RoomPath, RoomRequest } from './room/http-handler.js';
export { EdgeRoom as Room } from './room/edge-room.js';
export type { Identity } from './rules/admit.js';
export { type Permission, PERMISSIONS } from '@rtc-elements/protocol';
