// Runs a room on PartyServer. Only connects hooks and sockets: no rule is here.
import { HEARTBEAT, HEARTBEAT_REPLY } from '@rtc-elements/protocol';
import { type Connection, type ConnectionContext, Server, type WSMessage } from 'partyserver';

import { noteOf } from '../edge/connection-note.js';
import { helloReader } from '../edge/early-hello.js';
import type { ConnectionNote, RoomConnection } from '../ports.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { answerRequest } from './answer-request.js';
import { createEdgeRoom, type RoomEnv } from './create-room.js';
import { quietly, wrapConnection } from './runtime-ports.js';

export type { RoomEnv };

/** The Durable Object behind `/parties/room/<room>`. Extend this class to add to it. */
export class PartyServerRoom extends Server<RoomEnv & Cloudflare.Env> {
  static override options = { hibernate: true };
  #room: EdgeRoom | null = null;

  override async onStart(): Promise<void> {
    const pair = new WebSocketRequestResponsePair(HEARTBEAT, HEARTBEAT_REPLY);
    this.ctx.setWebSocketAutoResponse(pair);
    const room = createEdgeRoom(() => this.name, this.env, this.ctx.storage);
    await room.wake([...this.getConnections<ConnectionNote>()].map((one) => this.#wrap(one)));
    this.#room = room;
  }

  override onConnect(
    connection: Connection<ConnectionNote>,
    { request }: ConnectionContext,
  ): void | Promise<void> {
    connection.setState(noteOf(request.headers, Date.now()));
    return this.#room?.open(this.#wrap(connection), helloReader(request.headers));
  }

  override onMessage(connection: Connection, data: WSMessage): void | Promise<void> {
    return this.#room?.receive(connection.id, data);
  }

  override onClose(connection: Connection<ConnectionNote>, code: number, reason: string): void {
    this.#room?.closed(this.#wrap(connection), code);
    // Answers the close frame, if there was one (UN-3): 1005, 1006 and 1015 are never sent.
    if (code !== 1005 && code !== 1006 && code !== 1015) {
      quietly(() => connection.close(code, reason));
    }
  }

  override onError(connection: Connection<ConnectionNote>): void {
    this.#room?.closed(this.#wrap(connection), 1006);
  }

  override onRequest(request: Request): Promise<Response> {
    return answerRequest(this.#room, request);
  }

  override onAlarm(): void {
    this.#room?.alarm();
  }

  #wrap(connection: Connection<ConnectionNote>): RoomConnection {
    const heardAt = (): number =>
      this.ctx.getWebSocketAutoResponseTimestamp(connection)?.getTime() ?? 0;
    return wrapConnection(connection, heardAt);
  }
}
