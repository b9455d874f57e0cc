/**
 * `npm start`: installs what is missing, builds, and serves the edge room, the packages and the
 * examples from one origin on loopback, until Ctrl-C. Port 8787, or `PORT`; settings from `.dev.vars`.
 */
import { build } from './build.mjs';
import { choosePort } from './support/choose-port.mjs';
import { startEdgeServer } from './support/edge-server.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent } from './support/run.mjs';
import { assertAsksForTokens, readDevSettings } from './support/settings.mjs';
import { readWords } from './support/words.mjs';

readWords('npm start');

endWithParent();
try {
  const { file, settings } = readDevSettings();
  const port = await choosePort();
  await ensureInstalled();
  await build();
  const { url } = await startEdgeServer({
    port,
    ...(file && { envFile: file }),
    onExit: (code) => {
      console.error(`The edge room ended by itself (${code}).`);
      process.exit(1);
    },
  });
  await assertAsksForTokens(url, settings);
  console.log(`rtc-elements: ${url}/`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
