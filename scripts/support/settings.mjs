/**
 * The settings of a deployment on this machine: the variables in `.dev.vars`, whichever host runs. Where a setting
 * is that the room would not see, nothing starts: without its TOKEN_SECRET, a room is open to everybody.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { root } from './run.mjs';

const FILE = '.dev.vars';

/** Files that wrangler, PartyKit or people's habits take for the same. Each host would read others of them. */
const OTHER_FILES = ['.env', '.env.local'];

/** Settings that decide who may enter, or are secrets. */
const MATTERS = /^(TOKEN_[A-Z_]+|TURN_[A-Z_]+|SERVER_KEY|ALLOWED_ORIGINS|ICE_SERVERS)$/;

/** All settings that begin with `TOKEN_`; `SettingsEnv` of the edge room has their meaning. */
export const TOKEN_SETTINGS = [
  'TOKEN_SECRET',
  'TOKEN_JWKS_URL',
  'TOKEN_ALGORITHM',
  'TOKEN_AUDIENCE',
  'TOKEN_ISSUER',
  'TOKEN_MAX_SECONDS',
];

/**
 * The settings, by name, from `.dev.vars`.
 * @param {{ folder?: string, environment?: Record<string, string | undefined> }} [options]
 *   `folder`: where the file is; default the root. `environment`: default that of this process.
 * @returns {{ file: string | null, settings: Record<string, string> }}  `file`: `null` if there is none.
 * @throws Error  a sentence for each setting that the room would not see.
 */
export function readDevSettings({ folder = root, environment = process.env } = {}) {
  const file = join(folder, FILE);
  const settings = readVariables(file);
  const complaints = [
    ...misplaced(environment, 'in the environment'),
    ...OTHER_FILES.flatMap((name) => misplaced(readVariables(join(folder, name)), `in ${name}`)),
    ...Object.keys(settings).flatMap(misspelled),
  ];
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return { file: existsSync(file) ? file : null, settings };
}

/**
 * Fails unless the room asks for tokens where the settings say so.
 * @param {string} url  the origin of the room
 * @param {Record<string, string>} settings
 */
export async function assertAsksForTokens(url, settings) {
  if (!('TOKEN_SECRET' in settings) && !('TOKEN_JWKS_URL' in settings)) return;
  const response = await fetch(`${url}/parties/room/start/people`);
  await response.body?.cancel();
  if (response.ok)
    throw new Error(`The room does not see what ${FILE} says of tokens: it is open.`);
}

/** @returns {Record<string, string>} */
function readVariables(path) {
  return existsSync(path)
    ? /** @type {Record<string, string>} */ (parseEnv(readFileSync(path, 'utf8')))
    : {};
}

const misplaced = (variables, where) =>
  Object.keys(variables)
    .filter((name) => MATTERS.test(name))
    .map(
      (name) => `${name} is set ${where}, where the room does not see it. Write it into ${FILE}.`,
    );

const misspelled = (name) =>
  name.startsWith('TOKEN_') && !TOKEN_SETTINGS.includes(name)
    ? [`${FILE} has ${name}, which is no setting. There are ${TOKEN_SETTINGS.join(', ')}.`]
    : [];
