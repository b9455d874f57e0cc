/**
 * Makes faults happen on the browser's own objects: a socket closes, a track ends. What follows is
 * real. Loaded when first used (docs/decisions/0019).
 */
import { leftError, RtcError } from '../state/errors.js';
import type { DebugHost } from './ports.js';
import type { SimulatedFault } from '../api/room-api.js';
import { eventLogOf } from './event-log.js';

/** Without a close frame, as when a network fails. Node before version 23 has no `CloseEvent`. */
const lost = (): Event => Object.assign(new Event('close'), { code: 1006, reason: '' });

const nothing = (message: string): RtcError =>
  new RtcError('not-found', message, { retryable: true });

/** A fault that the call causes on itself, if it can. */
const callFault =
  (fault: SimulatedFault) =>
  (host: DebugHost): void | Promise<void> => {
    const call = host.call();
    if (!call) throw nothing('There is no call. Enter it first.');
    const cause = call.faults[fault];
    if (!cause) throw new RtcError('not-found', `The present call cannot simulate "${fault}".`);
    return cause();
  };

const FAULTS: Readonly<Record<SimulatedFault, (host: DebugHost) => void | Promise<void>>> = {
  'socket-drop': (host) => {
    const webSocket = webSocketOf(host);
    const close = lost();
    // That of the package `ws` dispatches nothing that it is given.
    if (typeof webSocket.dispatchEvent === 'function') webSocket.dispatchEvent(close);
    else webSocket.onclose?.(close as CloseEvent);
  },
  'socket-half-open': (host) => {
    const webSocket = webSocketOf(host);
    // With no handlers, the socket stays open but nothing is heard from it.
    webSocket.onmessage = webSocket.onclose = null;
  },
  'ice-fail': callFault('ice-fail'),
  'turn-expire': callFault('turn-expire'),
  rebuild: callFault('rebuild'),
  'device-lost': ({ room }) => {
    const tracks = [room.media.getTrack('microphone'), room.media.getTrack('camera')];
    if (tracks.every((track) => track === null)) {
      throw nothing('Neither microphone nor camera is in use. Turn one on first.');
    }
    for (const track of tracks) {
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    }
  },
};

/** See `Room.simulate()`. */
export async function simulate(fault: SimulatedFault, host: DebugHost): Promise<void> {
  if (!Object.hasOwn(FAULTS, fault)) {
    const names = Object.keys(FAULTS).join('", "');
    throw new RtcError('not-found', `There is no fault "${fault}". Use one of "${names}".`);
  }
  if (host.getSnapshot().connection === 'closed') throw leftError();
  await FAULTS[fault](host);
  // So that nobody who reads a bug report takes it for a real one.
  eventLogOf(host).note('simulated', fault);
}

function webSocketOf(host: DebugHost): WebSocket {
  const webSocket = host.webSocket();
  if (!webSocket) throw nothing('There is no connection to the room now. Join it first.');
  return webSocket;
}
