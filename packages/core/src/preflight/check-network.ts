// Whether this network is fit for a call, before there is one. How is in a part of its own.
import type { NetworkReport } from './rules/network-report.js';
import type { RoomOptions } from '../api/options.js';
import type { Ports } from '../ports.js';
import { loadModule } from '../support/lazy-module.js';

/** Which room, and which servers beside those that it names. */
export type CheckOptions = Pick<
  RoomOptions,
  'host' | 'room' | 'token' | 'tokenProvider' | 'iceServers' | 'signal'
> & {
  /** For tests, and for other worlds than a browser. */
  readonly ports?: Partial<Omit<Ports, 'media'>>;
};

/**
 * Asks the room for its ICE servers, then every one of them, and sends a few megabytes through the first
 * relay that answers. Takes 5 to 20 seconds at most; nobody in the room notices. What cannot be reached is in the report.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `aborted`, `part-unavailable`.
 */
export const checkNetwork = async (options: CheckOptions): Promise<NetworkReport> =>
  (await loadModule(import('./network-check.js'))).checkNetwork(options);
