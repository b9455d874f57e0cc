// Whether this network is fit for a call, before there is one.
import type { CheckOptions } from '../api/options.js';
import { loadModule } from '../support/lazy-module.js';
import type { NetworkReport } from './rules/network-report.js';

/**
 * Asks the room for its ICE servers, then every one of them, and sends a few megabytes through the first
 * relay that answers. Takes 5 to 20 seconds at most; nobody in the room notices. What cannot be reached is in the report.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `aborted`, `part-unavailable`.
 */
export const checkNetwork = async (options: CheckOptions): Promise<NetworkReport> =>
  (await loadModule(import('./preflight.js'))).runNetworkCheck(options);
