/** The default factory of peer connections: the browser's. No other file names the global. */
import { RtcError } from '../state/errors.js';
import type { PeerConnectionFactory } from '../ports.js';

/** Throws `unsupported` where neither the caller nor the environment can make peer connections. */
export function requirePeerConnections(ports?: {
  readonly createPeerConnection?: PeerConnectionFactory;
}): void {
  if (ports?.createPeerConnection || typeof RTCPeerConnection !== 'undefined') return;
  throw new RtcError(
    'unsupported',
    typeof document === 'undefined'
      ? 'There is no RTCPeerConnection here. Pass "ports.createPeerConnection", or "call: false".'
      : 'This browser cannot make calls. Use a current one.',
  );
}

export const createPeerConnection: PeerConnectionFactory = (configuration) => {
  requirePeerConnections();
  return new RTCPeerConnection(configuration);
};
