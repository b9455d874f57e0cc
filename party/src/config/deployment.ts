// What one isolate knows of its deployment: the settings, read once, and who may enter by them.
import { AdmissionPolicy } from '../auth/admission-policy.js';
import type { EdgeLog } from '../edge/log.js';
import type { SettingsEnv } from './rules/variables.js';
import { type CheckedSettings, readSettings } from './settings.js';

export interface Deployment {
  readonly settings: CheckedSettings;
  readonly policy: AdmissionPolicy;
  readonly log: EdgeLog;
}

/** Reads the settings, and logs once what the operator should know about them. */
export function startDeployment(env: SettingsEnv, log: EdgeLog): Deployment {
  const settings = readSettings(env);
  const { asksForTokens, isShut, problems } = settings;
  const tell = isShut ? log.error : log.warn;
  for (const problem of problems) tell('setting', { problem });
  if (!asksForTokens) {
    const detail = 'without TOKEN_SECRET or TOKEN_JWKS_URL whoever knows a name may enter the room';
    log.warn('open-rooms', { detail });
  }
  return { settings, policy: new AdmissionPolicy(settings, log), log };
}
