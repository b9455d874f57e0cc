/**
 * A program for the servers' host of the fault lab: `<address> <variables as JSON>`. Says its origin
 * to the parent once it answers, and ends when the parent lets go of it.
 */
import { startEdge } from '../browsers/edge.js';
import { callPage, SCRIPT, servePages } from '../browsers/pages.js';

const [address = '', vars = '{}'] = process.argv.slice(2);
const edge = await startEdge(JSON.parse(vars) as Record<string, string>);
const pages = { '/call': callPage(SCRIPT) };
const site = await servePages({ pages, behind: edge.url, host: address });
process.once('disconnect', async () => {
  // Not awaited: it would wait for sockets whose far end is out of reach.
  void site.close();
  await edge.close();
  process.exit();
});
process.send?.(site.url);
