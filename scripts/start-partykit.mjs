/**
 * `npm run start:partykit`: installs what is missing, and serves the edge room under PartyKit on
 * loopback, until Ctrl-C. Port 8787, or `PORT`. Rooms only: pages come from `npm start`, or elsewhere.
 */
import { choosePort } from './support/choose-port.mjs';
import { ensureInstalled } from './support/install.mjs';
import { startPartykitServer } from './support/partykit-server.mjs';
import { endWithParent } from './support/run.mjs';

endWithParent();
try {
  const port = await choosePort();
  await ensureInstalled();
  const { url } = await startPartykitServer({
    port,
    persistTo: '.partykit/state',
    onExit: (code) => {
      console.error(`The edge room ended by itself (${code}).`);
      process.exit(1);
    },
  });
  console.log(`rtc-elements on PartyKit: ${url}/`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
