/**
 * `npm run token -- --room standup [--role host] [--user ann] [--name Ann] [--seconds 3600]`: makes a
 * token for trying a room, by the TOKEN_SECRET of the environment or of `.dev.vars`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';

import { ensureInstalled } from './support/install.mjs';
import { pinnedNode, root, run } from './support/run.mjs';

const VARIABLES = ['TOKEN_SECRET', 'TOKEN_AUDIENCE', 'TOKEN_ISSUER'];
/** @satisfies {import('node:util').ParseArgsOptionsConfig} */
const OPTIONS = {
  room: { type: 'string' },
  role: { type: 'string' },
  user: { type: 'string', default: 'me' },
  name: { type: 'string' },
  seconds: { type: 'string' },
  host: { type: 'string', default: 'http://127.0.0.1:8787' },
};

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  const { room, seconds, host, ...who } = parseArgs({ options: OPTIONS }).values;
  if (!room) throw new Error('Which room? npm run token -- --room standup --role host');
  const [secret, audience, issuer] = readVariables();
  if (!secret) {
    throw new Error(
      'TOKEN_SECRET is missing. Set it in the environment, or write TOKEN_SECRET=... into .dev.vars ' +
        '(openssl rand -base64 32 makes a good one).',
    );
  }
  const createToken = await loadCreateToken();
  const given = { ...(seconds && { seconds: Number(seconds) }), audience, issuer };
  const token = await createToken({ secret, room, ...who, ...given });
  console.log(token);
  console.log(`${host.replace(/^http/, 'ws')}/parties/room/${room}?token=${token}`);
}

/** Of the environment, else of `.dev.vars`, from which `npm start` has them. */
function readVariables() {
  const path = join(root, '.dev.vars');
  const settings = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
  return VARIABLES.map((name) => process.env[name] ?? settings[name]);
}

/** The one that backends use, compiled when it is not yet. */
async function loadCreateToken() {
  await ensureInstalled();
  const code = await run(pinnedNode, ['node_modules/typescript/bin/tsc', '-b', 'party']);
  if (code !== 0) throw new Error('The package party does not compile: see above.');
  const path = join(root, 'party/dist/auth/create-token.js');
  const { createToken } = await import(pathToFileURL(path).href);
  return createToken;
}
