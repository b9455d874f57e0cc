/**
 * The negotiation of one link: carries out what `rules/decide` says about each offer, answer and
 * candidate, strictly one event after another (SG-4), and numbers what it sends (SG-2, SG-3).
 */
import type { Candidate, Description, EarlyOffer, SignalBody } from '@rtc-elements/protocol';

import type { Clock } from '../../ports.js';
import { RtcError } from '../../state/errors.js';
import type { LinkConnection } from './link-connection.js';
import type { LinkRole } from './link-world.js';
import { describeOurselves } from './quirks.js';
import {
  beginNegotiation,
  decide,
  type Negotiation,
  type NegotiationCommand,
  type NegotiationEvent,
} from './rules/decide.js';
import { askForDtx } from './rules/munge-sdp.js';
import { FIRST_EPOCH, IncomingSignals, OutgoingSignals } from './signal-log.js';

/** The link, as its negotiation sees it. */
export interface NegotiatedLink {
  /** The present one; another one after `renew` and `replaceConnection`. */
  connection(): LinkConnection;
  /** A peer has begun this epoch: the link starts over on a new connection, and calls `reset`. */
  renew(epoch: number): void;
  /** Makes a new connection for the same epoch, on which the peer's offer is the first. */
  replaceConnection(): void;
  /** The peer's description, with what its browser gets wrong put right. */
  mend(pc: RTCPeerConnection, description: Description): Description;
  /** An offer of ours was sent. */
  onOffered(): void;
  /** A description was applied: other tracks may arrive from now on. */
  onNegotiated(): void;
  /** Something failed that the link survives. */
  onStumble(cause: unknown): void;
  /** The negotiation cannot go on. */
  onFailure(cause: unknown): void;
}

export class Negotiator {
  readonly #link: NegotiatedLink;
  readonly #in: IncomingSignals;
  readonly #out: OutgoingSignals;
  #epoch: number;
  #state: Negotiation;
  /** The `n` under which our present offer was first sent; `null`: it has not been sent yet. */
  #offerN: number | null = null;
  /** The same of the peer's offer that was applied last. */
  #takenN: number | null = null;
  #chain: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(link: NegotiatedLink, clock: Clock, role: LinkRole) {
    this.#link = link;
    this.#epoch = FIRST_EPOCH[role];
    this.#in = new IncomingSignals(this.#epoch);
    this.#out = new OutgoingSignals(clock, this.#epoch);
    this.#state = beginNegotiation(role === 'wait' ? 'waiting' : 'stable', false);
  }

  /** Counts the connections of the link, whichever side began them. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Whether the link still uses its early offer (EN-6), which was made without any ICE server. */
  get isEarly(): boolean {
    return this.#epoch === FIRST_EPOCH.early;
  }

  /** The peer is known: what was to be sent before is sent now. */
  attach(polite: boolean, send: (body: SignalBody) => void): void {
    this.#state = { ...this.#state, polite };
    this.#out.open(send);
    if (this.#state.phase === 'stable') this.offer();
  }

  /** Makes an offer to be carried by `hello` (EN-6), and waits for a first candidate. */
  async makeEarlyOffer(): Promise<void> {
    const connection = this.#link.connection();
    this.#state = decide(this.#state, 'needed').state;
    this.#offerN = 0;
    const made = describeOurselves(connection.pc);
    this.#chain = made.catch(() => undefined);
    await Promise.all([made, connection.firstCandidate()]);
  }

  /** With the candidates found so far; `null`: it has not been made yet. */
  readEarlyOffer(): EarlyOffer | null {
    const { pc, senders } = this.#link.connection();
    const { sdp } = pc.localDescription ?? {};
    if (!sdp) return null;
    this.#out.skip();
    return { description: { type: 'offer', sdp }, sources: senders.sources };
  }

  receive(body: SignalBody): void {
    const verdict = this.#in.judge(body);
    if (verdict === 'stale') return;
    if (verdict === 'newer') {
      // While we wait, our connection has nothing in it yet, and serves for the new epoch as well.
      if (this.#state.phase === 'waiting') this.#begin(body.epoch);
      else this.#link.renew(body.epoch);
      this.#in.judge(body);
    }
    if (body.description) this.#feed(body.description.type, body);
    if (body.candidates) this.#feed('candidates', body);
  }

  /** Whether ours, which is under way already, goes before this early offer (EN-6). */
  outranks({ epoch, n, description }: SignalBody): boolean {
    // What comes after an early offer belongs to a link that was agreed on long ago, and is only
    // late.
    const isEarly = description?.type === 'offer' && epoch === FIRST_EPOCH.early && n === 0;
    return isEarly && this.#epoch > epoch;
  }

  addCandidate(candidate: Candidate): void {
    this.#out.add(candidate);
  }

  /** The browser asks for a negotiation. The first offer needs no asking; later ones add to it. */
  onNegotiationNeeded(): void {
    if (this.#state.agreed) this.offer();
  }

  /** Makes an offer as soon as it may. */
  offer(): void {
    this.#feed('needed');
  }

  /** Sends an offer of ours that still waits for its answer once more. */
  repeat(): void {
    this.#feed('unanswered');
  }

  /** Runs `task` once the descriptions under way are done: browsers do both at once, and slowly. */
  afterDescriptions(task: () => Promise<void>): void {
    this.#chain = this.#chain.then(task).catch(this.#stumble());
  }

  /**
   * Starts over on a new connection: `waiting` for the peer's offer, or `stable`, to make our own.
   */
  reset(epoch: number, phase: 'waiting' | 'stable'): void {
    // What was under way on the old connection never ends, so nothing may wait for it.
    this.#chain = Promise.resolve();
    this.#begin(epoch);
    this.#state = beginNegotiation(phase, this.#state.polite);
  }

  /** Does nothing more until `reset`. */
  fail(): void {
    this.#state = decide(this.#state, 'broken').state;
  }

  close(): void {
    this.#isClosed = true;
    this.#out.close();
  }

  #begin(epoch: number): void {
    this.#takenN = null;
    this.#epoch = epoch;
    this.#in.begin(epoch);
    this.#out.begin(epoch);
  }

  #feed(event: NegotiationEvent, body?: SignalBody): void {
    const connection = this.#link.connection();
    this.#chain = this.#chain.then(async () => {
      if (this.#isClosed || connection !== this.#link.connection()) return;
      if (body && this.#isOld(event, body)) return;
      const { state, commands } = decide(this.#state, event);
      this.#state = state;
      try {
        for (const command of commands) await this.#run(command, body);
      } catch (cause) {
        // `renew-and-accept` replaces the connection on its way; an abandoned task never gets here.
        if (!this.#isClosed) this.#link.onFailure(cause);
      }
    });
  }

  /**
   * Belongs to an offer that was settled before. A peer that repeats one lacks our answer (SG-6).
   */
  #isOld(event: NegotiationEvent, { re }: SignalBody): boolean {
    // An answer that names no offer is for the present one (SG-9).
    if (event === 'answer') return re !== undefined && re !== this.#offerN;
    const isOld = event === 'offer' && re === this.#takenN;
    const local = isOld && this.#link.connection().pc.currentLocalDescription;
    if (local && local.type === 'answer') this.#describe(local);
    return isOld;
  }

  async #run(command: NegotiationCommand, body: SignalBody | undefined): Promise<void> {
    switch (command) {
      case 'make-offer':
        this.#offerN = null;
        await describeOurselves(this.#link.connection().pc);
        return this.#describe();
      case 'repeat-offer':
        return this.#describe();
      case 'renew-and-accept':
        this.#out.begin(this.#epoch);
        this.#link.replaceConnection();
        return this.#accept(body);
      case 'accept-offer':
      case 'rollback-and-accept':
      case 'accept-answer':
        return this.#accept(body);
      case 'add-candidates':
        return this.#add(this.#link.connection().candidates.take(body?.candidates ?? []));
    }
  }

  /** `setRemoteDescription` rolls our own offer back where there is one. */
  async #accept(body: SignalBody | undefined): Promise<void> {
    if (!body?.description) return;
    const { pc, senders, candidates } = this.#link.connection();
    const description = askForDtx(body.description);
    if (description.type === 'offer') this.#takenN = body.re ?? body.n;
    await pc.setRemoteDescription(this.#link.mend(pc, description)).catch(notUsable(description));
    // Not awaited yet: a sender that has its section takes a track without another negotiation.
    const adopted = senders.adopt(body.sources);
    const added = this.#add(candidates.open());
    if (description.type === 'offer') {
      await describeOurselves(pc);
      this.#describe();
    }
    await Promise.all([adopted, added]);
    this.#link.onNegotiated();
  }

  #describe(description = this.#link.connection().pc.localDescription): void {
    if (this.#isClosed || !description) return;
    const { type, sdp } = description as Description;
    const re = type === 'offer' ? this.#offerN : this.#takenN;
    const n = this.#out.describe({ type, sdp }, this.#link.connection().senders.sources, re);
    if (type !== 'offer') return;
    this.#offerN ??= n;
    this.#link.onOffered();
  }

  async #add(candidates: readonly Candidate[]): Promise<void> {
    const { pc } = this.#link.connection();
    for (const candidate of candidates) {
      // One bad line of a peer is reported; it does not end the link.
      await pc.addIceCandidate(candidate).catch(this.#stumble());
    }
  }

  /** Reports a failure, unless the connection that it was about is gone. */
  #stumble(): (cause: unknown) => void {
    const connection = this.#link.connection();
    return (cause) => {
      if (connection === this.#link.connection() && !this.#isClosed) this.#link.onStumble(cause);
    };
  }
}

const notUsable =
  ({ type }: Description) =>
  (cause: unknown): never => {
    const message = `The ${type} of a peer cannot be used. Try again; if that fails too, its software does not fit ours.`;
    throw new RtcError('peer-incompatible', message, { cause, retryable: true });
  };
