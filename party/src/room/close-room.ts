// Ends the stay of everybody in a room: a host closes it (MO-2), or the operator erases it.
import { CLOSE } from '@rtc-elements/protocol';

import type { RoomPorts } from '../ports.js';
import { EMPTY_SHARED_STATE } from '../rules/shared-state.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { AccessControl } from './access-control.js';
import type { Connections } from './connections.js';
import type { Roster } from './roster.js';
import type { SocketQueues } from './socket-queues.js';
import type { StateHandler } from './state-handler.js';

export interface CloseRoomContext {
  readonly roster: Roster;
  readonly accessControl: AccessControl;
}

export interface EraseRoomContext extends CloseRoomContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly history: HistoryStore;
  readonly state: StateHandler;
  readonly queues: SocketQueues;
}

/** Removes everybody and unlocks the room, so that whoever comes next can enter (MO-2). */
export function closeRoom({ accessControl, roster }: CloseRoomContext): void {
  accessControl.clear();
  for (const record of [...roster.book.sessions.values()]) {
    roster.remove(record, 'removed', { code: CLOSE.room, text: 'closed' });
  }
  roster.forgetRoles();
}

/** Removes everybody, and erases everything that the room has stored. */
export async function eraseRoom(context: EraseRoomContext): Promise<void> {
  const { accessControl, connections, history, ports, queues, roster, state } = context;
  closeRoom(context);
  accessControl.reset();
  await queues.idle();
  await ports.store.clear();
  history.forget();
  state.start(EMPTY_SHARED_STATE);
  ports.log.info('room-erased', { room: ports.name() });
  connections.rearm(roster.book, accessControl.access);
}
