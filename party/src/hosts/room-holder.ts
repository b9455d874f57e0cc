/**
 * Holds the room of one object from when it has woken. A room that cannot read its storage refuses everybody
 * with a time to return, and the next who comes has it try again.
 */
import { answerRefusal } from '../edge/answer.js';
import { refusalsOf } from '../edge/connection-note.js';
import { helloReader } from '../edge/early-hello.js';
import { refuseSocket } from '../edge/refuse-socket.js';
import { unavailable } from '../edge/rules/refusal.js';
import type { RoomConnection, RoomLog } from '../ports.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { answerRequest } from './answer-request.js';

/** How soon after a failure a room tries again at most. */
const RETRY_MS = 1_000;

export class RoomHolder {
  readonly #create: () => EdgeRoom;
  readonly #connections: () => readonly RoomConnection[];
  readonly #log: RoomLog;
  #room: EdgeRoom | null = null;
  #waking: Promise<void> | null = null;
  #failedAt = -Infinity;

  /** `connections`: the sockets that are open when the room wakes. */
  constructor(create: () => EdgeRoom, connections: () => readonly RoomConnection[], log: RoomLog) {
    this.#create = create;
    this.#connections = connections;
    this.#log = log;
  }

  /** The room, if it is awake. */
  get room(): EdgeRoom | null {
    return this.#room;
  }

  /** Wakes the room unless it is awake or has just failed to. Never rejects. */
  wake(): Promise<void> {
    if (this.#room || Date.now() - this.#failedAt < RETRY_MS) return Promise.resolve();
    this.#waking ??= this.#wake().finally(() => (this.#waking = null));
    return this.#waking;
  }

  /** A socket has opened. `headers`: of its request. */
  open(connection: RoomConnection, headers: Headers): Promise<void> | void {
    return this.#handOver(connection, (room) => {
      room.countLimited(refusalsOf(headers));
      return room.open(connection, helloReader(headers));
    });
  }

  /** A frame has arrived. */
  receive(connection: RoomConnection, data: unknown): Promise<void> | void {
    return this.#handOver(connection, (room) => room.receive(connection.id, data));
  }

  async answer(request: Request): Promise<Response> {
    await this.wake();
    this.#room?.countLimited(refusalsOf(request.headers));
    const answer = this.#room && (await answerRequest(this.#room, request).catch(this.#onError));
    return answer || answerRefusal(request, unavailable(Math.random()), {});
  }

  readonly #onError = (error: unknown): null => {
    this.#log.warn('request-failed', { error: String(error) });
    return null;
  };

  /** At once if the room is awake, so that the order of events stays as it is. */
  #handOver(
    connection: RoomConnection,
    task: (room: EdgeRoom) => Promise<void> | void,
  ): Promise<void> | void {
    if (this.#room) return task(this.#room);
    return this.wake().then(() =>
      this.#room ? task(this.#room) : refuseSocket(connection, unavailable(Math.random())),
    );
  }

  async #wake(): Promise<void> {
    try {
      const room = this.#create();
      await room.wake(this.#connections());
      this.#room = room;
    } catch (error) {
      this.#failedAt = Date.now();
      this.#log.warn('room-unreadable', { error: String(error) });
    }
  }
}
