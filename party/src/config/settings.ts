// What a deployment chooses by environment variables, checked once, with a sentence for each mistake.
import { LIMITS } from '@rtc-elements/protocol';

import type { RoomSettings } from '../ports.js';
import { type AdmissionSettings, readAdmission } from './admission-settings.js';
import { readTurn, type TurnSettings } from './turn-settings.js';
import { type SettingsEnv, VariableReader } from './variables.js';

export interface CheckedSettings extends RoomSettings {
  readonly admission: AdmissionSettings;
  readonly turn: TurnSettings;
  /**
   * A variable that says who may get in is wrong: nobody may, as what was meant is not known. All
   * others are left at their default when wrong.
   */
  readonly isShut: boolean;
  /** A sentence for each wrong variable. None repeats a secret. */
  readonly problems: readonly string[];
}

/** The settings of a deployment. */
export function readSettings(env: SettingsEnv): CheckedSettings {
  const guarded = new VariableReader(env);
  const admission = readAdmission(guarded);
  const reader = new VariableReader(env);
  const limits = {
    members: reader.number('MAX_MEMBERS', { least: 1, fallback: LIMITS.members }),
    meshMembers: reader.number('MAX_MESH_MEMBERS', { least: 2, fallback: LIMITS.meshMembers }),
    historyMessages: reader.number('HISTORY_MESSAGES', {
      least: 0,
      fallback: LIMITS.historyMessages,
    }),
  };
  const turn = readTurn(reader);
  return {
    limits,
    admission,
    turn,
    isShut: guarded.problems.length > 0,
    problems: [...guarded.problems, ...reader.problems],
  };
}
