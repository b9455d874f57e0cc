// Which port of this machine to serve on: `PORT`, or the first free one from 8787.
import { isPortFree } from './edge-server.mjs';

const DEFAULT_PORT = 8787;
const PORTS_TO_TRY = 50;

/** Fails with a sentence when there is none. */
export async function choosePort() {
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
