/** The default factory of peer connections: the browser's. No other file names the global. */
import { RtcError } from '../state/errors.js';
import type { PeerConnectionFactory } from '../ports.js';

export const createPeerConnection: PeerConnectionFactory = (configuration) => {
  if (typeof RTCPeerConnection === 'undefined') {
    throw new RtcError('unsupported', 'This browser cannot make calls. Use a current one.');
  }
  return new RTCPeerConnection(configuration);
};
