// What has to be there before a room is joined.
import type { Ports, SocketFactory } from '../ports.js';
import { createSocketFactory } from '../signaling/socket.js';
import { type RtcError, toProblem } from '../state/errors.js';
import type { CallControl } from './call-control.js';
import type { RoomContext } from './room-context.js';

/**
 * What opens sockets. `call`: the call that is joined too, if any.
 * @throws RtcError `unsupported`, also in the snapshot, if there is no way to join here.
 */
export function requireSockets(
  room: Pick<RoomContext, 'dispatch'> & { readonly ports: Pick<Ports, 'clock'> & Partial<Ports> },
  call: Pick<CallControl, 'requireConnections'> | false,
): SocketFactory {
  try {
    if (call) call.requireConnections();
    return room.ports.openSocket ?? createSocketFactory(room.ports);
  } catch (error) {
    const problem = toProblem(error as RtcError);
    room.dispatch({ type: 'connection', connection: 'idle', problem });
    throw error;
  }
}
