/**
 * A program for the servers' host of the fault lab: `<address> <variables as JSON>`. Says its origin
 * to the parent once it answers, and ends when the parent lets go of it.
 */
import { startEdge } from '../browsers/edge.js';
import { SCRIPT, servePages } from '../browsers/pages.js';

/** `<rtc-room>` in a call at once; the query has its attributes. */
const CALL = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Call</title>
<script type="module" src="${SCRIPT}"></script></head><body><script>
  const room = document.createElement('rtc-room');
  const all = { lobby: 'off', autojoin: '', ...Object.fromEntries(new URLSearchParams(location.search)) };
  for (const [name, value] of Object.entries(all)) room.setAttribute(name, value);
  document.body.append(room);
</script></body></html>`;

const [address = '', vars = '{}'] = process.argv.slice(2);
const edge = await startEdge(JSON.parse(vars) as Record<string, string>);
const site = await servePages({ pages: { '/call': CALL }, behind: edge.url, host: address });
process.once('disconnect', async () => {
  // Not awaited: it would wait for sockets whose far end is out of reach.
  void site.close();
  await edge.close();
  process.exit();
});
process.send?.(site.url);
