/**
 * Our connection to one peer: its connections, one after another, its channels, its status, and the
 * steps that its recovery may take. Knows no room, no socket and no other peer.
 */
import type { EarlyOffer, PeerMessage, SignalBody, Source } from '@rtc-elements/protocol';

import type { LinkStatus } from '../../state/room-state.js';
import { ControlChannel } from './control-channel.js';
import { LinkConnection } from './link-connection.js';
import { LinkData } from './link-data.js';
import type { LinkHandlers, LinkHealth, LinkRole, LinkWorld, Recovery } from './link-world.js';
import { Negotiator } from './negotiator.js';
import { PeerChannels } from './peer-channels.js';
import { setServers } from './quirks.js';
import { RelayNeed } from './relay-need.js';

/** How long `bye` is given to reach the peer before the connection closes anyway, ms. */
const BYE_MS = 200;

export class PeerLink {
  readonly #world: LinkWorld;
  readonly #channels = new PeerChannels();
  readonly #control: ControlChannel;
  readonly data: LinkData;
  readonly #negotiator: Negotiator;
  readonly #relay: RelayNeed;
  #connection: LinkConnection;
  #handlers: LinkHandlers | null = null;
  #status: LinkStatus = 'connecting';
  /** When the connection came to be in its present state. */
  #since: number;
  /** The peer says that its microphone is on. */
  #isExpected = false;
  #recovery: Recovery | null = null;
  #closed = false;

  constructor(world: LinkWorld, role: LinkRole) {
    this.#world = world;
    this.#since = world.clock.now();
    this.#relay = new RelayNeed(world);
    this.#control = this.#openControl();
    this.data = new LinkData(this.#channels, {
      clock: world.clock,
      tell: (message) => this.tell(message),
      onChange: () => this.#handlers?.onData(),
    });
    this.#negotiator = this.#makeNegotiator(role);
    this.#connection = this.#connect(role !== 'wait');
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get epoch(): number {
    return this.#negotiator.epoch;
  }

  get level(): number {
    return this.#connection.senders.level;
  }

  /** The peer is known now. Signals made before are sent. */
  attach(polite: boolean, handlers: LinkHandlers): void {
    this.#handlers = handlers;
    this.#since = this.#world.clock.now();
    this.#relay.attach((code) => handlers.onRelay(code));
    this.#negotiator.attach(polite, (body) => handlers.onSignal(body));
    // It learns the room's ICE servers only now: what it has found without them may not be enough.
    if (this.#negotiator.isEarly) this.reconfigure();
    this.equip();
  }

  /** Gives the link its recovery, once the background has been loaded. */
  equip(): void {
    this.#recovery ??= this.#world.createRecovery()?.(this, this.#world.clock) ?? null;
  }

  get health(): LinkHealth {
    const { connectionState, signalingState } = this.#connection.pc;
    const isMute = connectionState === 'connected' && this.#control.isClosed;
    return {
      state: isMute ? 'mute' : connectionState,
      since: this.#since,
      isEarly: this.#negotiator.isEarly,
      isUnsent: this.#handlers?.isUnsent() ?? false,
      isOffering: signalingState === 'have-local-offer',
      isExpected: this.#isExpected,
    };
  }

  /** Makes an offer to be carried by `hello` (EN-6), and waits for a first candidate. */
  makeEarlyOffer(): Promise<void> {
    return this.#negotiator.makeEarlyOffer();
  }

  /** With the candidates found so far; `null`: it has not been made yet. */
  readEarlyOffer(): EarlyOffer | null {
    return this.#negotiator.readEarlyOffer();
  }

  receive(body: SignalBody): void {
    if (this.#closed) return;
    // The peer may offer because our own offer never arrived.
    if (body.description?.type === 'offer') this.look();
    this.#negotiator.receive(body);
  }

  /** Whether ours, which is under way already, goes before this early offer (EN-6). */
  outranks(body: SignalBody): boolean {
    return this.#negotiator.outranks(body);
  }

  /** To be called after `outgoing` changed. */
  publish(source: Source): void {
    this.#negotiator.afterDescriptions(() =>
      this.#connection.senders.publish(source, this.#world.outgoing.get(source) ?? null),
    );
  }

  /**
   * To be called after `frameTransforms` changed: begins a new connection if the present one was made
   * without them. Chromium ignores a transform that is set later than when its sender or receiver is made
   * (seen in 156).
   */
  transformFrames(): void {
    const isCurrent = this.#connection.frameTransforms === this.#world.frameTransforms();
    if (!isCurrent && this.#status !== 'failed') this.rebuild();
  }

  senderOf(source: Source): RTCRtpSender | undefined {
    return this.#connection.senders.senderOf(source);
  }

  /** Takes over the servers of now, for the next restart or connection. */
  reconfigure(): void {
    const { pc } = this.#connection;
    if (pc.signalingState === 'closed') return;
    try {
      setServers(pc, this.#world.configuration());
    } catch (cause) {
      // This browser does not accept the servers; the path that we have goes on.
      this.#handlers?.onError(cause, false);
    }
  }

  /** `false`: the control channel is not open. */
  tell(message: PeerMessage): boolean {
    return this.#control.send(message);
  }

  async getStats(): Promise<RTCStatsReport> {
    const report = await this.#connection.getStats();
    this.#recovery?.read(report);
    return report;
  }

  /** Has the recovery look again: the room or the peer may be back. */
  look(): void {
    this.#recovery?.look();
  }

  /** Sends an offer of ours that still waits for its answer once more. */
  repeat(): void {
    this.#negotiator.repeat();
  }

  /** Nothing arrives any more. */
  lose(): void {
    this.#setStatus(this.#status === 'connecting' ? 'connecting' : 'reconnecting');
  }

  /** New ICE on the same connection; either side may. */
  restart(): void {
    if (!this.#closed) this.#connection.pc.restartIce();
  }

  /** A new connection under a new epoch, offered by us. */
  rebuild(): void {
    if (this.#closed) return;
    this.#renew(this.epoch + 1, 'stable');
    this.#negotiator.offer();
  }

  /** Ends the link until somebody retries or the peer begins a new epoch. */
  giveUp(cause: unknown): void {
    this.#negotiator.fail();
    this.#discard();
    this.#setStatus('failed');
    this.#handlers?.onError(cause, true);
  }

  /** Tries again after the link was given up. */
  retry(): void {
    if (this.#status === 'failed') this.rebuild();
  }

  /** `bye`: tell the peer, so that it need not wait for silence. */
  close(bye: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#recovery?.close();
    this.#relay.close();
    this.data.close();
    this.#negotiator.close();
    this.#handlers = null;
    this.#connection.silence();
    if (!bye || !this.#control.send({ type: 'bye' })) return this.#discard();
    // Closing at once would discard the message; the peer closes in answer to it.
    const cancel = this.#world.clock.setTimer(BYE_MS, () => this.#discard());
    this.#channels.disconnect(() => {
      cancel();
      this.#discard();
    });
  }

  #openControl(): ControlChannel {
    const control = new ControlChannel({
      onOpen: () => {
        this.data.begin();
        this.#handlers?.onOpen();
      },
      onMessage: (message) => {
        if (message.type === 'features' || message.type === 'ready') this.data.receive(message);
        this.data.hear();
        if (message.type === 'features' || message.type === 'ready') return;
        if (message.type === 'media') this.#isExpected = message.media.microphone;
        this.#handlers?.onMessage(message);
      },
      onClose: () => this.#onStateChange(),
    });
    this.#channels.add(control);
    return control;
  }

  #makeNegotiator(role: LinkRole): Negotiator {
    return new Negotiator(
      {
        connection: () => this.#connection,
        renew: (epoch) => this.#renew(epoch, 'waiting'),
        replaceConnection: () => this.#replace(false),
        mend: (pc, description) => this.#recovery?.mend(pc, description) ?? description,
        onOffered: () => this.#recovery?.offered(),
        onNegotiated: () => this.#handlers?.onTracks(this.#connection.senders.incoming),
        onStumble: (cause) => this.#handlers?.onError(cause, false),
        onFailure: (cause) => this.giveUp(cause),
      },
      this.#world.clock,
      role,
    );
  }

  #connect(offering: boolean): LinkConnection {
    const connection = new LinkConnection(this.#world, offering, {
      relay: this.#relay,
      onNegotiationNeeded: () => this.#negotiator.onNegotiationNeeded(),
      onCandidate: (candidate) => this.#negotiator.addCandidate(candidate),
      onStateChange: () => this.#onStateChange(),
    });
    this.#channels.connect(connection.pc);
    return connection;
  }

  #replace(offering: boolean): void {
    this.#discard();
    this.#connection = this.#connect(offering);
  }

  /** Closes the connection, not the link. */
  #discard(): void {
    this.#connection.silence();
    this.#channels.disconnect();
    this.#connection.close();
  }

  #renew(epoch: number, phase: 'waiting' | 'stable'): void {
    this.#negotiator.reset(epoch, phase);
    this.#replace(phase === 'stable');
    this.#handlers?.onTracks(new Map());
    this.lose();
    this.#since = this.#world.clock.now();
    this.look();
  }

  #onStateChange(): void {
    if (this.#closed) return;
    this.#since = this.#world.clock.now();
    const { state } = this.health;
    if (state === 'connected') this.#setStatus('connected');
    // Of one that is disconnected, the recovery knows whether anything still arrives.
    else if (!state.includes('connect')) this.lose();
    this.look();
  }

  #setStatus(status: LinkStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#relay.setPath(status === 'connected');
    this.#handlers?.onStatus(status);
  }
}
