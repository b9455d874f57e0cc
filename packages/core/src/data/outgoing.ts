/** Sends an action frame to each addressee on the way that leads to them now. */
import { utf8Length } from '@rtc-elements/protocol';

import type { ActionSent, DataWay } from '../api/data-api.js';
import type { Reliability } from '../call/ports.js';
import type { Requests } from '../signaling/requests.js';
import { RtcError } from '../state/errors.js';
import { ActionLinks } from './action-links.js';
import type { ActionFrame } from './action-frames.js';
import { PeerWay, type SendHow } from './peer-way.js';
import type { DataContext, PeerPaths } from './ports.js';
import { type Failures, goneError, RoomWay, unsupportedError } from './room-way.js';

/** What may be lost is, where it would wait. */
const NO_FAILURES = Promise.resolve<Failures>(new Map());

export class OutgoingActions {
  readonly #context: DataContext;
  readonly #paths: PeerPaths;
  readonly #peers: PeerWay;
  readonly #room: RoomWay;
  readonly #links: ActionLinks;
  #messages = 0;

  constructor(context: DataContext, requests: Pick<Requests, 'ask'>, paths: PeerPaths) {
    this.#context = context;
    this.#paths = paths;
    this.#peers = new PeerWay(paths);
    this.#room = new RoomWay(context, requests);
    this.#links = new ActionLinks(context, paths);
  }

  /** There is a path to them now. */
  onOpen(session: string): void {
    this.#links.settle(session);
  }

  /** `lane`: what is sent under one name arrives in order. Resolves once all of it is on its way. */
  async send(
    to: readonly string[],
    frame: ActionFrame,
    lane: string,
    reliability: Reliability = {},
  ): Promise<readonly ActionSent[]> {
    const [only] = to;
    const isReached = only !== undefined && to.length === 1 && this.#wayTo(only) === 'peer';
    // What waits for a link goes first. Here there is one, so none is asked for.
    if (isReached && !this.#links.opening(only, lane, 0))
      return [await this.#toPeer(only, frame, this.#how(lane, reliability))];
    return this.#send(to, frame, { lane, reliability }, false);
  }

  /** `isLate`: it has waited for a link. */
  async #send(
    to: readonly string[],
    frame: ActionFrame,
    { lane, reliability }: Omit<SendHow, 'id'>,
    isLate: boolean,
  ): Promise<readonly ActionSent[]> {
    const how = this.#how(lane, reliability);
    const sent = new Map<string, Promise<ActionSent>>();
    const byRoom: string[] = [];
    for (const session of new Set(to)) {
      const opening = isLate ? null : this.#links.opening(session, lane, sizeOf(frame));
      if (opening) {
        const sending = opening.then(() =>
          this.#send([session], frame, { lane, reliability }, true),
        );
        sent.set(
          session,
          sending.then(([one]) => one ?? { session, error: goneError() }),
        );
        continue;
      }
      const way = this.#wayTo(session);
      if (way instanceof RtcError) sent.set(session, Promise.resolve({ session, error: way }));
      else if (way === 'room') byRoom.push(session);
      else sent.set(session, this.#toPeer(session, frame, how));
    }
    if (byRoom.length > 0) {
      const isDropped = mayBeLost(reliability) && this.#room.isBusy;
      const failing = isDropped ? NO_FAILURES : this.#room.send(byRoom, frame, how.id);
      for (const session of byRoom) {
        const told = result(session, 'room');
        const failed = failing.then((failures) => failures.get(session) ?? null);
        sent.set(session, failed.then(told));
      }
    }
    return Promise.all(sent.values());
  }

  forget(session: string): void {
    this.#links.settle(session);
    this.#peers.forget(session);
  }

  #how(lane: string, reliability: Reliability): SendHow {
    this.#messages = (this.#messages + 1) % 0x1_0000_0000;
    return { lane, reliability, id: this.#messages };
  }

  async #toPeer(session: string, frame: ActionFrame, how: SendHow): Promise<ActionSent> {
    return result(session, 'peer')(await this.#peers.send(session, frame, how));
  }

  #wayTo(session: string): DataWay | RtcError {
    const peer = this.#context.getSnapshot().peers.find((one) => one.session === session);
    if (!peer) return goneError();
    const status = this.#paths.statusOf(session);
    if (status === 'open') return 'peer';
    if (status === 'unsupported') return unsupportedError();
    return this.#room.isOpen ? 'room' : unreachableError();
  }
}

const sizeOf = (frame: ActionFrame): number =>
  typeof frame === 'string' ? utf8Length(frame) : frame.byteLength;

const mayBeLost = ({ maxRetransmits, maxPacketLifeTime }: Reliability): boolean =>
  maxRetransmits !== undefined || maxPacketLifeTime !== undefined;

const result =
  (session: string, via: DataWay) =>
  (error: RtcError | null): ActionSent =>
    error ? { session, error } : { session, via };

const unreachableError = (): RtcError =>
  new RtcError('peer-unreachable', 'There is no connection to this person now. Try again.', {
    retryable: true,
  });
