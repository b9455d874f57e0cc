// What links for data need of their room, and what their mesh is told of it.
import type { Call, CallData, CallHost } from '../ports.js';

/** What links for data need of their room. */
export interface DataLinksHost extends Pick<
  CallHost,
  'ports' | 'getSnapshot' | 'probe' | 'sendSignal' | 'onPeerData' | 'onTurnRefused'
> {
  /** What the room takes beyond the first edition of the protocol (UN-4). */
  features(): readonly string[];
  iceServers(): Parameters<Call['reconcile']>[2];
  /** `null`: there is no call. */
  ownCallData(): CallData | null;
}

/** The mesh tells `handlers` what concerns links for data. Whoever wanted one is told of failures; see `want()`. */
export const createMeshHost = (
  host: DataLinksHost,
  handlers: Pick<CallHost, 'onStatus' | 'onPeerData' | 'sendSignal' | 'onRelayProblem'>,
): CallHost => ({
  ...handlers,
  ports: host.ports,
  getSnapshot: () => host.getSnapshot(),
  onPeerData: (session) => {
    handlers.onPeerData(session);
    host.onPeerData(session);
  },
  onTracks: () => undefined,
  onPeerMedia: () => undefined,
  onStep: () => undefined,
  probe: () => host.probe(),
  reportError: () => undefined,
  onEnd: () => undefined,
  onTurnRefused: (again) => host.onTurnRefused(again),
});
