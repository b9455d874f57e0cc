// Creates a room for a host, with the deployment's settings and the runtime's clock and storage.
import { createIdentify } from '../auth/identity.js';
import type { SettingsEnv } from '../config/rules/variables.js';
import { readSettings } from '../config/settings.js';
import { createLog } from '../edge/log.js';
import { createIceServerIssuer } from '../ice/ice-servers.js';
import { EdgeRoom } from '../room/edge-room.js';
import { runtimeClock, wrapStorage } from './runtime-ports.js';

/** The variables of a deployment that a room reads. */
export interface RoomEnv extends SettingsEnv {
  /** `quiet` leaves out `info`. */
  readonly LOG?: unknown;
}

/** `name` is called each time it is needed, because some runtimes do not always know it. */
export function createEdgeRoom(
  name: () => string,
  env: RoomEnv,
  storage: DurableObjectStorage,
): EdgeRoom {
  const { asksForTokens, limits, turn } = readSettings(env);
  const log = createLog(console, env.LOG === 'quiet');
  return new EdgeRoom({
    name,
    clock: runtimeClock,
    store: wrapStorage(storage, log),
    identify: createIdentify(asksForTokens),
    iceServers: createIceServerIssuer(turn, log),
    settings: { limits, asksForTokens },
    log,
  });
}
