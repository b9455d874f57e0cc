/**
 * One room. Takes the events of its sockets, of its alarm and of HTTP, and leaves each to the part that
 * handles it; what to do is decided in `rules/`. Knows no runtime (`hosts/` does), so tests run it in
 * memory.
 */
import { CLOSE } from '@rtc-elements/protocol';

import type { ConnectionNote, RoomConnection, RoomPorts } from '../ports.js';
import { awaken } from '../rules/wake.js';
import { type Crowding, findCrowding, findCrowdingBefore } from './crowding.js';
import { isAcknowledged, readFrame } from './frame-intake.js';
import type { RoomAnswer } from './http-answer.js';
import type { RoomRequest } from './http-handler.js';
import { createRoomParts, type RoomParts } from './room-parts.js';

export class EdgeRoom {
  readonly #ports: RoomPorts;
  readonly #parts: RoomParts;

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    this.#parts = createRoomParts(ports, () => this.alarm());
  }

  /** Restores the room from storage and from the sockets that are open (EN-5). Call this first. */
  async wake(sockets: readonly RoomConnection[]): Promise<void> {
    const { accessControl, connections, roster, state } = this.#parts;
    const { clock, log, name } = this.#ports;
    const [sessions, { access, requests }, sharedState] = await Promise.all([
      roster.load(),
      accessControl.load(),
      state.load(),
    ]);
    const { book, lost, stray } = awaken(sessions, sockets, clock.now());
    for (const socket of sockets) connections.add(socket);
    roster.start(book, sessions.counters, lost);
    accessControl.start(access, requests);
    state.start(sharedState);
    if (sockets.length > 0) log.info('room-wake', { room: name(), sockets: sockets.length });
    for (const socket of stray) connections.close(socket, CLOSE.retryLater, 'join again');
    connections.rearm(roster.book, accessControl.access);
  }

  /**
   * A socket has opened. `readHello` reads the `hello` that came with its request, if there was one
   * (EN-10). Never rejects.
   */
  open(connection: RoomConnection, readHello?: () => Promise<string>): Promise<void> | void {
    const { connections, faults, intake, queues } = this.#parts;
    const { id, note } = connection;
    const { openedAt } = note;
    connections.add(connection);
    const crowding = findCrowding({ ...this.#parts, ports: this.#ports }, connection);
    if (crowding) {
      const fault = { code: 'rate-limited', detail: crowding.detail } as const;
      return faults.turnAway(connection, fault, CLOSE.retryLater, crowding.retryAfterMs);
    }
    const awaitHello = (): void => connections.awaitHello(openedAt);
    if (!readHello) return awaitHello();
    return queues.run(id, async () => {
      await intake.take(id, readFrame(await readHello()));
      // Only now: setting an alarm writes to disk, and by now it is hardly ever needed.
      if (connections.get(id)?.note.session === null) awaitHello();
    });
  }

  /** A frame has arrived. The frames of one socket are handled in order. Never rejects. */
  receive(id: string, data: unknown): Promise<void> {
    const { connections, faults, intake, queues, roster } = this.#parts;
    const connection = connections.get(id);
    if (!connection) return Promise.resolve();
    if (queues.isFull(id)) {
      // The rates apply to one frame after another, so they do not stop what waits for the first.
      faults.endFlood(connection);
      roster.broadcaster.settle();
      return Promise.resolve();
    }
    const frame = readFrame(data);
    // Not after the frames before it: what waits for a slow answer goes on reading.
    if (isAcknowledged(connection, frame)) return Promise.resolve(connections.noteSeen(connection));
    const take = (): Promise<void> | undefined => {
      if (connections.get(id)) connections.noteSeen(connection);
      return intake.take(id, frame);
    };
    return queues.run(id, take, frame.bytes);
  }

  /** A socket has closed, from whichever end. What a member has sent before is handled first. Never rejects. */
  closed(connection: RoomConnection, code: number): Promise<void> {
    const { connections, queues, roster } = this.#parts;
    // Nobody enters by a socket that is gone.
    if (connection.note.session === null) connections.gone(connection.id);
    return queues.run(connection.id, () => {
      connections.gone(connection.id);
      roster.lose(connection, code === 1000 || code === 1001);
      roster.broadcaster.settle();
      return undefined;
    });
  }

  /** The alarm has fired: whatever is overdue ends, and the next alarm is set (see `findOverdue`). */
  alarm(): void {
    const { accessControl, connections, roster } = this.#parts;
    accessControl.denyOverdue();
    const { sockets, sessions } = connections.takeOverdue(roster.book, accessControl.access);
    for (const id of sockets) {
      const connection = connections.get(id);
      if (connection) connections.close(connection, CLOSE.idle, 'no hello in time');
    }
    for (const { session, reason } of sessions) {
      const record = roster.book.sessions.get(session);
      const close = { code: CLOSE.idle, text: 'silent for too long' } as const;
      if (record) roster.remove(record, reason, close);
    }
    roster.endAbsences();
    roster.broadcaster.settle();
  }

  /** Why a request for a socket had better not be taken at all, on hosts that can refuse one; `null`: it may be. */
  findCrowding(note: ConnectionNote): Crowding | null {
    const crowding = findCrowdingBefore(this.#parts.connections, note);
    if (crowding) this.#parts.metrics.count('limited');
    return crowding;
  }

  /** The edge has refused that many requests to this room by its own limits (LI-6). */
  countLimited(count: number): void {
    this.#parts.metrics.count('limited', count);
  }

  /** Answers a request over HTTP that the edge has let through. */
  request(request: RoomRequest): Promise<RoomAnswer> {
    return this.#parts.http.answer(request);
  }

  /** Resolves when no event is being handled. */
  idle(): Promise<void> {
    return this.#parts.queues.idle();
  }
}
