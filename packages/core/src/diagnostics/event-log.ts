/** The last hundred changes in a room, for bug reports; nothing in it says who anybody is. */
import type { Room } from '../api/room-api.js';
import type { Ports } from '../ports.js';
import type { LocalSource, Peer, Problem, RoomState } from '../state/room-state.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import type { DiagnosticsEvent } from './diagnostics.js';

/** The number of events that are kept. */
const KEPT = 100;

/** What the log reads. */
export interface EventLogHost extends Pick<Room, 'getSnapshot'> {
  readonly ports: Pick<Ports, 'clock'>;
  readonly room: Pick<Room, 'subscribe' | 'addEventListener'>;
  /** See `SocketPort`. */
  webSocket(): WebSocket | null;
}

export class EventLog {
  readonly #host: EventLogHost;
  readonly #stop = new AbortController();
  readonly #events: DiagnosticsEvent[] = [];
  /** The present state of everything, by the name that it has in events. */
  #facts: ReadonlyMap<string, string> = new Map();
  readonly #names = new Map<string, string>();
  #named = 0;
  #webSocket: WebSocket | null = null;

  constructor(host: EventLogHost) {
    this.#host = host;
    this.#compare();
    if (host.getSnapshot().connection === 'closed') return;
    const { signal } = this.#stop;
    const stop = host.room.subscribe(() => this.#compare());
    signal.addEventListener('abort', stop);
    host.room.addEventListener('error', ({ error }) => this.note('error', error.code), { signal });
    this.#watchPage(signal);
  }

  /** Oldest first. */
  get events(): readonly DiagnosticsEvent[] {
    return [...this.#events];
  }

  note(what: string, is: string): void {
    this.#events.push({ at: this.#host.ports.clock.now(), what, is });
    if (this.#events.length > KEPT) this.#events.shift();
  }

  /** Notes a step that is taken to recover the connection to a peer. */
  onStep(session: string, step: string): void {
    this.note(this.nameOf(session), step);
  }

  /** The name of a peer in events. A peer that comes back gets another one. */
  nameOf(session: string): string {
    const name = this.#names.get(session) ?? `peer-${(this.#named += 1)}`;
    this.#names.set(session, name);
    return name;
  }

  #compare(): void {
    const state = this.#host.getSnapshot();
    const facts = this.#factsOf(state);
    for (const [what, is] of facts) if (this.#facts.get(what) !== is) this.note(what, is);
    for (const what of this.#facts.keys()) if (!facts.has(what)) this.note(what, 'gone');
    this.#facts = facts;
    for (const session of this.#names.keys()) {
      if (!state.peers.some((peer) => peer.session === session)) this.#names.delete(session);
    }
    this.#watchSocket();
    if (state.connection === 'closed') this.#stop.abort();
  }

  #factsOf({ connection, problem, you, media, peers }: RoomState): ReadonlyMap<string, string> {
    return new Map([
      ['connection', withCode(connection, problem)],
      ['call', (you?.call ?? 0) > 0 ? 'in' : 'out'],
      ['microphone', sourceOf(media.microphone)],
      ['camera', sourceOf(media.camera)],
      ['screen', sourceOf(media.screen)],
      ...peers.map((peer): [string, string] => [this.nameOf(peer.session), linkOf(peer)]),
    ]);
  }

  /** A socket says why it closed; the snapshot does not. */
  #watchSocket(): void {
    const webSocket = this.#host.webSocket();
    if (!webSocket || webSocket === this.#webSocket) return;
    this.#webSocket = webSocket;
    const hear = ({ code }: CloseEvent): void => this.note('socket', `closed ${code}`);
    webSocket.addEventListener('close', hear, { once: true });
  }

  #watchPage(signal: AbortSignal): void {
    if (typeof window === 'undefined') return;
    const hear = (target: EventTarget, type: string, is: () => string): void =>
      target.addEventListener(type, () => this.note('page', is()), { signal });
    hear(window, 'online', () => 'online');
    hear(window, 'offline', () => 'offline');
    hear(document, 'visibilitychange', () => (isPageHidden() ? 'hidden' : 'visible'));
  }
}

const withCode = (word: string, problem: Problem | null): string =>
  problem ? `${word} (${problem.code})` : word;

const sourceOf = ({ status, problem }: LocalSource): string => withCode(status, problem);

const linkOf = ({ link: { status, path, quality, reason } }: Peer): string =>
  [status, path, quality, reason].filter((word) => word !== null).join(', ');

const logs = new WeakMap<EventLogHost, EventLog>();

/** The only log of a room. It begins when it is first asked for: by the call, or by a report. */
export const eventLogOf = (host: EventLogHost): EventLog => {
  const log = logs.get(host) ?? new EventLog(host);
  logs.set(host, log);
  return log;
};
