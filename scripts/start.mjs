/**
 * `npm start`: installs what is missing, builds, and serves the edge room, the packages and the
 * examples from one origin on loopback, until Ctrl-C. Port 8787, or `PORT`.
 */
import { build } from './build.mjs';
import { isPortFree, startEdgeServer } from './support/edge-server.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent } from './support/run.mjs';

const DEFAULT_PORT = 8787;
const PORTS_TO_TRY = 50;

endWithParent();
try {
  const port = await choosePort();
  await ensureInstalled();
  await build();
  const { url } = await startEdgeServer({
    port,
    onExit: (code) => {
      console.error(`The edge room ended by itself (${code}).`);
      process.exit(1);
    },
  });
  console.log(`rtc-elements: ${url}/`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function choosePort() {
  const wanted = process.env.PORT;
  if (wanted) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`PORT is ${wanted}, and that is not a port (1 to 65535).`);
    }
    if (await isPortFree(port)) return port;
    throw new Error(`Port ${port} (from PORT) is taken. Free it, or choose another one.`);
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TO_TRY; port += 1) {
    if (!(await isPortFree(port))) continue;
    if (port !== DEFAULT_PORT) console.log(`Port ${DEFAULT_PORT} is taken: using ${port}.`);
    return port;
  }
  throw new Error(
    `Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + PORTS_TO_TRY - 1} are taken: set PORT.`,
  );
}
