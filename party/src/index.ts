/**
 * The edge room without a runtime: the room, its rules' public shapes, and the ports that a host
 * brings. `@rtc-elements/party/partyserver` is the room as a Durable Object, and
 * `@rtc-elements/party/worker` a whole Worker around it.
 *
 * @packageDocumentation
 */
export type { AdmissionSettings, TokenKey, TokenRules } from './edge/admission-settings.js';
export { identifyByKey } from './edge/identity.js';
export { type CheckedSettings, readSettings } from './edge/settings.js';
export type { CloudflareSettings, CoturnSettings, TurnSettings } from './edge/turn-settings.js';
export type { SettingsEnv } from './edge/variables.js';
export type {
  ConnectionNote,
  IceGrant,
  IceGrants,
  Identify,
  ListRange,
  RoomClock,
  RoomConnection,
  RoomLog,
  RoomPorts,
  RoomSettings,
  RoomStore,
} from './ports.js';
export type { RoomAnswer } from './answers.js';
export type { RoomPath, RoomRequest } from './front-desk.js';
export { Room } from './room.js';
export type { Identity } from './rules/admit.js';
export { type Permission, PERMISSIONS } from '@rtc-elements/protocol';
