// The settings of a deployment, read from its variables and checked, with a sentence for each mistake.
import { LIMITS } from '@rtc-elements/protocol';

import type { RoomSettings } from '../ports.js';
import { type AdmissionSettings, readAdmission } from './admission-settings.js';
import { type SettingsEnv, VariableReader } from './rules/variables.js';
import { readTurn, type TurnSettings } from './turn-settings.js';

export interface CheckedSettings extends RoomSettings {
  readonly admission: AdmissionSettings;
  readonly turn: TurnSettings;
  /**
   * A variable that says who may enter is wrong, so nobody may: nobody knows what was meant. Any other
   * wrong variable is left at its default.
   */
  readonly isShut: boolean;
  /** A sentence for each mistake. None repeats a secret. */
  readonly problems: readonly string[];
}

/** Reads and checks the variables of a deployment. Never throws: mistakes are in `problems`. */
export function readSettings(env: SettingsEnv): CheckedSettings {
  const admissionReader = new VariableReader(env);
  const admission = readAdmission(admissionReader);
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
  const isShut = admissionReader.problems.length > 0;
  return {
    limits,
    asksForTokens: isShut || admission.tokens !== null,
    admission,
    turn,
    isShut,
    problems: [...admissionReader.problems, ...reader.problems],
  };
}
