/**
 * `partykit dev` and its inspector listen to the whole network and cannot be told otherwise. A room on a developer's
 * machine listens to that machine: `node --import` this before it. The inspector of two that start at once is on the same
 * port, which ends one of them, so each has one of its own. It also has no option for a file of variables:
 * this takes the one that `PARTYKIT_ENV_FILE` names. On the command line everybody on the machine could read them.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parseEnv } from 'node:util';

const CHANGES = [
  ['host: "0.0.0.0"', 'host: "127.0.0.1"'],
  ['server.listen(props.port);', 'server.listen(props.port, "127.0.0.1");'],
  ['getPortForServer("inspector", 9229)', 'getPortForServer("inspector", 0)'],
];

const { PARTYKIT_ENV_FILE: envFile } = process.env;
if (envFile) {
  const variables = Object.entries(parseEnv(readFileSync(envFile, 'utf8')));
  process.argv.push(...variables.flatMap(([name, value]) => ['--var', `${name}=${value}`]));
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/partykit/dist/bin.mjs')) return loaded;
    const source = CHANGES.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error('This partykit is not the one we know.');
      return text.replace(from, to);
    }, String(loaded.source));
    return { ...loaded, source };
  },
});
