/**
 * Runs a room on PartyKit, the `partykit` package. Only connects hooks and sockets: no rule is here.
 *
 * Three limits of that package's runtime make this host differ from PartyServer:
 *
 * - It does not report the code with which a socket closed, so no close counts as leaving (PR-1): only
 *   `leave` does, and the session of any closed socket shows as `reconnecting` until its grace is over.
 * - It answers no heartbeat by itself, so each one wakes the room (PR-3).
 * - It answers an unknown party with HTTP 404 before any of our code runs, so a browser sees 1006 there
 *   instead of 4404 (EN-4).
 */
import { CLOSE, LIMITS, roomPath } from '@rtc-elements/protocol';

import { type Deployment, startDeployment } from '../config/deployment.js';
import { admitRequest } from '../edge/admission.js';
import { answerFromRoom, answerPreflight, answerRefusal, corsOf } from '../edge/answer.js';
import { noteOf } from '../edge/connection-note.js';
import { helloReader } from '../edge/early-hello.js';
import { answerHealth } from '../edge/health.js';
import { createLog } from '../edge/log.js';
import { refusal } from '../edge/rules/refusal.js';
import { findRoute } from '../edge/rules/routes.js';
import type { RoomConnection } from '../ports.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { answerRequest } from './answer-request.js';
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

/** The key under which a room stores its name, which it needs when an alarm wakes it. */
const NAME = 'name';

// PartyKit demands a default export. `partykit.json` names it twice: as `main` and as the party `room`.
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
    // PartyKit's own answer would not name the subprotocol, so the room is called from here.
    const { pathname, search } = new URL(admitted.url);
    const party = lobby.parties['room']?.get(pathname.slice(roomPath('').length));
    const answer = await party?.fetch(`/${search}`, admitted);
    return answer ? answerFromRoom(request, answer, {}) : admitted;
  }

  static onBeforeRequest(request: Request, lobby: PartyKitLobby): Promise<Request | Response> {
    return admitToRoom(request, lobby);
  }

  /** Answers requests whose path belongs to no party. */
  static onFetch(request: Request, lobby: PartyKitLobby): Response {
    if (new URL(request.url).pathname !== '/health') {
      return Response.json({ error: 'not-found', detail: 'nothing is here' }, { status: 404 });
    }
    return answerHealth(deploymentOf(lobby).settings.problems);
  }

  static onSocket(socket: PartyKitSocket): void {
    if (socket.request.url.length > LIMITS.urlLength) socket.close(CLOSE.tooBig, 'url-too-long');
    else socket.close(CLOSE.room, 'not-found');
  }

  /** The runtime does not hold back events while storage is read, so this does. */
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
    // The runtime does not answer the close frame itself (UN-3).
    quietly(() => connection.close(1000, ''));
  }

  onError(connection: PartyKitConnection): void {
    this.#room?.closed(wrap(connection), 1006);
  }

  /** The answer goes straight to the client, so the CORS headers are added here. */
  async onRequest(request: Request): Promise<Response> {
    const { policy } = deploymentOf(this.#party);
    const { route } = findRoute(new URL(request.url).pathname, false);
    const answer = await answerRequest(this.#room, request);
    return answerFromRoom(request, answer, corsOf(request, route, policy));
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

/** Puts the origin back on the clean request: on this host the room itself adds the CORS headers. */
function withOrigin(clean: Request, origin: string | null): Request {
  if (origin !== null) clean.headers.set('origin', origin);
  return clean;
}

async function admitToRoom(request: Request, lobby: PartyKitLobby): Promise<Request | Response> {
  const { policy } = deploymentOf(lobby);
  const admitted = await admitRequest(request, policy);
  if (admitted.kind === 'room') return withOrigin(admitted.request, request.headers.get('origin'));
  if (admitted.kind === 'elsewhere') {
    return answerRefusal(request, refusal(404, 'not-found', 'nothing is here'), {});
  }
  const cors = corsOf(request, admitted.route, policy);
  return admitted.kind === 'preflight'
    ? answerPreflight(admitted.route, cors)
    : answerRefusal(request, admitted.refusal, cors);
}
