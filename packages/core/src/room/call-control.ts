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
import { LazyModule } from '../support/lazy-module.js';
import { type MediaHost, OwnMedia } from './own-media.js';

/** How long `hello` waits for an offer at most, ms: less than the round trip that the offer saves (EN-6). */
const EARLY_OFFER_MS = 30;

/** Loads what enters a call; see `call/call.ts`. */
export type LoadCall = () => Promise<PrepareCall>;

/** What the call and our media need of their room. */
export interface CallControlHost extends SwitchHost, MediaHost {
  readonly ports: SwitchHost['ports'];
}

export class CallControl {
  readonly #host: CallControlHost;
  readonly #media: OwnMedia;
  #keys: EncryptionKeys | null = null;
  /** Queues signals while the call loads: peers send them once they have seen that we want a call. */
  readonly #call: LazyModule<CallSwitch, SignalDelivery>;

  /** `onReady`: called once per call, when it has loaded. */
  constructor(
    options: CompleteOptions,
    loadCall: LoadCall,
    host: CallControlHost,
    onReady: () => void,
  ) {
    this.#host = host;
    this.#call = new LazyModule(host, {
      load: async () => {
        const prepare = await loadCall();
        return prepare(host, options);
      },
      onReady: (call) => {
        this.#handOver(call);
        onReady();
      },
      onItem: (call, signal) => call.receiveSignal(signal),
      onOverflow: () => host.reportError(overflowError()),
    });
    this.#media = new OwnMedia(host, options, {
      // The call measures how loud we are, in a lobby too.
      onWanted: () => this.#call.tell(() => undefined),
      onTrack: (source, track) => this.#call.module?.publish(source, track),
      onFlags: (flags) => this.#call.module?.setFlags(flags),
    });
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
  async setEncryption(keys: EncryptionKeys | null): Promise<void> {
    this.#keys = keys;
    if (this.#call.isWanted) await this.#call.use((call) => call.setEncryption(keys));
  }

  /** See `Room.moveCall`. */
  move(engine: string): Promise<void> {
    return this.#call.use((call) => call.move(engine));
  }

  /** Closes every link and releases every device. */
  close(): void {
    this.#media.close();
    this.#call.close();
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
      if (error instanceof RtcError && error.code !== 'aborted') this.#host.reportError(error);
    });
  }
}

const overflowError = (): RtcError =>
  new RtcError(
    'part-unavailable',
    'The call takes too long to load; some people may not be seen. Leave the call and enter it again.',
    { retryable: true },
  );
