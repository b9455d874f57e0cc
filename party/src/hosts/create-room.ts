// A room as every host makes it: the deployment's settings, the runtime's clock and storage.
import { createIceServerIssuer } from '../ice/ice-servers.js';
import { createIdentify } from '../auth/identity.js';
import { createLog } from '../edge/log.js';
import { readSettings } from '../config/settings.js';
import type { SettingsEnv } from '../config/variables.js';
import { EdgeRoom } from '../room/edge-room.js';
import { runtimeClock, wrapStorage } from './runtime-ports.js';

/** Variables of the deployment that a room reads. */
export interface RoomEnv extends SettingsEnv {
  readonly LOG?: unknown;
}

/** `name` is asked for again whenever it is needed, as not every runtime knows it at any time. */
export function createEdgeRoom(
  name: () => string,
  env: RoomEnv,
  storage: DurableObjectStorage,
): EdgeRoom {
  const { admission, isShut, limits, turn } = readSettings(env);
  const log = createLog(console, env.LOG === 'quiet');
  return new EdgeRoom({
    name,
    clock: runtimeClock,
    store: wrapStorage(storage, log),
    identify: createIdentify(isShut || admission.tokens !== null),
    iceGrants: createIceServerIssuer(turn, log),
    settings: { limits },
    log,
  });
}
