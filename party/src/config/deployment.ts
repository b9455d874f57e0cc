// What one isolate knows of its deployment: the settings, read once, and what the edge asks by them.
import { AdmissionPolicy } from '../auth/admission-policy.js';
import type { EdgeContext } from '../edge/admission.js';
import { createAddressOf } from '../edge/client-address.js';
import type { EdgeLog } from '../edge/log.js';
import type { EdgeLimits } from '../limits/edge-limits.js';
import type { SettingsEnv } from './rules/variables.js';
import { type CheckedSettings, readSettings } from './settings.js';

export interface Deployment extends EdgeContext {
  readonly settings: CheckedSettings;
  readonly log: EdgeLog;
}

/** Reads the settings, and logs once what the operator should know about them. */
export function startDeployment(env: SettingsEnv, limits: EdgeLimits, log: EdgeLog): Deployment {
  const settings = readSettings(env);
  const { asksForTokens, isShut, problems } = settings;
  const tell = isShut ? log.error : log.warn;
  for (const problem of problems) tell('setting', { problem });
  if (!asksForTokens) {
    const detail = 'without TOKEN_SECRET or TOKEN_JWKS_URL whoever knows a name may enter the room';
    log.warn('open-rooms', { detail });
  }
  const addressOf = createAddressOf(settings.address);
  return { settings, policy: new AdmissionPolicy(settings, log), addressOf, limits, log };
}
