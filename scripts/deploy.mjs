/**
 * `npm run deploy [-- words for wrangler]`: installs what is missing, builds, and puts the edge room
 * with its files into your own Cloudflare account.
 */
import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent, pinnedNode, run } from './support/run.mjs';
import { QUIET, wranglerWords } from './support/wrangler.mjs';

endWithParent();
try {
  await ensureInstalled();
  await build();
  const words = [...wranglerWords, 'deploy', '--config', 'wrangler.jsonc'];
  process.exitCode = await run(pinnedNode, [...words, ...process.argv.slice(2)], {
    env: { ...process.env, ...QUIET },
    // It may ask for a login.
    stdio: 'inherit',
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
