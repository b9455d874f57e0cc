// Runs a room on PartyServer. Only connects hooks and sockets: no rule is here.
import { HEARTBEAT, HEARTBEAT_REPLY } from '@rtc-elements/protocol';
import { type Connection, type ConnectionContext, Server, type WSMessage } from 'partyserver';

import { isUpgrade } from '../edge/admission.js';
import { answerWithoutSocket } from '../edge/answer.js';
import { noteOf } from '../edge/connection-note.js';
import { createLog } from '../edge/log.js';
import { rateLimited } from '../edge/rules/refusal.js';
import type { ConnectionNote, RoomConnection } from '../ports.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { createEdgeRoom, type RoomEnv } from './create-room.js';
import { quietly } from './host-connection.js';
import { holdBackName } from './late-name.js';
import { RoomHolder } from './room-holder.js';
import { wrapConnection } from './runtime-ports.js';
import { SocketCloser } from './socket-closer.js';
import { answerProbe, isProbe, PROBE_ROOM, probeRequest, sharedProbe } from './storage-probe.js';

export { AddressLimits } from './address-limits.js';
export type { RoomEnv };

/** The key under which PartyServer stores the name of an object. */
const NAME = '__ps_name';

/** The environment of a deployment. The binding of the rooms is called `Room`. */
type PartyServerEnv = RoomEnv & { readonly Room?: DurableObjectNamespace };

/** Whether objects can write at present. `true` where the rooms' binding has another name: a room then tries. */
export function probeOf({ Room }: PartyServerEnv): () => Promise<boolean> {
  if (!Room) return () => Promise.resolve(true);
  const stub = (): DurableObjectStub => Room.get(Room.idFromName(PROBE_ROOM));
  return sharedProbe(() => stub().fetch(probeRequest()));
}

/** The Durable Object behind `/parties/room/<room>`. Extend this class to add to it. */
export class PartyServerRoom extends Server<PartyServerEnv & Cloudflare.Env> {
  static override options = { hibernate: true };
  readonly #closer = new SocketCloser();
  readonly #lateName = holdBackName(this.ctx.storage, NAME);
  readonly #holder = new RoomHolder(
    () => this.#create(),
    () => [...this.getConnections<ConnectionNote>()].map((one) => this.#wrap(one)),
    createLog(console, this.env.LOG === 'quiet'),
  );

  /** A socket that is taken only to be refused stays until its client agrees. */
  override fetch(request: Request): Promise<Response> {
    const note = isUpgrade(request) ? noteOf(request.headers, Date.now()) : null;
    const crowding = note && this.#holder.room?.findCrowding(note);
    if (!crowding) return super.fetch(request);
    const { detail, retryAfterMs } = crowding;
    const refusal = rateLimited(detail, retryAfterMs, Math.random());
    return Promise.resolve(answerWithoutSocket(refusal, {}));
  }

  override onStart(): Promise<void> {
    const pair = new WebSocketRequestResponsePair(HEARTBEAT, HEARTBEAT_REPLY);
    this.ctx.setWebSocketAutoResponse(pair);
    return this.#holder.wake();
  }

  override onConnect(
    connection: Connection<ConnectionNote>,
    { request }: ConnectionContext,
  ): void | Promise<void> {
    connection.setState(noteOf(request.headers, Date.now()));
    return this.#holder.open(this.#wrap(connection), request.headers);
  }

  override onMessage(
    connection: Connection<ConnectionNote>,
    data: WSMessage,
  ): void | Promise<void> {
    this.#closer.heard(connection.id);
    return this.#holder.receive(this.#wrap(connection), data);
  }

  override async onClose(
    connection: Connection<ConnectionNote>,
    code: number,
    reason: string,
  ): Promise<void> {
    this.#closer.heard(connection.id);
    const closed = this.#holder.room?.closed(this.#wrap(connection), code);
    // Answers the close frame, if there was one (UN-3): 1005, 1006 and 1015 are never sent.
    if (code !== 1005 && code !== 1006 && code !== 1015) {
      quietly(() => connection.close(code, reason));
    }
    await closed;
  }

  override async onError(connection: Connection<ConnectionNote>): Promise<void> {
    await this.#holder.room?.closed(this.#wrap(connection), 1006);
  }

  override onRequest(request: Request): Promise<Response> {
    return isProbe(request) ? answerProbe(this.ctx.storage) : this.#holder.answer(request);
  }

  override onAlarm(): void {
    this.#holder.room?.alarm();
  }

  #create(): EdgeRoom {
    const { ctx, env } = this;
    const { storage } = ctx;
    return createEdgeRoom({
      name: () => this.name,
      id: String(ctx.id),
      env,
      storage,
      lateName: this.#lateName,
      probe: probeOf(env),
    });
  }

  #wrap(connection: Connection<ConnectionNote>): RoomConnection {
    const heardAt = (): number =>
      this.ctx.getWebSocketAutoResponseTimestamp(connection)?.getTime() ?? 0;
    return wrapConnection(connection, heardAt, this.#closer);
  }
}
