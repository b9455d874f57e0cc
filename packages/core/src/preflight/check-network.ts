// Checks before a call whether this network is good enough for one.
import type { CheckOptions } from '../api/options.js';
import { loadModule } from '../support/lazy-module.js';
import type { NetworkReport } from './rules/network-report.js';

/**
 * Asks the room for its ICE servers, tests each of them, and sends up to 4 MB through a relay that
 * answered, over UDP if possible. Takes at most 22 seconds; nobody in the room notices. What cannot be
 * reached is in the report and does not throw.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `aborted`; `part-unavailable` if the check cannot be loaded.
 */
export const checkNetwork = async (options: CheckOptions): Promise<NetworkReport> =>
  (await loadModule(import('./preflight.js'))).runNetworkCheck(options);
