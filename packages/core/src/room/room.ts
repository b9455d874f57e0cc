/**
 * One stay in one room: wires socket, snapshot, chat and call together. The rules are in
 * `state/`, `chat/` and `signaling/`; this file only connects them.
 */
import type { FaultCode, Source, WelcomeMessage } from '@rtc-elements/protocol';

import { AnnexSeat, type LoadAnnex } from './annex-seat.js';
import { CallLoader, type LoadCall } from './call-loader.js';
import { RtcError, toProblem } from '../state/errors.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { deriveEvents } from './derive-events.js';
import { getUserKey } from './user-key.js';
import { checkMeta, checkName, type CompleteOptions } from '../api/options.js';
import type { AnnexHost, Call, IceCredentials, Refusal, DebugHost } from '../ports.js';
import type {
  PresenceUpdate,
  Room,
  RoomChat,
  RoomMedia,
  RoomModeration,
  RoomSharedState,
  SimulatedFault,
} from '../api/room-api.js';
import { ChatClient } from '../chat/chat-client.js';
import { LevelsEvent, RoomErrorEvent, type RoomEventMap } from '../api/room-events.js';
import { leftError, type RoomContext } from './room-context.js';
import { Address } from '../signaling/address.js';
import { type Greeting, type RoomMessage, SignalingClient } from '../signaling/signaling-client.js';
import { createSocketFactory } from '../signaling/socket.js';
import { initialState, mediaOff, NO_LINK } from '../state/initial-state.js';
import type { RoomChange } from '../state/room-change.js';
import type { LeaveReason, Problem, RoomState } from '../state/room-state.js';
import { Store } from '../state/store.js';
import {
  NO_FLAGS,
  presenceDifference,
  untold,
  type WantedPresence,
} from '../state/wanted-presence.js';
import { systemClock } from '../support/clock.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import { loadModule } from '../support/lazy-module.js';
import { TypedEventTarget } from '../support/typed-event-target.js';

const UNREACHABLE: Problem = {
  code: 'host-unreachable',
  message: 'The room cannot be reached. Trying again.',
  retryable: true,
};

/** For when even the words for it cannot be loaded. */
const OUTDATED: Refusal = {
  reason: 'network',
  error: new RtcError('protocol', 'Reload the page to enter this room.'),
};

/** How long hello waits for its offer at most, ms: less than the round trip that it saves (EN-6). */
const PATIENCE_MS = 30;

/** The pause before presence is told again when the room had too much of it. */
const RETELL_MS = 1_000;

/** The Room behind `createRoom()`. `loadCall` and `loadAnnex` fetch their parts when first wanted. */
export class RoomClient extends TypedEventTarget<RoomEventMap> implements Room {
  readonly #options: CompleteOptions;
  readonly #store: Store;
  /** The room, for its parts and for the call. */
  readonly #side: RoomContext & DebugHost & AnnexHost;
  readonly #seat: CallLoader;
  readonly #annex: AnnexSeat;
  readonly #desk: ChatClient;
  #wanted: WantedPresence;
  /** The app's word, over that of the page. */
  #state: WantedPresence['state'] | null = null;
  #client: SignalingClient | null = null;
  #ice: IceCredentials | null = null;
  #closedBy: RtcError | null = null;
  #cancelRetell: () => void = () => undefined;
  readonly getSnapshot: Room['getSnapshot'];
  readonly subscribe: Room['subscribe'];
  readonly chat: RoomChat;
  readonly moderation: RoomModeration;
  readonly sharedState: RoomSharedState;

  constructor(options: CompleteOptions, loadCall: LoadCall, loadAnnex: LoadAnnex) {
    super();
    const { name, call, meta, ports } = options;
    this.#options = options;
    this.#wanted = { name, state: 'active', call, media: NO_FLAGS, hand: false, meta, read: 0 };
    this.#store = new Store(initialState(options.room));
    this.getSnapshot = this.#store.getSnapshot;
    this.subscribe = this.#store.subscribe;
    const clock = ports?.clock ?? systemClock;
    this.#side = {
      clock,
      room: this,
      call: () => this.#seat.part,
      webSocket: () => this.#client?.webSocket ?? null,
      probe: () => this.#client?.probe(),
      ports: { ...ports, clock },
      getSnapshot: this.getSnapshot,
      dispatch: (change) => this.#dispatch(change),
      send: (message) => this.#client?.send(message) === true,
      sendSignal: (to, body) => this.#side.send({ type: 'signal', to, ...body }),
      setMediaFlags: (media, again) => {
        this.#want({ media });
        if (again) this.#side.send({ type: 'presence.set', media });
      },
      onTurnRefused: () => this.#annex.tell((annex) => annex.onTurnRefused()),
      reportLevels: (levels) => this.dispatchEvent(new LevelsEvent(levels)),
      reportError: (error) => this.dispatchEvent(new RoomErrorEvent(error, false)),
      dispatchEvent: (event) => this.dispatchEvent(event),
      useIce: (grant) => {
        this.#ice = grant;
        this.#reconcile();
      },
    };
    this.#annex = new AnnexSeat(loadAnnex, this.#side);
    this.#desk = new ChatClient(
      this.#side,
      () => this.#wanted.name,
      (read) => this.#want({ read }),
    );
    this.chat = Object.assign(this.#desk, this.#annex.chat);
    this.moderation = this.#annex.moderation;
    this.sharedState = {
      ...this.#annex.values,
      get: (key) => this.getSnapshot().sharedState[key] ?? null,
    };
    this.#seat = new CallLoader(options, loadCall, this.#side, () => this.#reconcile());
    if (call) this.#openCall();
  }

  get media(): RoomMedia {
    return this.#seat.media;
  }

  async join(
    options: { readonly name?: string; readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    if (this.#closedBy) throw this.#closedBy;
    const name = options.name?.trim() ?? this.#wanted.name;
    checkName(name);
    this.setPresence({ name });
    const release = this.#leaveOnAbort([this.#options.signal, options.signal]);
    try {
      if (!this.#closedBy && !this.#client) this.#enter();
      await this.#until((state) => state.connection === 'connected');
    } finally {
      release();
    }
  }

  async enterCall(): Promise<void> {
    await this.#seat.use((call) => {
      call.start();
      this.#want({ call: true });
    });
    this.#keepIce();
    if (this.#client) await this.#until((state) => (state.you?.call ?? 0) > 0);
  }

  async leaveCall(): Promise<void> {
    this.#seat.close();
    const { peers, media } = this.getSnapshot();
    for (const { session } of peers) {
      this.#dispatch({ type: 'tracks', session, tracks: {} });
      this.#dispatch({ type: 'link', session, link: NO_LINK });
    }
    this.#dispatch({ type: 'local-media', media: mediaOff(media) });
    this.#want({ call: false, media: NO_FLAGS });
    if (this.#client) await this.#until((state) => (state.you?.call ?? 0) === 0);
  }

  setPresence(update: PresenceUpdate): void {
    if (update.name !== undefined) checkName(update.name);
    if (update.meta !== undefined) checkMeta(update.meta);
    this.#state = update.state ?? this.#state;
    this.#want(update);
  }

  retryPeer(session: string): void {
    this.#seat.part?.retry(session);
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return session === this.getSnapshot().you?.session
      ? this.media.getTrack(source)
      : (this.#seat.part?.getTrack(session, source) ?? null);
  }

  show(...shown: Parameters<Room['show']>): void {
    this.#seat.part?.show(...shown);
  }

  async simulate(fault: SimulatedFault): Promise<void> {
    const { simulate } = await loadModule(import('../diagnostics/simulate.js'));
    return simulate(fault, this.#side);
  }

  async diagnostics(): Promise<Diagnostics> {
    const { diagnose } = await loadModule(import('../diagnostics/diagnose.js'));
    return diagnose(this.#side);
  }

  leave(): Promise<void> {
    this.#close('left', leftError());
    return Promise.resolve();
  }

  /** Opens the socket and the devices side by side: neither waits for the other. */
  #enter(): void {
    const { clock } = this.#side;
    this.#dispatch({ type: 'connection', connection: 'connecting' });
    const openSocket = this.#options.ports?.openSocket ?? createSocketFactory(clock);
    this.#client = new SignalingClient(new Address(this.#options), clock, openSocket, {
      onVisibility: () => this.#want({}),
      ready: this.#wanted.call ? this.#beginCall() : null,
      greet: () => this.#greet(),
      onWelcome: (welcome) => this.#onWelcome(welcome),
      onMessage: (message) => this.#receive(message),
      onFrame: (type, frame) => this.#onFrame(type, frame),
      onWait: () => this.#dispatch({ type: 'connection', connection: 'waiting' }),
      onUnreachable: (why) => this.#onUnreachable(why),
      onRefused: (cause) => void this.#onRefused(cause),
    });
  }

  /** Resolves when hello need not wait for an offer any more: most often it is there (EN-6). */
  #beginCall(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#side.clock.setTimer(PATIENCE_MS, resolve);
      this.#openCall((call) => {
        if (!this.getSnapshot().you) void call.early.makeEarlyOffer().then(cancel).then(resolve);
        call.start();
      });
    });
  }

  #openCall(onOpen: (call: Call) => void = () => undefined): void {
    this.#seat.use(onOpen).catch((error: unknown) => {
      if (!this.#closedBy && error instanceof RtcError) this.#side.reportError(error);
    });
  }

  #greet(): Greeting {
    const { name, call, media, meta } = this.#wanted;
    const { lastSeq, lastRev } = this.getSnapshot().chat;
    // One, for the first member: each is a whole peer connection, thrown away if nobody takes it.
    const offer = this.#seat.part?.early.takeEarlyOffer();
    return {
      name,
      key: getUserKey(),
      call,
      media,
      ...(Object.keys(meta).length > 0 && { meta }),
      knock: true,
      ...(lastSeq > 0 && { lastSeq, lastRev }),
      ...(offer && { offers: [offer] }),
    };
  }

  #onWelcome(welcome: WelcomeMessage): void {
    const since = this.#side.clock.now();
    const clockOffsetMs = welcome.serverTime - since;
    this.#ice = { servers: welcome.iceServers, ttlMs: welcome.iceTtlMs, since };
    this.#dispatch({ ...welcome, type: 'welcomed', clockOffsetMs });
    this.#seat.part?.early.assignEarlyOffer(welcome.offers?.[0] ?? null);
    this.#reconcile();
    this.#retell();
    this.#keepIce();
    this.#desk.onWelcome();
    this.#annex.part?.onWelcome();
  }

  #onUnreachable(why: RtcError | null): void {
    this.#desk.onUnreachable();
    this.#annex.onUnreachable();
    this.#dispatch({
      type: 'connection',
      connection: this.getSnapshot().you ? 'reconnecting' : 'connecting',
      problem: why ? toProblem(why) : UNREACHABLE,
    });
  }

  #receive(message: RoomMessage): void {
    if (message.type === 'error' && message.code === 'rate-limited') {
      this.#retellIn(message.retryAfterMs ?? RETELL_MS);
    }
    this.#annex.part?.hear(message);
    switch (message.type) {
      case 'presence':
        this.#dispatch({ joined: [], changed: [], left: [], ...message });
        return this.#reconcile();
      case 'roster':
        this.#dispatch(message);
        return this.#reconcile();
      default:
        return this.#desk.receive(message);
    }
  }

  #onFrame(type: string, frame: unknown): void {
    if (type !== 'signal') this.#annex.receive(frame);
    else if (this.#seat.isWanted) this.#seat.hand(frame);
  }

  #dispatch(change: RoomChange): void {
    const before = this.#store.dispatch(change);
    const after = this.getSnapshot();
    const getTrack: Call['getTrack'] = (session, source) => this.getTrack(session, source);
    for (const event of deriveEvents(change, before, after, getTrack)) this.dispatchEvent(event);
    // A lingering peer went with its link (SG-5); told later, as it is the call that is speaking.
    if (change.type === 'link' && before.peers.length !== after.peers.length) {
      void Promise.resolve().then(() => this.#reconcile());
    }
  }

  #reconcile(): void {
    const { you, peers, connection } = this.getSnapshot();
    if (!you || connection === 'closed') return;
    this.#seat.part?.reconcile(you, peers, this.#ice?.servers ?? []);
  }

  /** Credentials that end are renewed while there may be links to use them (EN-8). */
  #keepIce(): void {
    const ice = this.#ice;
    if (ice?.ttlMs && this.#wanted.call) this.#annex.tell((annex) => annex.keepIce(ice));
  }

  /** The room will not have us; the socket is closed already. */
  async #onRefused(cause: number | FaultCode): Promise<void> {
    const refusal = await this.#annex.use((annex) => annex.explain(cause)).catch(() => OUTDATED);
    this.#close(refusal.reason, refusal.error);
  }

  /** Remembers what we want to be, and tells the room as soon as it can be told. */
  #want(update: Partial<WantedPresence>): void {
    const call = update.call ?? this.#wanted.call;
    // A page that is hidden wakes too seldom for the room's patience with an active one (PR-3).
    const state = this.#state ?? (isPageHidden() && !call ? 'away' : 'active');
    const wanted = { ...this.#wanted, ...update, state };
    const news = presenceDifference(this.#wanted, wanted);
    this.#wanted = wanted;
    if (news) this.#side.send(news);
  }

  /** Tells again what the room does not have right. */
  #retell(): void {
    this.#cancelRetell();
    const { you } = this.getSnapshot();
    const news = you && untold(you, this.#wanted);
    if (news) this.#side.send(news);
  }

  #retellIn(ms: number): void {
    this.#cancelRetell();
    this.#cancelRetell = this.#side.clock.setTimer(ms, () => this.#retell());
  }

  #close(reason: LeaveReason, error: RtcError): void {
    if (this.#closedBy) return;
    this.#closedBy = error;
    this.#cancelRetell();
    this.#client?.leave();
    this.#seat.close();
    this.#desk.close();
    this.#annex.close();
    const problem = error.code === 'aborted' ? {} : { problem: toProblem(error) };
    this.#dispatch({ type: 'closed', reason, ...problem });
  }

  /** Resolves once `test` holds; rejects when the room is closed first. */
  #until(test: (state: RoomState) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (this.#closedBy) reject(this.#closedBy);
        else if (!test(this.getSnapshot())) return;
        stop();
        resolve();
      };
      const stop = this.subscribe(check);
      check();
    });
  }

  /** Until released, an abort of any of `signals` leaves the room. */
  #leaveOnAbort(signals: readonly (AbortSignal | undefined)[]): () => void {
    const abort = (): void => this.#close('left', new RtcError('aborted', 'Joining was aborted.'));
    for (const signal of signals) {
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort);
    }
    return () => {
      for (const signal of signals) signal?.removeEventListener('abort', abort);
    };
  }
}
