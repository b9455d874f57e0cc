// One stay in one room: wires signaling, snapshot, chat, moderation, shared values and the call together.
import type { Source, WelcomeMessage } from '@rtc-elements/protocol';

import { checkArguments } from '../api/argument-rules.js';
import type { OptionChanges } from '../api/option-rules.js';
import { checkName, type CompleteOptions } from '../api/options.js';
import type { EncryptionKeys, PresenceUpdate, Room, SimulatedFault } from '../api/room-api.js';
import type { RoomEventMap } from '../api/room-events.js';
import type { Call } from '../call/ports.js';
import { ChatClient } from '../chat/chat-client.js';
import { DataClient } from '../data/data-client.js';
import { createEphemeral } from '../data/ephemeral.js';
import { describeRoom, simulateFault } from '../diagnostics/on-demand.js';
import { createFiles } from '../files/files.js';
import { createModeration } from '../moderation/moderation.js';
import { WaitingRoom } from '../moderation/waiting-room.js';
import { createPlayback } from '../playback/playback.js';
import { createSharedState } from '../shared-state/shared-state.js';
import { Address } from '../signaling/address.js';
import { IceRenewal } from '../signaling/ice-credentials.js';
import { explainRefusal, type Refusal } from '../signaling/refusal.js';
import { Requests } from '../signaling/requests.js';
import { SignalingClient } from '../signaling/signaling-client.js';
import { joinAbortedError, leftError, type RtcError, toProblem } from '../state/errors.js';
import { initialState } from '../state/initial-state.js';
import type { RoomChange } from '../state/room-change.js';
import { Store } from '../state/store.js';
import { TypedEventTarget } from '../support/typed-event-target.js';
import { CallControl, type Loaders } from './call-control.js';
import { CallPart } from './call-part.js';
import { type Context, createContext } from './create-context.js';
import { depart, type LeaveProgress } from './departure.js';
import { deriveEvents } from './derive-events.js';
import { greetingOf } from './greeting.js';
import { Presence } from './presence.js';
import { requireSockets } from './require-sockets.js';
import { createRoutes } from './routes.js';
import { pick, Settings } from './settings.js';
import { onAbort, waitFor } from './wait-for.js';

/** The Room that `createRoom()` returns. `load` loads the code of the call and of devices when they are first wanted. */
export class RoomClient extends TypedEventTarget<RoomEventMap> implements Room {
  readonly #settings: Settings;
  readonly #options: CompleteOptions;
  readonly #store: Store;
  /** The view of this room that its capabilities and the call receive. */
  readonly #context: Context;
  readonly #call: CallControl;
  readonly #requests: Requests;
  readonly #presence: Presence;
  readonly #waitingRoom: WaitingRoom;
  readonly #iceRenewal: IceRenewal;
  #client: SignalingClient | null = null;
  /** Our present stay, or the next one: why it has ended, if it has. */
  #stay: { end: RtcError | null } = { end: null };
  #departure: LeaveProgress | null = null;
  readonly #part: CallPart;
  readonly getSnapshot: Room['getSnapshot'];
  readonly subscribe: Room['subscribe'];
  readonly chat: ChatClient;
  readonly media: Room['media'];
  readonly moderation: Room['moderation'];
  readonly sharedState: Room['sharedState'];
  readonly ephemeral: Room['ephemeral'];
  readonly files: Room['files'];
  readonly attach: Room['attach'];
  readonly audio: Room['audio'];
  readonly data: DataClient;

  constructor(options: CompleteOptions, load: Loaders) {
    super();
    this.#settings = new Settings(options);
    this.#options = this.#settings.options;
    this.#store = new Store(initialState(options.room));
    this.getSnapshot = this.#store.getSnapshot;
    this.subscribe = this.#store.subscribe;
    this.#context = createContext(this.#options, {
      room: this,
      client: () => this.#client,
      call: () => this.#call,
      presence: () => this.#presence,
      iceRenewal: () => this.#iceRenewal,
      dispatch: (change) => this.#dispatch(change),
      dispatchEvent: (event) => this.dispatchEvent(event),
    });
    this.#presence = new Presence(this.#context, options);
    this.#requests = new Requests(this.#context);
    this.chat = new ChatClient(this.#context, this.#requests, {
      url: options.url,
      getName: () => this.#presence.wanted.name,
      tellRead: (read) => this.#presence.want({ read }),
    });
    this.moderation = createModeration(this.#requests);
    this.sharedState = createSharedState(this.#context, this.#requests);
    this.data = new DataClient(this.#context, this.#requests);
    this.ephemeral = createEphemeral(this.#context);
    this.files = createFiles(this.#context, options.url);
    this.#waitingRoom = new WaitingRoom(this.#context);
    this.#iceRenewal = new IceRenewal(this.#context.clock, {
      ask: () => this.#requests.ask({ type: 'ice.get' }),
      isNeeded: () => this.#presence.wanted.call || this.#context.links.isWanted,
      onChange: () => this.#reconcile(),
      onRefused: (error) => this.#context.reportError(error),
    });
    this.#call = new CallControl(this.#options, load, this.#context, () => this.#reconcile());
    this.media = this.#call.media;
    ({ attach: this.attach, audio: this.audio } = createPlayback(this.#context));
    this.#part = new CallPart({
      room: this,
      call: this.#call,
      presence: this.#presence,
      dispatch: (change) => this.#dispatch(change),
      isJoined: () => this.#client !== null,
      getEnd: () => this.#stay.end,
      onEntered: () => this.#iceRenewal.schedule(),
    });
    checkArguments(this);
    if (options.call) this.#call.load();
  }

  async join(
    options: { readonly name?: string; readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    const name = options.name?.trim() ?? this.#presence.wanted.name;
    checkName(name);
    const signals = [this.#options.signal, options.signal];
    if (this.#stay.end && signals.some((signal) => signal?.aborted)) throw joinAbortedError();
    if (this.#stay.end) this.#reopen();
    this.setPresence({ name });
    const release = onAbort(signals, () =>
      this.#close({ reason: 'left', error: joinAbortedError() }),
    );
    try {
      if (!this.#stay.end && !this.#client) this.#enter();
      const stay = this.#stay;
      await waitFor(
        this,
        () => stay.end,
        ({ connection }) => connection === 'connected',
      );
    } finally {
      release();
    }
  }

  enterCall(): Promise<void> {
    return this.#part.enter();
  }

  leaveCall(): Promise<void> {
    return this.#part.leave();
  }

  moveCall(engine: string): Promise<void> {
    return this.#part.move(engine);
  }

  async setEncryption(keys: EncryptionKeys | null): Promise<void> {
    if (!this.#stay.end) return this.#call.setEncryption(keys);
    if (keys) throw this.#stay.end;
  }

  configure(settings: OptionChanges): void {
    const changed = this.#settings.change(settings, this.getSnapshot().connection);
    const { name, meta, call } = this.#options;
    this.#presence.want(pick({ name, meta, call }, changed));
    if (changed.has('token') || changed.has('tokenProvider')) this.#client?.renew();
    this.#call.configure(changed);
    if (changed.has('privacy') || changed.has('iceServers')) this.#context.links.configure();
    if (changed.has('maxPeers')) this.#reconcile();
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

  simulate(fault: SimulatedFault): Promise<void> {
    return simulateFault(fault, this.#context);
  }

  diagnostics(): ReturnType<Room['diagnostics']> {
    return describeRoom(this.#context);
  }

  async leave(): Promise<void> {
    this.#close({ reason: 'left', error: leftError() });
    await this.#departure?.done;
  }

  /** Opens the socket and the devices in parallel. */
  #enter(): void {
    const { clock } = this.#context;
    const openSocket = requireSockets(this.#context, this.#presence.wanted.call && this.#call);
    this.#dispatch({ type: 'connection', connection: 'connecting' });
    this.#client = new SignalingClient(new Address(this.#options), clock, openSocket, {
      onVisibility: () => this.#presence.want({}),
      onHide: () => this.chat.onHide(),
      ready: this.#presence.wanted.call ? this.#call.begin() : null,
      greet: () =>
        greetingOf(this.getSnapshot(), this.#presence, this.#call, this.#options.identity),
      onWelcome: (welcome) => this.#onWelcome(welcome),
      routes: createRoutes({
        context: this.#context,
        call: this.#call,
        links: this.#context.links,
        chat: this.chat,
        data: this.data,
        presence: this.#presence,
        requests: this.#requests,
        waitingRoom: this.#waitingRoom,
        reconcile: () => this.#reconcile(),
      }),
      onWait: () => this.#dispatch({ type: 'connection', connection: 'waiting' }),
      onUnreachable: (why) => this.#onUnreachable(why),
      onRefused: (...why) => this.#close(explainRefusal(...why)),
    });
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
    void this.chat.onWelcome();
  }

  #onUnreachable(why: RtcError | null): void {
    if (this.#departure) return this.#departure.end();
    this.#iceRenewal.stop();
    this.#requests.onUnreachable();
    this.#dispatch({
      type: 'connection',
      connection: this.getSnapshot().you ? 'reconnecting' : 'connecting',
      ...(why && { problem: toProblem(why) }),
    });
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
    this.#context.links.module?.reconcile();
  }

  /** Begins another stay: as in a new room, except for what the person chose. */
  #reopen(): void {
    this.#departure?.end();
    this.#departure = null;
    this.#stay = { end: null };
    this.#client = null;
    this.#presence.reset();
    this.#part.open();
    this.chat.open();
    this.#dispatch({ type: 'reopened' });
  }

  #close({ reason, error }: Refusal): void {
    if (this.#stay.end) return;
    this.#stay.end = error;
    this.#presence.close();
    this.#iceRenewal.stop();
    this.#part.close(error);
    this.#departure = depart({
      clock: this.#context.clock,
      client: this.#client,
      mayStay: reason === 'left',
      chat: this.chat,
      requests: this.#requests,
      closeCall: () => {
        this.#call.end(error);
        this.#context.links.close();
      },
    });
    const problem = error.code === 'aborted' ? {} : { problem: toProblem(error) };
    this.#dispatch({ type: 'closed', reason, ...problem });
  }
}
