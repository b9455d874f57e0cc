/**
 * Our connection to one peer: carries out what `decide` says on an RTCPeerConnection, and what its
 * recovery says when it is sick. Knows no room, no socket and no other peer.
 */
import type { EarlyOffer, PeerMessage, SignalBody, Source } from '@rtc-elements/protocol';

import { CandidateQueue } from './rules/candidate-queue.js';
import {
  beginNegotiation,
  decide,
  type Negotiation,
  type NegotiationCommand,
  type NegotiationEvent,
} from './rules/decide.js';
import type { LinkStatus } from '../../state/room-state.js';
import { askForDtx } from './ask-for-dtx.js';
import { firstCandidate, silence } from './connection-events.js';
import { ControlChannel } from './control-channel.js';
import type { LinkHandlers, LinkHealth, LinkRole, LinkWorld, Recovery } from './link-world.js';
import { FIRST_EPOCH, IncomingSignals, OutgoingSignals } from './signal-log.js';
import { TrackSenders } from './track-senders.js';

/** What a TURN server answers to credentials that are wrong, or not good any more. */
const TURN_UNAUTHORIZED = 401;

/** How long `bye` is given to reach the peer before the connection closes anyway, ms. */
const BYE_MS = 200;

export class PeerLink {
  readonly #world: LinkWorld;
  readonly #in: IncomingSignals;
  readonly #out: OutgoingSignals;
  #handlers: LinkHandlers | null = null;
  #epoch: number;
  // These four belong together, one set per connection; made by `#open`.
  #pc!: RTCPeerConnection;
  #control!: ControlChannel;
  #senders!: TrackSenders;
  #candidates!: CandidateQueue;
  #negotiation: Negotiation;
  /** The `n` that our present offer had first; `null`: it has not been said yet. */
  #offerN: number | null = null;
  /** The same of the peer's that we have taken last. */
  #takenN: number | null = null;
  #chain: Promise<void> = Promise.resolve();
  #status: LinkStatus = 'connecting';
  #since: number;
  /** The peer says that its microphone is on. */
  #isExpected = false;
  #recovery: Recovery | null = null;
  #closed = false;

  constructor(world: LinkWorld, role: LinkRole) {
    this.#world = world;
    this.#since = world.clock.now();
    this.#epoch = FIRST_EPOCH[role];
    this.#in = new IncomingSignals(this.#epoch);
    this.#out = new OutgoingSignals(world.clock, this.#epoch);
    this.#negotiation = beginNegotiation(role === 'wait' ? 'waiting' : 'stable', false);
    this.#open(role !== 'wait');
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get level(): number {
    return this.#senders.level;
  }

  /** Whom it is to. Signals made before are said now. */
  attach(polite: boolean, handlers: LinkHandlers): void {
    this.#handlers = handlers;
    this.#negotiation = { ...this.#negotiation, polite };
    this.#since = this.#world.clock.now();
    this.#out.open((body) => handlers.onSignal(body));
    if (this.#negotiation.phase === 'stable') this.#feed('needed');
    // It knows the room's ICE servers only from now on: what it has found without them may not do.
    if (this.#epoch === FIRST_EPOCH.early) this.reconfigure();
    this.equip();
  }

  /** Looks after itself from now on, if the part that does it is there yet. */
  equip(): void {
    this.#recovery ??= this.#world.createRecovery()?.(this, this.#world.clock) ?? null;
  }

  get health(): LinkHealth {
    const { connectionState, signalingState } = this.#pc;
    const isMute = connectionState === 'connected' && this.#control.isClosed;
    return {
      state: isMute ? 'mute' : connectionState,
      since: this.#since,
      isEarly: this.#epoch === FIRST_EPOCH.early,
      isUnsaid: this.#handlers?.isUnsaid() ?? false,
      isOffering: signalingState === 'have-local-offer',
      isExpected: this.#isExpected,
    };
  }

  /** Makes an offer to be carried by `hello` (EN-6), and finds a first candidate for it. */
  async makeEarlyOffer(): Promise<void> {
    const pc = this.#pc;
    this.#negotiation = decide(this.#negotiation, 'needed').state;
    this.#offerN = 0;
    const made = pc.setLocalDescription();
    this.#chain = made.catch(() => undefined);
    await Promise.all([made, firstCandidate(pc)]);
  }

  /** As it is now, with the candidates found so far; `null`: it is not there yet. */
  readEarlyOffer(): EarlyOffer | null {
    const { sdp } = this.#pc.localDescription ?? {};
    if (!sdp) return null;
    this.#out.skip();
    return { description: { type: 'offer', sdp }, sources: this.#senders.sources };
  }

  /** Handled strictly one after another (SG-4). */
  receive(body: SignalBody): void {
    if (this.#closed) return;
    // Perhaps it was made because ours never came.
    if (body.description?.type === 'offer') this.look();
    const verdict = this.#in.judge(body);
    if (verdict === 'stale') return;
    if (verdict === 'newer') {
      // Our connection has nothing in it yet while it waits, and serves as well.
      if (this.#negotiation.phase === 'waiting') this.#begin(body.epoch);
      else this.#renew(body.epoch, 'waiting');
      this.#in.judge(body);
    }
    if (body.description) this.#feed(body.description.type, body);
    if (body.candidates) this.#feed('candidates', body);
  }

  /** Whether this is an early offer (EN-6) to which ours, under way already, is to be preferred. */
  outranks({ epoch, n, description }: SignalBody): boolean {
    // What comes after it is of a link that has long been agreed on, and is only behind.
    const isEarly = description?.type === 'offer' && epoch === FIRST_EPOCH.early && n === 0;
    return isEarly && this.#epoch > epoch;
  }

  /** To be called after `outgoing` changed. */
  publish(source: Source): void {
    // A description under way goes first: the browser would do both at once, and slowly.
    this.#chain = this.#chain
      .then(() => this.#senders.publish(source, this.#world.outgoing.get(source) ?? null))
      .catch(this.#stumble());
  }

  senderOf(source: Source): RTCRtpSender | undefined {
    return this.#senders.senderOf(source);
  }

  /** For the next restart or connection. */
  reconfigure(): void {
    if (this.#pc.signalingState === 'closed') return;
    try {
      this.#pc.setConfiguration(this.#world.configuration());
    } catch (cause) {
      // Servers that this browser will not have; the path we have goes on.
      this.#handlers?.onError(cause, false);
    }
  }

  /** `false`: the control channel is not open. */
  tell(message: PeerMessage): boolean {
    return this.#control.send(message);
  }

  async getStats(): Promise<RTCStatsReport> {
    const report = await this.#pc.getStats();
    this.#recovery?.read(report);
    return report;
  }

  /** Something may have changed what is to be done about it: the room or the peer is back. */
  look(): void {
    this.#recovery?.look();
  }

  /** Says an offer of ours again that still waits for its answer. */
  repeat(): void {
    this.#feed('unanswered');
  }

  /** Nothing comes any more. */
  lose(): void {
    this.#say(this.#status === 'connecting' ? 'connecting' : 'reconnecting');
  }

  /** New ICE on the same connection; either side may. */
  restart(): void {
    if (!this.#closed) this.#pc.restartIce();
  }

  /** A new connection under a new epoch, offered by us. */
  rebuild(): void {
    if (this.#closed) return;
    this.#renew(this.#epoch + 1, 'stable');
    this.#feed('needed');
  }

  /** Over, until somebody tries again or the peer begins anew. */
  giveUp(cause: unknown): void {
    this.#negotiation = decide(this.#negotiation, 'broken').state;
    this.#discard();
    this.#say('failed');
    this.#handlers?.onError(cause, true);
  }

  /** Given up, but somebody asks for it once more. */
  retry(): void {
    if (this.#status === 'failed') this.rebuild();
  }

  /** `bye`: so that the far side need not wait for silence to tell it. */
  close(bye: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#recovery?.close();
    this.#out.close();
    this.#handlers = null;
    silence(this.#pc);
    if (!bye || !this.#control.send({ type: 'bye' })) return this.#discard();
    // Closing at once would take the message along; the peer answers it by closing.
    const cancel = this.#world.clock.setTimer(BYE_MS, () => this.#discard());
    this.#control.detach(() => {
      cancel();
      this.#discard();
    });
  }

  #open(offering: boolean): void {
    const pc = this.#world.createPeerConnection(this.#world.configuration());
    this.#pc = pc;
    this.#candidates = new CandidateQueue();
    this.#senders = new TrackSenders(pc, this.#world.outgoing, this.#world.startEncoding());
    this.#senders.open(offering);
    this.#control = new ControlChannel(pc, {
      onOpen: () => this.#handlers?.onOpen(),
      onMessage: (message) => {
        if (message.type === 'media') this.#isExpected = message.media.microphone;
        this.#handlers?.onMessage(message);
      },
      onClose: () => this.#check(),
    });
    pc.onnegotiationneeded = () => {
      // The first offer is made without being asked for; what it lacks, this asks for afterwards.
      if (this.#negotiation.agreed) this.#feed('needed');
    };
    pc.onicecandidate = ({ candidate }) => {
      // Its end needs no telling: trickling may always go on after a restart.
      if (candidate?.candidate) this.#out.add(candidate.toJSON() as { candidate: string });
    };
    pc.onicecandidateerror = ({ errorCode }) => {
      if (errorCode === TURN_UNAUTHORIZED) this.#world.onTurnRefused();
    };
    pc.onconnectionstatechange = () => this.#check();
  }

  #begin(epoch: number): void {
    this.#takenN = null;
    this.#epoch = epoch;
    this.#in.begin(epoch);
    this.#out.begin(epoch);
  }

  /** Drops the connection, not the link. */
  #discard(): void {
    silence(this.#pc);
    this.#control.detach(null);
    this.#pc.close();
  }

  #renew(epoch: number, phase: 'waiting' | 'stable'): void {
    this.#discard();
    // What was under way on the old connection never ends, so nothing may wait for it.
    this.#chain = Promise.resolve();
    this.#begin(epoch);
    this.#negotiation = beginNegotiation(phase, this.#negotiation.polite);
    this.#open(phase === 'stable');
    this.#handlers?.onTracks(new Map());
    this.lose();
    this.#since = this.#world.clock.now();
    this.look();
  }

  #feed(event: NegotiationEvent, body?: SignalBody): void {
    const pc = this.#pc;
    this.#chain = this.#chain.then(async () => {
      if (this.#closed || pc !== this.#pc || (body && this.#isOld(event, body))) return;
      const { state, commands } = decide(this.#negotiation, event);
      this.#negotiation = state;
      try {
        for (const command of commands) await this.#run(command, body);
      } catch (cause) {
        // `renew-and-accept` changes the connection on its way; an abandoned task does not come here.
        if (!this.#closed) this.giveUp(cause);
      }
    });
  }

  /** What belongs to an offer that was settled before. Whoever says one again lacks our answer (SG-6). */
  #isOld(event: NegotiationEvent, { re }: SignalBody): boolean {
    if (event === 'answer') return re !== this.#offerN;
    const isOld = event === 'offer' && re === this.#takenN;
    const local = isOld && this.#pc.currentLocalDescription;
    if (local && local.type === 'answer') this.#describe(local);
    return isOld;
  }

  async #run(command: NegotiationCommand, body: SignalBody | undefined): Promise<void> {
    switch (command) {
      case 'make-offer':
        this.#offerN = null;
        await this.#pc.setLocalDescription();
        return this.#describe();
      case 'repeat-offer':
        return this.#describe();
      case 'renew-and-accept':
        this.#discard();
        this.#out.begin(this.#epoch);
        this.#open(false);
        return this.#accept(body);
      case 'accept-offer':
      case 'rollback-and-accept':
      case 'accept-answer':
        return this.#accept(body);
      case 'add-candidates':
        return this.#add(this.#candidates.take(body?.candidates ?? []));
    }
  }

  /** Rolls our own offer back by itself, where there is one. */
  async #accept(body: SignalBody | undefined): Promise<void> {
    if (!body?.description) return;
    const pc = this.#pc;
    const description = askForDtx(body.description);
    if (description.type === 'offer') this.#takenN = body.re ?? body.n;
    await pc.setRemoteDescription(this.#recovery?.mend(pc, description) ?? description);
    // Not awaited: a sender that has its section takes its track without being negotiated for.
    const adopted = this.#senders.adopt(body.sources ?? {});
    const added = this.#add(this.#candidates.open());
    if (description.type === 'offer') {
      await pc.setLocalDescription();
      this.#describe();
    }
    await Promise.all([adopted, added]);
    this.#handlers?.onTracks(this.#senders.incoming);
  }

  #describe(description = this.#pc.localDescription): void {
    if (this.#closed || !description) return;
    const { type, sdp } = description as { type: 'offer' | 'answer'; sdp: string };
    const re = type === 'offer' ? this.#offerN : this.#takenN;
    const n = this.#out.describe({ type, sdp }, this.#senders.sources, re);
    if (type !== 'offer') return;
    this.#offerN ??= n;
    this.#recovery?.offered();
  }

  async #add(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    const pc = this.#pc;
    for (const candidate of candidates) {
      // One bad line of a peer is worth a word, not the link.
      await pc.addIceCandidate(candidate).catch(this.#stumble());
    }
  }

  /** For what is worth a word, unless the connection it was about is gone. */
  #stumble(): (cause: unknown) => void {
    const pc = this.#pc;
    return (cause) => {
      if (pc === this.#pc && !this.#closed) this.#handlers?.onError(cause, false);
    };
  }

  #check(): void {
    if (this.#closed) return;
    this.#since = this.#world.clock.now();
    const { state } = this.health;
    if (state === 'connected') this.#say('connected');
    // Of one that is disconnected, the recovery knows whether anything still comes.
    else if (!state.includes('connect')) this.lose();
    this.look();
  }

  #say(status: LinkStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#handlers?.onStatus(status);
  }
}
