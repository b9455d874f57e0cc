/** Makes the parts of a room and connects them. No part knows another but by what it is given here. */
import type { RoomPorts } from '../ports.js';
import { HistoryStore } from '../storage/history-store.js';
import { AccessControl } from './access-control.js';
import { closeRoom, eraseRoom } from './close-room.js';
import { Connections } from './connections.js';
import { FaultHandler } from './fault-handler.js';
import { FrameIntake } from './frame-intake.js';
import { HttpHandler } from './http-handler.js';
import { IceHandler } from './ice-handler.js';
import { JoinHandler } from './join-handler.js';
import { MessageRouter } from './message-router.js';
import { Metrics } from './metrics.js';
import { RateLimiters } from './rate-limiters.js';
import { Roster } from './roster.js';
import { SocketQueues } from './socket-queues.js';
import { StateHandler } from './state-handler.js';

/** The parts that take the room's events. */
export interface RoomParts {
  readonly connections: Connections;
  readonly roster: Roster;
  readonly accessControl: AccessControl;
  readonly state: StateHandler;
  readonly limiters: RateLimiters;
  readonly queues: SocketQueues;
  readonly faults: FaultHandler;
  readonly intake: FrameIntake;
  readonly http: HttpHandler;
  readonly metrics: Metrics;
}

/** `onDue`: see `ConnectionsHandlers`. */
export function createRoomParts(ports: RoomPorts, onDue: () => void): RoomParts {
  const limiters = new RateLimiters();
  const metrics = new Metrics(ports.clock.now());
  const connections: Connections = new Connections(ports, {
    onForget: (id) => {
      limiters.forget(id);
      accessControl.forget(id);
    },
    onRefused: () => metrics.count('refusals'),
    isInUse: () => roster.book.sessions.size + roster.book.absentHosts.length > 0,
    onDue,
    onUnread: (connection) => {
      metrics.count('unread');
      roster.lose(connection);
      roster.broadcaster.settle();
    },
  });
  const roster: Roster = new Roster(ports, connections, {
    onRemoved: ({ session }) => {
      limiters.forget(session);
      if (roster.book.sessions.size === 0) ports.log.info('room-empty', { room: ports.name() });
    },
    onHost: (record) => accessControl.tell(record),
    onAbandoned: () => accessControl.release(),
  });
  const queues = new SocketQueues(
    (error) => ports.log.warn('event-failed', { error: String(error) }),
    () => roster.broadcaster.settle(),
  );
  const accessControl = new AccessControl({
    ports,
    connections,
    roster,
    onAdmitted: (connection, hello) =>
      void queues.run(connection.id, () => join.enter(connection, hello, true)),
  });
  const shared = { ports, connections, roster, accessControl, limiters, metrics, queues };
  const history = new HistoryStore(ports.store, ports.settings.limits.historyMessages);
  const faults = new FaultHandler(shared);
  const state = new StateHandler(ports, roster, faults);
  const ice = new IceHandler(ports, accessControl, limiters, faults);
  const parts = { ...shared, history, faults, state, ice };
  const join: JoinHandler = new JoinHandler(parts);
  const router = new MessageRouter({ ...parts, closeRoom: () => closeRoom(parts) });
  const intake = new FrameIntake({ ...parts, join, router });
  const http = new HttpHandler({ ...parts, eraseRoom: () => eraseRoom(parts) });
  return { ...parts, intake, http };
}
