/**
 * `partykit dev` listens to the whole network and cannot be told otherwise. A room on a developer's
 * machine listens to that machine: `node --import` this before it.
 */
import { registerHooks } from 'node:module';

const EVERYWHERE = 'host: "0.0.0.0"';
const HERE = 'host: "127.0.0.1"';

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/partykit/dist/bin.mjs')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(EVERYWHERE)) throw new Error('This partykit is not the one we know.');
    return { ...loaded, source: source.replace(EVERYWHERE, HERE) };
  },
});
