/** One call of a `CallSwitch`, with a host of its own. What it throws does not reach the room. */
import type { MediaFlags, Source } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { LinkStatus } from '../state/room-state.js';
import type { Call, CallData, CallHost, CallOptions, CallReport, CreateCall } from './ports.js';
import type { EncryptionKeys } from '../api/room-api.js';
import { OutgoingTracks } from './outgoing-tracks.js';

const NO_REPORT: CallReport = { transports: [], peers: [] };
const NO_HEADROOM = Promise.resolve(false);

/** How long a call may take to open, ms. */
export const OPEN_MS = 8_000;

/** What every call of a room gets of it. */
export type SharedHost = Pick<
  CallHost,
  | 'ports'
  | 'getSnapshot'
  | 'probe'
  | 'reportError'
  | 'sendSignal'
  | 'onPeerData'
  | 'onTurnRefused'
  | 'onRelayProblem'
>;

/** What a slot tells its switch. */
export interface SlotHandlers extends Pick<CallHost, 'onPeerMedia' | 'onStep'> {
  /** The connection to a peer has changed, or what is received from them. */
  onPeer(session: string): void;
  onEnd(slot: CallSlot, error: RtcError): void;
}

export class CallSlot {
  /** What made it. */
  readonly create: CreateCall;
  readonly #host: SharedHost;
  readonly #handlers: SlotHandlers;
  readonly #call: Call;
  readonly #outgoing: OutgoingTracks;
  readonly #statuses = new Map<string, LinkStatus>();
  /** From its creation until it is closed. Otherwise nothing that it tells counts. */
  #isOpen = false;
  /** Why it ended while it was being created. */
  #earlyEnd: RtcError | null = null;
  #hasFailed = false;
  #hasRelayProblem = false;

  /** @throws RtcError `engine-failed`, or what the call gives as the reason, if it cannot be created. */
  constructor(host: SharedHost, options: CallOptions, create: CreateCall, handlers: SlotHandlers) {
    this.create = create;
    this.#host = host;
    this.#handlers = handlers;
    try {
      this.#call = create(this.#createHost(), options);
    } catch (cause) {
      throw engineError(cause);
    }
    this.#outgoing = new OutgoingTracks({
      publish: (source, track) => this.run((call) => call.publish(source, track), undefined),
      encrypt: (keys) => this.#encrypt(keys),
    });
    if (this.#earlyEnd) {
      this.#attempt((call) => call.close(), undefined);
      throw this.#earlyEnd;
    }
    this.#isOpen = true;
  }

  /** The peers that the call has told of, with `none` left out. */
  get statuses(): ReadonlyMap<string, LinkStatus> {
    return this.#statuses;
  }

  /** @throws RtcError `engine-failed`, or what the call gives as the reason. */
  async start(): Promise<void> {
    try {
      await this.#call.start();
    } catch (cause) {
      throw engineError(cause);
    }
  }

  /** Runs `task`; if the call throws, reports that once and returns `fallback`. */
  run<T>(task: (call: Call) => T, fallback: T): T {
    return this.#isOpen ? this.#attempt(task, fallback) : fallback;
  }

  /** See `Call.publish`. */
  publish(source: Source, track: MediaStreamTrack | null): void {
    this.#outgoing.publish(source, track);
  }

  /**
   * See `Call.setEncryption`. Until it resolves the first time, nothing is sent.
   * @throws RtcError `engine-failed`, or what the call gives as the reason.
   */
  setEncryption(keys: EncryptionKeys | null): Promise<void> {
    return this.#outgoing.setEncryption(keys);
  }

  /** Opening and sending throw only an RtcError: what is wrong with the request, or `engine-failed`. */
  get data(): CallData {
    return {
      readinessOf: (...what) => this.run((call) => call.data.readinessOf(...what), 'none'),
      open: (...request) => {
        const path = typed(() => this.#call.data.open(...request));
        return {
          send: (...message) => typed(() => path.send(...message)),
          headroom: () => this.run(() => path.headroom(), NO_HEADROOM).catch(() => false),
          close: () => this.run(() => path.close(), undefined),
        };
      },
    };
  }

  statusOf(session: string): LinkStatus {
    return this.#statuses.get(session) ?? 'none';
  }

  /** A track that may still deliver something. */
  getTrack(session: string, source: Source): MediaStreamTrack | null {
    const track = this.run((call) => call.getTrack(session, source), null);
    return track?.readyState === 'live' ? track : null;
  }

  report(): CallReport {
    return this.run((call) => call.report(), NO_REPORT);
  }

  close(): void {
    if (!this.#isOpen) return;
    // First: that a call ends is no news while it is closed.
    this.#isOpen = false;
    this.#statuses.clear();
    if (this.#hasRelayProblem) this.#onRelayProblem(null);
    this.#attempt((call) => call.close(), undefined);
  }

  #attempt<T>(task: (call: Call) => T, fallback: T): T {
    try {
      return task(this.#call);
    } catch (cause) {
      if (!this.#hasFailed) this.#host.reportError(engineError(cause));
      this.#hasFailed = true;
      return fallback;
    }
  }

  #onRelayProblem(error: RtcError | null): void {
    this.#hasRelayProblem = error !== null;
    this.#host.onRelayProblem(error && engineError(error));
  }

  async #encrypt(keys: EncryptionKeys | null): Promise<void> {
    try {
      if (this.#isOpen) await this.#call.setEncryption(keys);
    } catch (cause) {
      // That it was closed meanwhile is no failure: the next call is given the keys.
      if (this.#isOpen) throw engineError(cause);
    }
  }

  /** Nothing passes before the call was created, or once the slot is closed. */
  #createHost(): CallHost {
    const { ports, getSnapshot } = this.#host;
    const ifOpen = <Arguments extends unknown[]>(
      task: (...args: Arguments) => void,
    ): ((...args: Arguments) => void) => {
      return (...args) => void (this.#isOpen && task(...args));
    };
    return {
      ports,
      getSnapshot: () => getSnapshot(),
      onStatus: ifOpen((session: string, status: LinkStatus) => {
        if (status === 'none') this.#statuses.delete(session);
        else this.#statuses.set(session, status);
        this.#handlers.onPeer(session);
      }),
      onTracks: ifOpen((session: string) => this.#handlers.onPeer(session)),
      onPeerData: ifOpen((session: string) => this.#host.onPeerData(session)),
      onPeerMedia: ifOpen((session: string, media: MediaFlags) =>
        this.#handlers.onPeerMedia(session, media),
      ),
      onStep: ifOpen((session: string, step: string) => this.#handlers.onStep(session, step)),
      onEnd: (error) => {
        if (this.#isOpen) this.#handlers.onEnd(this, engineError(error));
        else this.#earlyEnd ??= engineError(error);
      },
      probe: ifOpen(() => this.#host.probe()),
      reportError: ifOpen((error: RtcError) => this.#host.reportError(engineError(error))),
      onTurnRefused: ifOpen((again?: boolean) => this.#host.onTurnRefused(again)),
      onRelayProblem: ifOpen((error: RtcError | null) => this.#onRelayProblem(error)),
      // A call that is closing still says so.
      sendSignal: (to, body) => this.#host.sendSignal(to, body),
    };
  }
}

/** The calls of a switch, the newer one first. */
export type Slots = readonly [CallSlot, ...CallSlot[]];

/** The one that is not just being opened. */
export const presentOf = (slots: Slots): CallSlot => slots.at(-1) ?? slots[0];

/** The call to believe about a peer. */
export function speakerOf(slots: Slots, session: string): CallSlot {
  const present = presentOf(slots);
  const connected = slots.find((slot) => slot.statusOf(session) === 'connected');
  if (connected) return connected;
  return present.statusOf(session) === 'none' ? slots[0] : present;
}

/** What a call of somebody else throws need not be an error at all. */
export const engineError = (cause: unknown): RtcError =>
  cause instanceof RtcError
    ? cause
    : new RtcError('engine-failed', 'The call could not be connected this way. Try again.', {
        cause,
        retryable: true,
      });

/** What a move fails with that somebody has ended. */
export const movedError = (): RtcError =>
  new RtcError('aborted', 'The call was left, or moved elsewhere, before it had moved.');

/** What comes of `task`; whatever it throws is an RtcError. */
function typed<T>(task: () => T): T {
  try {
    return task();
  } catch (cause) {
    throw engineError(cause);
  }
}
