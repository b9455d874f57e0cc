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
import { admitRequest, isUpgrade } from '../edge/admission.js';
import { answerFromRoom, answerPreflight, answerRefusal, corsOf } from '../edge/answer.js';
import { noteOf } from '../edge/connection-note.js';
import { answerHealth } from '../edge/health.js';
import { createLog } from '../edge/log.js';
import { refusal, unavailable } from '../edge/rules/refusal.js';
import { findRoute } from '../edge/rules/routes.js';
import type { RoomConnection } from '../ports.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { createEdgeRoom } from './create-room.js';
import { quietly } from './host-connection.js';
import { isolateLimits } from './isolate-limits.js';
import { LateName } from './late-name.js';
import type {
  PartyKitConnection,
  PartyKitLobby,
  PartyKitParties,
  PartyKitParty,
  PartyKitSocket,
} from './partykit-runtime.js';
import { RoomHolder } from './room-holder.js';
import { wrapConnection } from './runtime-ports.js';
import { SocketCloser } from './socket-closer.js';
import {
  answerProbe,
  isProbe,
  PROBE_PATH,
  PROBE_ROOM,
  probeRequest,
  sharedProbe,
} from './storage-probe.js';

/** One per isolate. */
let deployment: Deployment | null = null;

/** The key under which a room stores its name, which it needs when an alarm wakes it. */
const NAME = 'name';

// PartyKit demands a default export. `partykit.json` names it twice: as `main` and as the party `room`.
export default class PartyKitRoom {
  readonly options = { hibernate: true };
  readonly #party: PartyKitParty;
  readonly #holder: RoomHolder;
  readonly #closer = new SocketCloser();
  readonly #lateName: LateName;
  #name = '';

  constructor(party: PartyKitParty) {
    this.#party = party;
    this.#lateName = new LateName(party.storage, NAME);
    this.#holder = new RoomHolder(
      () => this.#create(),
      () => [...party.getConnections()].map((one) => this.#wrap(one)),
      createLog(console, party.env['LOG'] === 'quiet'),
    );
  }

  static async onBeforeConnect(request: Request, lobby: PartyKitLobby): Promise<Response> {
    return callRoom(request, lobby);
  }

  static onBeforeRequest(request: Request, lobby: PartyKitLobby): Promise<Response> {
    return callRoom(request, lobby);
  }

  /** Answers requests whose path belongs to no party. */
  static async onFetch(request: Request, lobby: PartyKitLobby): Promise<Response> {
    if (new URL(request.url).pathname !== '/health') {
      return Response.json({ error: 'not-found', detail: 'nothing is here' }, { status: 404 });
    }
    const canWrite = await probeOf(lobby.parties)();
    return answerHealth(deploymentOf(lobby).settings.problems, canWrite);
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
      await this.#holder.wake();
    });
  }

  onConnect(
    connection: PartyKitConnection,
    { request }: { readonly request: Request },
  ): void | Promise<void> {
    connection.setState(noteOf(request.headers, Date.now()));
    return this.#holder.open(this.#wrap(connection), request.headers);
  }

  onMessage(data: string | ArrayBuffer, connection: PartyKitConnection): void | Promise<void> {
    this.#closer.heard(connection.id);
    return this.#holder.receive(this.#wrap(connection), data);
  }

  async onClose(connection: PartyKitConnection): Promise<void> {
    this.#closer.heard(connection.id);
    const closed = this.#holder.room?.closed(this.#wrap(connection), 1006);
    // The runtime does not answer the close frame itself (UN-3).
    quietly(() => connection.close(1000, ''));
    await closed;
  }

  async onError(connection: PartyKitConnection): Promise<void> {
    await this.#holder.room?.closed(this.#wrap(connection), 1006);
  }

  /** The answer goes straight to the client, so the CORS headers are added here. */
  async onRequest(request: Request): Promise<Response> {
    if (isProbe(request)) return answerProbe(this.#party.storage);
    const { policy } = deploymentOf(this.#party);
    const { route } = findRoute(new URL(request.url).pathname, false);
    const answer = await this.#holder.answer(request);
    return answerFromRoom(request, answer, corsOf(request, route, policy));
  }

  onAlarm(): void {
    this.#holder.room?.alarm();
  }

  #create(): EdgeRoom {
    const { env, storage } = this.#party;
    const name = (): string => this.#name;
    // Only when it is asked for: in a room that an alarm woke, `context` throws.
    const probe = async (): Promise<boolean> => probeOf(this.#party.context.parties)();
    return createEdgeRoom({
      name,
      id: this.#name,
      env,
      storage,
      lateName: this.#lateName,
      probe: () => probe().catch(() => false),
    });
  }

  /** Heartbeats wake the room here, so it hears of each. */
  #wrap(connection: PartyKitConnection): RoomConnection {
    return wrapConnection(connection, () => 0, this.#closer);
  }

  async #readName(): Promise<string> {
    const { storage } = this.#party;
    const stored = await storage.get<string>(NAME);
    if (stored !== undefined) return stored;
    const { id } = this.#party;
    this.#lateName.hold(id);
    return id;
  }
}

function probeOf(parties: PartyKitParties): () => Promise<boolean> {
  const room = parties['room'];
  if (!room) return () => Promise.resolve(true);
  return sharedProbe(() => room.get(PROBE_ROOM).fetch(`/${PROBE_PATH}`, probeRequest()));
}

function deploymentOf({ env }: Pick<PartyKitLobby, 'env'>): Deployment {
  if (deployment) return deployment;
  const log = createLog(console, env['LOG'] === 'quiet');
  deployment = startDeployment(env, isolateLimits({}, log), log);
  return deployment;
}

/** Puts the origin back on the clean request: on this host the room itself adds the CORS headers. */
function withOrigin(clean: Request, origin: string | null): Request {
  if (origin !== null) clean.headers.set('origin', origin);
  return clean;
}

/**
 * Calls the room from here: PartyKit's own answer would not name the subprotocol, and would hide that a room
 * cannot be started.
 */
async function callRoom(request: Request, lobby: PartyKitLobby): Promise<Response> {
  const admitted = await admitToRoom(request, lobby);
  if (admitted instanceof Response) return admitted;
  const { pathname, search } = new URL(admitted.url);
  const [room = '', ...rest] = pathname.slice(roomPath('').length).split('/');
  try {
    const party = lobby.parties['room']?.get(room);
    const answer = await party?.fetch(`/${rest.join('/')}${search}`, admitted);
    if (answer) return isUpgrade(request) ? answerFromRoom(request, answer, {}) : answer;
    return answerRefusal(request, refusal(404, 'not-found', 'nothing is here'), {});
  } catch (error) {
    const { log, policy } = deploymentOf(lobby);
    // The room's object cannot be started, or was thrown away because a write failed.
    log.warn('room-unavailable', { error: String(error) });
    const { route } = findRoute(new URL(request.url).pathname, isUpgrade(request));
    return answerRefusal(request, unavailable(Math.random()), corsOf(request, route, policy));
  }
}

async function admitToRoom(request: Request, lobby: PartyKitLobby): Promise<Request | Response> {
  const deployment = deploymentOf(lobby);
  const { policy } = deployment;
  const admitted = await admitRequest(request, deployment);
  if (admitted.kind === 'room') return withOrigin(admitted.request, request.headers.get('origin'));
  if (admitted.kind === 'elsewhere') {
    return answerRefusal(request, refusal(404, 'not-found', 'nothing is here'), {});
  }
  const cors = corsOf(request, admitted.route, policy);
  return admitted.kind === 'preflight'
    ? answerPreflight(admitted.route, cors)
    : answerRefusal(request, admitted.refusal, cors, admitted.address);
}
