// One deployment as this isolate knows it: its settings, read once, and its gate.
import { Gate } from '../auth/gate.js';
import type { EdgeLog } from '../edge/log.js';
import { type CheckedSettings, readSettings } from './settings.js';
import type { SettingsEnv } from './variables.js';

export interface Deployment {
  readonly settings: CheckedSettings;
  readonly gate: Gate;
}

/** Reads the settings, and says once what an operator should know of them. */
export function startDeployment(env: SettingsEnv, log: EdgeLog): Deployment {
  const settings = readSettings(env);
  const { admission, isShut, problems } = settings;
  const tell = isShut ? log.error : log.warn;
  for (const problem of problems) tell('setting', { problem });
  if (!isShut && admission.tokens === null) {
    const detail = 'without TOKEN_SECRET or TOKEN_JWKS_URL whoever knows a name may enter the room';
    log.warn('open-rooms', { detail });
  }
  return { settings, gate: new Gate(settings, log) };
}
