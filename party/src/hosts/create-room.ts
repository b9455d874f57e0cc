// Creates a room for a host, with the deployment's settings and the runtime's clock and storage.
import { createIdentify } from '../auth/identity.js';
import type { SettingsEnv } from '../config/rules/variables.js';
import { readSettings } from '../config/settings.js';
import { createLog } from '../edge/log.js';
import { createIceServerIssuer } from '../ice/ice-servers.js';
import { EdgeRoom } from '../room/edge-room.js';
import { isolateLimits } from './isolate-limits.js';
import type { LateName } from './late-name.js';
import { DurableRoomStore } from './room-store.js';
import { runtimeClock } from './runtime-ports.js';
import { WritesUnderWay } from './writes-under-way.js';

/** The variables of a deployment that a room reads. */
export interface RoomEnv extends SettingsEnv {
  /** `quiet` leaves out `info`. */
  readonly LOG?: unknown;
  /** The namespace of `AddressLimits`. Without it, each isolate keeps the limits by address for itself. */
  readonly AddressLimits?: unknown;
}

/** What a host has for one room. */
export interface RoomEnvironment {
  /** Called each time it is needed, because some runtimes do not always know it. */
  readonly name: () => string;
  /** The same for each object that the room has over time. */
  readonly id: string;
  readonly env: RoomEnv;
  readonly storage: DurableObjectStorage;
  readonly lateName: LateName;
  /** Whether another object can write. Never rejects. */
  readonly probe: () => Promise<boolean>;
}

/** One per isolate, so that it outlives the objects of rooms. */
const writes = new WritesUnderWay();

export function createEdgeRoom({
  name,
  id,
  env,
  storage,
  lateName,
  probe,
}: RoomEnvironment): EdgeRoom {
  const { asksForTokens, limits, membersPerAddress, turn } = readSettings(env);
  const log = createLog(console, env.LOG === 'quiet');
  const store = new DurableRoomStore({
    storage,
    clock: runtimeClock,
    log,
    hasFailed: writes.start(id),
    name: lateName,
    beginWrite: () => writes.begin(id),
    probe,
    onAlarm: () => room.alarm(),
  });
  const room: EdgeRoom = new EdgeRoom({
    name,
    clock: runtimeClock,
    store,
    identify: createIdentify(asksForTokens),
    iceServers: createIceServerIssuer(turn, log, isolateLimits(env, log)),
    settings: { limits, membersPerAddress, asksForTokens },
    log,
  });
  return room;
}
