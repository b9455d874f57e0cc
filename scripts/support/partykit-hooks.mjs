/**
 * `partykit dev` listens to the whole network and cannot be told otherwise. A room on a developer's
 * machine listens to that machine: `node --import` this before it. It also has no option for a file of variables:
 * this takes the one that `PARTYKIT_ENV_FILE` names. On the command line everybody on the machine could read them.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parseEnv } from 'node:util';

const EVERYWHERE = 'host: "0.0.0.0"';
const HERE = 'host: "127.0.0.1"';

const { PARTYKIT_ENV_FILE: envFile } = process.env;
if (envFile) {
  const variables = Object.entries(parseEnv(readFileSync(envFile, 'utf8')));
  process.argv.push(...variables.flatMap(([name, value]) => ['--var', `${name}=${value}`]));
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/partykit/dist/bin.mjs')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(EVERYWHERE)) throw new Error('This partykit is not the one we know.');
    return { ...loaded, source: source.replace(EVERYWHERE, HERE) };
  },
});
