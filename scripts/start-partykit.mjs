/**
 * `npm run start:partykit`: installs what is missing, and serves the edge room under PartyKit on
 * loopback, until Ctrl-C. Port 8787, or `PORT`; settings from `.dev.vars`. Rooms only: pages come from
 * `npm start`, or elsewhere.
 */
import { choosePort } from './support/choose-port.mjs';
import { ensureInstalled } from './support/install.mjs';
import { startPartykitServer } from './support/partykit-server.mjs';
import { endWithParent } from './support/run.mjs';
import { assertAsksForTokens, readDevSettings } from './support/settings.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run start:partykit');

endWithParent();
try {
  const { file, settings } = readDevSettings();
  const port = await choosePort();
  await ensureInstalled();
  const { url } = await startPartykitServer({
    port,
    persistTo: '.partykit/state',
    ...(file && { envFile: file }),
    onExit: (code) => {
      console.error(`The edge room ended by itself (${code}).`);
      process.exit(1);
    },
  });
  await assertAsksForTokens(url, settings);
  console.log(`rtc-elements on PartyKit: ${url}/`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
