/**
 * One stay in one room: connects signaling, snapshot, chat, moderation, shared values and the call.
 * Their logic lives in their own modules; this file only wires them up.
 */
import type { Source, WelcomeMessage } from '@rtc-elements/protocol';

import { checkName, type CompleteOptions } from '../api/options.js';
import type {
  EncryptionKeys,
  PresenceUpdate,
  Room,
  RoomMedia,
  RoomModeration,
  RoomSharedState,
  SimulatedFault,
} from '../api/room-api.js';
import { LevelsEvent, NotifyEvent, RoomErrorEvent, type RoomEventMap } from '../api/room-events.js';
import type { Call } from '../call/ports.js';
import { ChatClient } from '../chat/chat-client.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { DebugHost } from '../diagnostics/ports.js';
import { createModeration } from '../moderation/moderation.js';
import { WaitingRoom } from '../moderation/waiting-room.js';
import { createSharedState } from '../shared-state/shared-state.js';
import { Address } from '../signaling/address.js';
import { IceRenewal } from '../signaling/ice-credentials.js';
import { explainRefusal, UNREACHABLE } from '../signaling/refusal.js';
import { Requests } from '../signaling/requests.js';
import { SendRate } from '../signaling/send-rate.js';
import { type Greeting, type Routes, SignalingClient } from '../signaling/signaling-client.js';
import { createSocketFactory } from '../signaling/socket.js';
import { callLeftError, leftError, RtcError, toProblem } from '../state/errors.js';
import { initialState } from '../state/initial-state.js';
import type { RoomChange } from '../state/room-change.js';
import type { LeaveReason } from '../state/room-state.js';
import { Store } from '../state/store.js';
import { NO_FLAGS } from '../state/wanted-presence.js';
import { systemClock } from '../support/clock.js';
import { loadModule } from '../support/lazy-module.js';
import { TypedEventTarget } from '../support/typed-event-target.js';
import { CallControl, type CallControlHost, type LoadCall } from './call-control.js';
import { CallTurns } from './call-turns.js';
import { deriveEvents } from './derive-events.js';
import { Presence } from './presence.js';
import type { RoomContext } from './room-context.js';
import { getUserKey } from './user-key.js';
import { onAbort, waitFor } from './wait-for.js';

/** The Room that `createRoom()` returns. `loadCall` loads the code of the call when the call or media is first wanted. */
export class RoomClient extends TypedEventTarget<RoomEventMap> implements Room {
  readonly #options: CompleteOptions;
  readonly #store: Store;
  /** The view of this room that its capabilities and the call receive. */
  readonly #context: RoomContext & DebugHost & CallControlHost;
  readonly #call: CallControl;
  readonly #requests: Requests;
  readonly #presence: Presence;
  readonly #waitingRoom: WaitingRoom;
  readonly #iceRenewal: IceRenewal;
  #client: SignalingClient | null = null;
  #closedBy: RtcError | null = null;
  readonly #turns = new CallTurns();
  readonly #getEnd = (): RtcError | null => this.#closedBy;
  readonly getSnapshot: Room['getSnapshot'];
  readonly subscribe: Room['subscribe'];
  readonly chat: ChatClient;
  readonly moderation: RoomModeration;
  readonly sharedState: RoomSharedState;

  constructor(options: CompleteOptions, loadCall: LoadCall) {
    super();
    this.#options = options;
    this.#store = new Store(initialState(options.room));
    this.getSnapshot = this.#store.getSnapshot;
    this.subscribe = this.#store.subscribe;
    this.#context = this.#createContext(options.ports);
    this.#presence = new Presence(this.#context, options);
    this.#requests = new Requests(this.#context);
    this.chat = new ChatClient(this.#context, this.#requests, {
      getName: () => this.#presence.wanted.name,
      tellRead: (read) => this.#presence.want({ read }),
    });
    this.moderation = createModeration(this.#requests);
    this.sharedState = createSharedState(this.#context, this.#requests);
    this.#waitingRoom = new WaitingRoom(this.#context);
    this.#iceRenewal = new IceRenewal(this.#context.clock, {
      ask: () => this.#requests.ask({ type: 'ice.get' }),
      isNeeded: () => this.#presence.wanted.call,
      onChange: () => this.#reconcile(),
      onRefused: (error) => this.#context.reportError(error),
    });
    this.#call = new CallControl(options, loadCall, this.#context, () => this.#reconcile());
    if (options.call) this.#call.load();
  }

  get media(): RoomMedia {
    return this.#call.media;
  }

  async join(
    options: { readonly name?: string; readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    if (this.#closedBy) throw this.#closedBy;
    const name = options.name?.trim() ?? this.#presence.wanted.name;
    checkName(name);
    this.setPresence({ name });
    const release = onAbort([this.#options.signal, options.signal], () =>
      this.#close('left', new RtcError('aborted', 'Joining was aborted.')),
    );
    try {
      if (!this.#closedBy && !this.#client) this.#enter();
      await waitFor(this, this.#getEnd, (state) => state.connection === 'connected');
    } finally {
      release();
    }
  }

  async enterCall(): Promise<void> {
    const signal = this.#turns.take('enter');
    await this.#call.enter(() => this.#presence.want({ call: true }));
    this.#iceRenewal.schedule();
    await this.#awaitCall((call) => call > 0, signal);
    if (signal.aborted) throw callLeftError();
  }

  async leaveCall(): Promise<void> {
    const signal = this.#turns.take('leave');
    this.#call.close();
    this.#dispatch({ type: 'call-left' });
    this.#presence.want({ call: false, media: NO_FLAGS });
    await this.#awaitCall((call) => call === 0, signal);
  }

  moveCall(engine: string): Promise<void> {
    return this.#call.move(engine);
  }

  setEncryption(keys: EncryptionKeys | null): Promise<void> {
    return this.#call.setEncryption(keys);
  }

  setPresence(update: PresenceUpdate): void {
    this.#presence.set(update);
  }

  retryPeer(session: string): void {
    this.#call.retry(session);
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return session === this.getSnapshot().you?.session
      ? this.media.getTrack(source)
      : this.#call.getTrack(session, source);
  }

  show(...shown: Parameters<Room['show']>): void {
    this.#call.show(...shown);
  }

  async simulate(fault: SimulatedFault): Promise<void> {
    const { simulate } = await loadModule(import('../diagnostics/simulate.js'));
    return simulate(fault, this.#context);
  }

  async diagnostics(): Promise<Diagnostics> {
    const { diagnose } = await loadModule(import('../diagnostics/diagnose.js'));
    return diagnose(this.#context);
  }

  leave(): Promise<void> {
    this.#close('left', leftError());
    return Promise.resolve();
  }

  #createContext(ports: CompleteOptions['ports']): RoomContext & DebugHost & CallControlHost {
    const clock = ports?.clock ?? systemClock;
    return {
      clock,
      sendRate: new SendRate(clock),
      room: this,
      call: () => this.#call.call,
      encryption: () => this.#call.encryption,
      webSocket: () => this.#client?.webSocket ?? null,
      signaling: () => this.#client,
      probe: () => this.#client?.probe(),
      ports: { ...ports, clock },
      getSnapshot: this.getSnapshot,
      dispatch: (change) => this.#dispatch(change),
      dispatchEvent: (event) => this.dispatchEvent(event),
      send: (message) => this.#client?.send(message) === true,
      sendSignal: (to, body) => this.#client?.send({ type: 'signal', to, ...body }) === true,
      microphone: () => this.#call.microphone,
      setMediaFlags: (media, again) => this.#presence.setMediaFlags(media, again),
      onTurnRefused: (again) => this.#iceRenewal.onTurnRefused(again),
      onRelayProblem: (error) =>
        this.#dispatch({ type: 'relay', problem: error && toProblem(error) }),
      reportLevels: (levels) => this.dispatchEvent(new LevelsEvent(levels)),
      reportError: (error) => this.dispatchEvent(new RoomErrorEvent(error, false)),
    };
  }

  /** Waits until the roster shows our place in the call as `test` wants it. */
  async #awaitCall(test: (call: number) => boolean, signal: AbortSignal): Promise<void> {
    if (!this.#client) return;
    await waitFor(this, this.#getEnd, (state) => test(state.you?.call ?? 0), signal);
  }

  /** Opens the socket and the devices in parallel. */
  #enter(): void {
    const { clock } = this.#context;
    this.#dispatch({ type: 'connection', connection: 'connecting' });
    const openSocket = this.#options.ports?.openSocket ?? createSocketFactory(clock);
    this.#client = new SignalingClient(new Address(this.#options), clock, openSocket, {
      onVisibility: () => this.#presence.want({}),
      ready: this.#presence.wanted.call ? this.#call.begin() : null,
      greet: () => this.#greet(),
      onWelcome: (welcome) => this.#onWelcome(welcome),
      routes: this.#routes(),
      onWait: () => this.#dispatch({ type: 'connection', connection: 'waiting' }),
      onUnreachable: (why) => this.#onUnreachable(why),
      onRefused: (cause, said) => {
        const { reason, error } = explainRefusal(cause, said);
        this.#close(reason, error);
      },
    });
  }

  #greet(): Greeting {
    const { lastSeq, lastRev } = this.getSnapshot().chat;
    const offer = this.#call.takeEarlyOffer();
    return {
      ...this.#presence.greeting,
      key: getUserKey(),
      knock: true,
      ...(lastSeq > 0 && { lastSeq, lastRev }),
      ...(offer && { offers: [offer] }),
    };
  }

  #onWelcome(welcome: WelcomeMessage): void {
    const since = this.#context.clock.now();
    const clockOffsetMs = welcome.serverTime - since;
    this.#iceRenewal.take({ servers: welcome.iceServers, ttlMs: welcome.iceTtlMs, since });
    this.#dispatch({ ...welcome, type: 'welcomed', clockOffsetMs });
    this.#call.assignEarlyOffer(welcome.offers?.[0] ?? null);
    this.#reconcile();
    this.#presence.announce();
    this.#requests.onWelcome();
  }

  #onUnreachable(why: RtcError | null): void {
    this.#iceRenewal.stop();
    this.#requests.onUnreachable();
    this.#dispatch({
      type: 'connection',
      connection: this.getSnapshot().you ? 'reconnecting' : 'connecting',
      problem: why ? toProblem(why) : UNREACHABLE,
    });
  }

  /** The receivers of the messages from the room. */
  #routes(): Routes {
    const toRequests = this.#requests.receive.bind(this.#requests);
    return {
      error: (message) => {
        if (message.code === 'rate-limited') this.#presence.announceIn(message.retryAfterMs);
        const news = this.#requests.onError(message);
        if (news) this.#context.reportError(news);
      },
      presence: (message) => {
        this.#dispatch({ joined: [], changed: [], left: [], ...message });
        this.#reconcile();
      },
      roster: (message) => {
        this.#dispatch(message);
        this.#reconcile();
      },
      signal: (signal) => this.#call.receiveSignal(signal),
      'chat.message': (message) => this.chat.receive(message),
      typing: (message) => this.chat.receiveTyping(message),
      access: (message) => this.#waitingRoom.receive(message),
      state: (message) => this.#dispatch({ ...message, type: 'shared-state' }),
      notify: (message) => this.dispatchEvent(new NotifyEvent(message)),
      done: toRequests,
      ice: toRequests,
      'chat.ack': toRequests,
      'chat.page': toRequests,
    };
  }

  #dispatch(change: RoomChange): void {
    const before = this.#store.dispatch(change);
    const after = this.getSnapshot();
    const getTrack: Call['getTrack'] = (session, source) => this.getTrack(session, source);
    for (const event of deriveEvents(change, before, after, getTrack)) this.dispatchEvent(event);
    // A lingering peer was removed with its link (SG-5). Deferred, because the call is dispatching this.
    if (change.type === 'link' && before.peers.length !== after.peers.length) {
      void Promise.resolve().then(() => this.#reconcile());
    }
  }

  #reconcile(): void {
    const { you, peers, connection } = this.getSnapshot();
    if (!you || connection === 'closed') return;
    this.#call.reconcile(you, peers, this.#iceRenewal.servers);
  }

  #close(reason: LeaveReason, error: RtcError): void {
    if (this.#closedBy) return;
    this.#closedBy = error;
    this.#presence.close();
    this.#iceRenewal.stop();
    this.#client?.leave();
    this.#call.close();
    this.chat.close();
    this.#requests.close();
    const problem = error.code === 'aborted' ? {} : { problem: toProblem(error) };
    this.#dispatch({ type: 'closed', reason, ...problem });
  }
}
