/** How wrangler is started here, without a word to the outside. */
import { join } from 'node:path';

import { root } from './run.mjs';

/** Without the program around it, which ends before what it started has ended. */
export const wranglerWords = [
  '--no-warnings',
  '--experimental-vm-modules',
  'node_modules/wrangler/wrangler-dist/cli.js',
];

/** No telemetry, no update check, no lookup of where we are. */
export const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_LOG_PATH: join(root, '.wrangler/logs'),
  WRANGLER_REGISTRY_PATH: join(root, '.wrangler/registry'),
  NO_UPDATE_NOTIFIER: '1',
};

/** And no login: nobody is there to be asked. */
export const OFFLINE = { ...QUIET, CI: '1' };
