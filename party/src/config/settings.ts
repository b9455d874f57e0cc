// The settings of a deployment, read from its variables and checked, with a sentence for each mistake.
import { LIMITS } from '@rtc-elements/protocol';

import type { RoomSettings } from '../ports.js';
import type { AddressSetting } from '../edge/client-address.js';
import { readAddressSetting } from './address-setting.js';
import { type AdmissionSettings, readAdmission } from './admission-settings.js';
import { type SettingsEnv, VariableReader } from './rules/variables.js';
import { readTurn, type TurnSettings } from './turn-settings.js';

export interface CheckedSettings extends RoomSettings {
  readonly admission: AdmissionSettings;
  readonly turn: TurnSettings;
  readonly address: AddressSetting;
  /**
   * A variable that says who may enter is wrong, so nobody may: nobody knows what was meant. Any other
   * wrong variable is left at its default.
   */
  readonly isShut: boolean;
  /** A sentence for each mistake. None repeats a secret. */
  readonly problems: readonly string[];
}

/** A class or a family behind one address must get in, however small the room. */
const LEAST_PER_ADDRESS = 32;

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
  const address = readAddressSetting(reader);
  const membersPerAddress = reader.number('MAX_MEMBERS_PER_ADDRESS', {
    least: 1,
    fallback: Math.max(LEAST_PER_ADDRESS, Math.ceil(limits.members / 2)),
  });
  const isShut = admissionReader.problems.length > 0;
  return {
    limits,
    asksForTokens: isShut || admission.tokens !== null,
    admission,
    turn,
    address,
    membersPerAddress,
    isShut,
    problems: [...admissionReader.problems, ...reader.problems],
  };
}
