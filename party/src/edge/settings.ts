// What a deployment chooses by environment variables, checked once, with a sentence for each mistake.
import { decodeIceServers, type IceServer, LIMITS, type RoomLimits } from '@rtc-elements/protocol';

import type { RoomSettings } from '../ports.js';

/** The variables of a deployment. All are optional. */
export interface SettingsEnv {
  /** JSON: an array of `{urls, username?, credential?}`, as `RTCConfiguration.iceServers`. */
  readonly ICE_SERVERS?: unknown;
  readonly MAX_MEMBERS?: unknown;
  readonly MAX_MESH_MEMBERS?: unknown;
  /** 0: keep none (CH-4). */
  readonly HISTORY_MESSAGES?: unknown;
}

export interface CheckedSettings extends RoomSettings {
  /** Named by `ICE_SERVERS`. */
  readonly iceServers: readonly IceServer[] | null;
  /** What is wrong with the variables. Each wrong one is left at its default. */
  readonly problems: readonly string[];
}

/** The settings of a deployment. */
export function readSettings(env: SettingsEnv): CheckedSettings {
  const problems: string[] = [];
  const number = (name: keyof SettingsEnv, least: number, fallback: number): number =>
    readNumber(env[name], least, fallback, (text) =>
      problems.push(`${name} must be a whole number of at least ${least}, not "${text}"`),
    );
  const limits: RoomLimits = {
    members: number('MAX_MEMBERS', 1, LIMITS.members),
    meshMembers: number('MAX_MESH_MEMBERS', 2, LIMITS.meshMembers),
    historyMessages: number('HISTORY_MESSAGES', 0, LIMITS.historyMessages),
  };
  const iceServers = isSet(env.ICE_SERVERS) ? readIceServers(env.ICE_SERVERS, problems) : null;
  return { limits, iceServers, problems };
}

/** Variables arrive as text, or as the JSON that stands in `wrangler.jsonc`. */
const isSet = (value: unknown): boolean => value !== undefined && value !== '';

function readNumber(
  value: unknown,
  least: number,
  fallback: number,
  complain: (text: string) => void,
): number {
  if (!isSet(value)) return fallback;
  const text = String(value);
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  complain(text);
  return fallback;
}

function readIceServers(value: unknown, problems: string[]): readonly IceServer[] | null {
  const decoded = decodeIceServers(value);
  if (decoded.ok) return decoded.message;
  const example = '[{"urls":["stun:stun.example.com:3478"]}]';
  problems.push(`ICE_SERVERS must be JSON like ${example}: ${decoded.fault.detail}`);
  return null;
}
