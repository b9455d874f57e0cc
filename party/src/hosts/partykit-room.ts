/**
 * A room on PartyKit, the `partykit` package: hooks in, connections out. No rule lives here.
 *
 * Three things the runtime of that package does not let a room do, so they differ from PartyServer:
 *
 * - It does not tell with which code a socket closed. So no close means leaving (PR-1): only `leave`
 *   does, and any closed socket waits as `reconnecting` for its grace.
 * - It answers no heartbeat by itself. So each one wakes the room (PR-3).
 * - It refuses a party that it does not know with HTTP 404 before any of our code runs. So a browser
 *   sees 1006 there, and not 4404 (EN-4).
 */
import { CLOSE, LIMITS, roomPath } from '@rtc-elements/protocol';

import { admitRequest } from '../edge/admission.js';
import { answerFromRoom, answerPreflight, answerRefusal, corsOf } from '../edge/answer.js';
import { noteOf } from '../edge/connection-note.js';
import { type Deployment, startDeployment } from '../config/deployment.js';
import { helloReader } from '../edge/early-hello.js';
import { createLog } from '../edge/log.js';
import { refusal } from '../edge/rules/refusal.js';
import { answerRequest } from './answer-request.js';
import { findRoute } from '../edge/rules/routes.js';
import type { RoomConnection } from '../ports.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { createEdgeRoom } from './create-room.js';
import type {
  PartyKitConnection,
  PartyKitLobby,
  PartyKitParty,
  PartyKitSocket,
} from './partykit-runtime.js';
import { quietly, wrapConnection } from './runtime-ports.js';

/** One per isolate. */
let deployment: Deployment | null = null;

/** Under which a room keeps its name, for an alarm that wakes it. */
const NAME = 'name';

// PartyKit takes the default export, as the project's first party and as the one named `room`.
export default class PartyKitRoom {
  readonly options = { hibernate: true };
  readonly #party: PartyKitParty;
  #name = '';
  #room: EdgeRoom | null = null;

  constructor(party: PartyKitParty) {
    this.#party = party;
  }

  static async onBeforeConnect(
    request: Request,
    lobby: PartyKitLobby,
  ): Promise<Request | Response> {
    const admitted = await admitToRoom(request, lobby);
    if (admitted instanceof Response || !request.headers.has('sec-websocket-protocol')) {
      return admitted;
    }
    // Its own answer would not name the subprotocol, so the room is asked from here.
    const { pathname, search } = new URL(admitted.url);
    const party = lobby.parties['room']?.get(pathname.slice(roomPath('').length));
    const answer = await party?.fetch(`/${search}`, admitted);
    return answer ? answerFromRoom(request, answer, {}) : admitted;
  }

  static onBeforeRequest(request: Request, lobby: PartyKitLobby): Promise<Request | Response> {
    return admitToRoom(request, lobby);
  }

  /** What is on no path of a party. */
  static onFetch(request: Request, lobby: PartyKitLobby): Response {
    if (new URL(request.url).pathname !== '/health') {
      return Response.json({ error: 'not-found', detail: 'nothing is here' }, { status: 404 });
    }
    const { problems } = deploymentOf(lobby).settings;
    const isWell = problems.length === 0;
    const body = isWell ? { ok: true } : { ok: false, problems };
    return Response.json(body, { status: isWell ? 200 : 503 });
  }

  static onSocket(socket: PartyKitSocket): void {
    if (socket.request.url.length > LIMITS.urlLength) socket.close(CLOSE.tooBig, 'url-too-long');
    else socket.close(CLOSE.room, 'not-found');
  }

  /** Events come in while storage is read, so they are held back by hand. */
  onStart(): Promise<void> {
    const party = this.#party;
    return party.blockConcurrencyWhile(async () => {
      this.#name = await this.#readName();
      const room = createEdgeRoom(() => this.#name, party.env, party.storage);
      await room.wake([...party.getConnections()].map(wrap));
      this.#room = room;
    });
  }

  onConnect(
    connection: PartyKitConnection,
    { request }: { readonly request: Request },
  ): void | Promise<void> {
    connection.setState(noteOf(request.headers, Date.now()));
    return this.#room?.open(wrap(connection), helloReader(request.headers));
  }

  onMessage(data: string | ArrayBuffer, { id }: PartyKitConnection): void | Promise<void> {
    return this.#room?.receive(id, data);
  }

  onClose(connection: PartyKitConnection): void {
    this.#room?.closed(wrap(connection), 1006);
    // UN-3: nobody else answers the close frame.
    quietly(() => connection.close(1000, ''));
  }

  onError(connection: PartyKitConnection): void {
    this.#room?.closed(wrap(connection), 1006);
  }

  /** Nobody touches the answer after this, so what pages may read is said here. */
  async onRequest(request: Request): Promise<Response> {
    const { gate } = deploymentOf(this.#party);
    const { route } = findRoute(new URL(request.url).pathname, false);
    const answer = await answerRequest(this.#room, request);
    return answerFromRoom(request, answer, corsOf(request, route, gate));
  }

  onAlarm(): void {
    this.#room?.alarm();
  }

  async #readName(): Promise<string> {
    const { storage } = this.#party;
    const stored = await storage.get<string>(NAME);
    if (stored !== undefined) return stored;
    const { id } = this.#party;
    await storage.put(NAME, id);
    return id;
  }
}

const wrap = (connection: PartyKitConnection): RoomConnection =>
  wrapConnection(connection, () => 0);

function deploymentOf({ env }: Pick<PartyKitLobby, 'env'>): Deployment {
  deployment ??= startDeployment(env, createLog(console, env['LOG'] === 'quiet'));
  return deployment;
}

/** The clean request names its page, as the room itself says here who may read its answer. */
function withOrigin(clean: Request, origin: string | null): Request {
  if (origin !== null) clean.headers.set('origin', origin);
  return clean;
}

async function admitToRoom(request: Request, lobby: PartyKitLobby): Promise<Request | Response> {
  const { gate } = deploymentOf(lobby);
  const admitted = await admitRequest(request, gate);
  if (admitted.kind === 'room') return withOrigin(admitted.request, request.headers.get('origin'));
  if (admitted.kind === 'elsewhere') {
    return answerRefusal(request, refusal(404, 'not-found', 'nothing is here'), {});
  }
  const cors = corsOf(request, admitted.route, gate);
  return admitted.kind === 'preflight'
    ? answerPreflight(admitted.route, cors)
    : answerRefusal(request, admitted.refusal, cors);
}
