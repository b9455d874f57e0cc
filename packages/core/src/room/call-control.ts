// Our part in the call: loads the call when it is first wanted, and again after it was left, and gives it
// our media.
import {
  type EarlyOffer,
  type IceServer,
  type PeerEntry,
  type SignalDelivery,
  type Source,
  SOURCES,
} from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { EncryptionKeys, Room, RoomMedia } from '../api/room-api.js';
import type { PrepareCall } from '../call/call.js';
import type { CallSwitch, SwitchHost } from '../call/call-switch.js';
import { RtcError } from '../state/errors.js';
import { LatestWish, overtakenError } from '../support/latest-wish.js';
import { requirePeerConnections } from '../support/create-peer-connection.js';
import { LazyModule } from '../support/lazy-module.js';
import { type LoadMedia, type MediaHost, OwnMedia, type OwnMediaHandlers } from './own-media.js';
import type { Changed } from './settings.js';

/** How long `hello` waits for an offer at most, ms: less than the round trip that the offer saves (EN-6). */
const EARLY_OFFER_MS = 30;

/** Loads what enters a call; see `call/call.ts`. */
export type LoadCall = () => Promise<PrepareCall>;

/** What a call and our media are loaded by, when they are first wanted. */
export interface Loaders {
  readonly call: LoadCall;
  /** Default: the file beside this one. */
  readonly media?: LoadMedia;
}

/** What the call and our media need of their room. */
export interface CallControlHost extends SwitchHost, MediaHost {
  readonly ports: SwitchHost['ports'];
}

export class CallControl {
  readonly #host: CallControlHost;
  readonly #options: CompleteOptions;
  readonly #media: OwnMedia;
  #keys: EncryptionKeys | null = null;
  readonly #encryption = new LatestWish();
  /** The engine that the call moves to. */
  readonly #engine = new LatestWish();
  #isTelling = false;
  /** Queues signals while the call loads: peers send them once they have seen that we want a call. */
  readonly #call: LazyModule<CallSwitch, SignalDelivery>;

  /** `options`: live. `onReady`: called once per call, when it has loaded. */
  constructor(options: CompleteOptions, load: Loaders, host: CallControlHost, onReady: () => void) {
    this.#host = host;
    this.#options = options;
    this.#call = new LazyModule(host, {
      load: async () => {
        this.requireConnections();
        const prepare = await load.call();
        return prepare(host, options);
      },
      onReady: (call) => {
        this.#handOver(call);
        onReady();
      },
      onItem: (call, signal) => call.receiveSignal(signal),
      onOverflow: () => host.reportError(overflowError()),
    });
    const handlers: OwnMediaHandlers = {
      // The call measures how loud we are, in a lobby too.
      onWanted: () => this.#call.tell(() => undefined),
      onTrack: (source, track) => this.#call.module?.publish(source, track),
      onFlags: (flags) => this.#call.module?.setFlags(flags),
    };
    this.#media = new OwnMedia(host, options, handlers, load.media);
  }

  /** The call, once it has loaded. */
  get call(): CallSwitch | null {
    return this.#call.module;
  }

  get encryption(): EncryptionKeys | null {
    return this.#keys;
  }

  get media(): RoomMedia {
    return this.#media.api;
  }

  /** The track of our microphone, while it is on or held. */
  get microphone(): MediaStreamTrack | null {
    return this.#media.microphone;
  }

  /** Throws `unsupported` where the mesh cannot connect anybody. An engine may have ways of its own. */
  requireConnections(): void {
    if (!this.#options.engine) requirePeerConnections(this.#host.ports);
  }

  /** Loads the call; a failure is reported. */
  load(): void {
    this.#report(this.#call.use(() => undefined));
  }

  /**
   * Begins the call beside the connection to the room: opens the devices, and makes the early offer.
   * Resolves when that is ready, or when `hello` should not wait for it any longer (EN-6).
   */
  begin(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#host.ports.clock.setTimer(EARLY_OFFER_MS, resolve);
      const offer = this.#call.use(async (call) => {
        if (this.#host.getSnapshot().you) return;
        await call.signals?.makeEarlyOffer();
        cancel();
        resolve();
      });
      this.#media.load();
      // No camera goes on for a call that cannot be loaded.
      const started = this.#call.use(() => this.#media.start());
      this.#report(Promise.all([started, offer]));
    });
  }

  /**
   * Loads the call and our media, then opens the devices and calls `onEntered`.
   * @throws RtcError `part-unavailable`, `aborted`.
   */
  async enter(onEntered: () => void): Promise<void> {
    this.#media.load();
    // No camera goes on for a call that cannot be loaded, and none is left on by `close()` meanwhile.
    await this.#call.use(() => this.#media.start(onEntered));
  }

  /** Takes over the roster; see `Call.reconcile`. */
  reconcile(you: PeerEntry, peers: readonly PeerEntry[], iceServers: readonly IceServer[]): void {
    this.#media.obey(you);
    this.call?.reconcile(you, peers, iceServers);
  }

  /** The options have changed. An engine is only begun with, so that a call that nobody is in begins anew. */
  configure(changed: Changed): void {
    this.#media.configure(changed);
    const isIdle = this.#host.getSnapshot().connection === 'idle';
    const isOther = changed.has('engine') || changed.has('engines');
    if (isIdle && isOther && this.#call.isWanted) this.#call.close();
    if (isIdle && this.#options.call && (isOther || changed.has('call'))) this.load();
    if (this.#isTelling || !CALL_OPTIONS.some((option) => changed.has(option))) return;
    // Once for all changes of one task: each may make every connection anew.
    this.#isTelling = true;
    void Promise.resolve().then(() => {
      this.#isTelling = false;
      this.call?.configure();
    });
  }

  receiveSignal(signal: SignalDelivery): void {
    if (this.#call.isWanted) this.#call.hand(signal);
  }

  /** The early offer, once it is ready. Only one, for the first member: each costs a connection. */
  takeEarlyOffer(): EarlyOffer | null {
    return this.call?.signals?.takeEarlyOffer() ?? null;
  }

  assignEarlyOffer(session: string | null): void {
    this.call?.signals?.assignEarlyOffer(session);
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.call?.getTrack(session, source) ?? null;
  }

  retry(session: string): void {
    this.call?.restart(session);
  }

  show(...shown: Parameters<Room['show']>): void {
    this.call?.show(...shown);
  }

  /** See `Room.setEncryption`. */
  setEncryption(keys: EncryptionKeys | null): Promise<void> {
    this.#keys = keys;
    const encrypt = (): Promise<void> => this.#encrypt(keys);
    return keys
      ? this.#encryption.start(keys, encrypt)
      : this.#encryption.stop(overtakenError(), encrypt);
  }

  /** See `Room.moveCall`. */
  move(engine: string): Promise<void> {
    return this.#engine.start(engine, (signal) =>
      this.#call.use((call) => {
        signal.throwIfAborted();
        return call.move(engine);
      }),
    );
  }

  /** Closes every link and releases every device. Whoever waits for any of it hears `why`. */
  close(why: RtcError): void {
    this.#engine.cancel(why);
    this.#media.close(why);
    this.#call.close();
  }

  /** As `close()`, for good. */
  end(why: RtcError): void {
    this.#encryption.cancel(why);
    this.close(why);
  }

  async #encrypt(keys: EncryptionKeys | null): Promise<void> {
    if (!this.#call.isWanted) return;
    const task = this.#call.use((call) => call.setEncryption(keys));
    await task.catch((error: unknown) => {
      // If the call was left, or is not there, the next one begins with these keys.
      if (this.#call.isWanted && !isAborted(error)) throw error;
    });
  }

  /** The call takes over what is on already, as it may be after a lobby. */
  #handOver(call: CallSwitch): void {
    for (const source of SOURCES) {
      const track = this.media.getTrack(source);
      if (track) call.publish(source, track);
    }
    call.setFlags(this.#media.flags);
  }

  /** Reports why `task` fails, unless we ended it. */
  #report(task: Promise<unknown>): void {
    task.catch((error: unknown) => {
      if (error instanceof RtcError && !isAborted(error)) this.#host.reportError(error);
    });
  }
}

const isAborted = (error: unknown): boolean =>
  error instanceof RtcError && error.code === 'aborted';

/** What a call reads while it runs. */
const CALL_OPTIONS = ['privacy', 'iceServers', 'maxPeers', 'dataSaver'] as const;

const overflowError = (): RtcError =>
  new RtcError(
    'part-unavailable',
    'The call takes too long to load; some people may not be seen. Leave the call and enter it again.',
    { retryable: true },
  );
