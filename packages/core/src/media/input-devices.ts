/**
 * Our microphone and camera. Requests are carried out one after another, a device is released
 * before its replacement is opened (some browsers open only one microphone at a time), and off
 * means released: the light goes out. Only a microphone may be held instead (docs/decisions/0013).
 */
import { callLeftError, type RtcError, toProblem } from '../state/errors.js';
import type { MediaChoice } from '../api/options.js';
import type { Clock, MediaPort } from '../ports.js';
import type { LocalSource } from '../state/room-state.js';
import { acquire, DEVICE_SOURCES, type DeviceSource, type Outcome, type Wish } from './acquire.js';
import { DeviceWatch, type Watched } from './device-watch.js';
import { listenerError, toMediaError } from './media-errors.js';

export interface InputDevicesHandlers {
  /** What is to be sent as `source` from now on. */
  onTrack(source: DeviceSource, track: MediaStreamTrack | null): void;
  onChange(): void;
  /** All requests are settled; the browser may have more to say of its devices now. */
  onSettled(): void;
}

/** What a person asks of a device: on, off, or on with this device. */
export type DeviceChoice = boolean | { readonly deviceId: string };

/** What is asked of a slot; what is absent has a default, see `#request`. */
interface RequestOptions {
  readonly fallback?: string | null;
  readonly keep?: boolean;
  readonly unplugged?: boolean;
  readonly done?: (error: RtcError | null) => void;
}

/** A request that waits for its turn. */
interface Request extends Wish {
  /** `false`: open it only to have asked for permission, then release it (`'muted'`). */
  readonly keep: boolean;
  readonly done: ((error: RtcError | null) => void)[];
}

interface Slot {
  track: MediaStreamTrack | null;
  /** Open, but off: nothing of it is sent (`holdMicrophone`). */
  isHeld: boolean;
  /** The person's choice, kept while another device stands in for it. */
  chosen: string | null;
  status: LocalSource['status'];
  problem: RtcError | null;
}

const newSlot = (): Slot => ({
  track: null,
  isHeld: false,
  chosen: null,
  status: 'off',
  problem: null,
});

export class InputDevices implements Watched {
  readonly port: MediaPort;
  readonly #clock: Clock;
  readonly #handlers: InputDevicesHandlers;
  /** Whether a microphone that is turned off stays open. */
  readonly #holds: boolean;
  readonly #slots: Readonly<Record<DeviceSource, Slot>> = {
    microphone: newSlot(),
    camera: newSlot(),
  };
  readonly #requests = new Map<DeviceSource, Request>();
  /** Sources that were turned off while the running request was opening them. */
  readonly #dropped = new Set<DeviceSource>();
  /** Sources that the person or a host has switched; `start` leaves them alone. */
  readonly #touched = new Set<DeviceSource>();
  /** From the first device on. */
  #watch: DeviceWatch | null = null;
  #isAllowed = true;
  #isRunning = false;
  #closed = false;

  constructor(port: MediaPort, clock: Clock, handlers: InputDevicesHandlers, holds: boolean) {
    this.port = port;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#holds = holds;
  }

  /** Opens what the options ask for, unless the person has chosen meanwhile. */
  start(choices: Readonly<Record<DeviceSource, MediaChoice>>): void {
    if (!this.#isAllowed) return;
    for (const source of DEVICE_SOURCES) {
      const choice = choices[source];
      if (choice === false || this.#touched.has(source)) continue;
      if (typeof choice === 'object') this.#slots[source].chosen = choice.deviceId;
      this.#request(source, { keep: choice !== 'muted' });
    }
  }

  /** @throws RtcError when the device cannot be had; a former one is open again then. */
  async choose(source: DeviceSource, choice: DeviceChoice): Promise<void> {
    this.#touched.add(source);
    const slot = this.#slots[source];
    if (choice === false) return this.turnOff(source);
    if (!this.#isAllowed) throw listenerError();
    const old = slot.track?.getSettings().deviceId;
    const deviceId = choice === true ? slot.chosen : choice.deviceId;
    // A device with a problem is opened anew: choosing it again means trying again.
    if (slot.track && !slot.problem && (choice === true || deviceId === old)) {
      slot.chosen = deviceId;
      if (slot.isHeld) this.#use(source, slot.track, false);
      return this.#handlers.onChange();
    }
    const previous = slot.chosen;
    slot.chosen = deviceId;
    // If the new device fails, the one that was working comes back, or else the default.
    const fallback = old ?? null;
    const error = await new Promise<RtcError | null>((resolve) => {
      this.#request(source, { fallback, done: resolve });
    });
    if (!error) return;
    if (old !== undefined && slot.chosen === deviceId) slot.chosen = previous;
    throw error;
  }

  /** For good: `start` does not turn it on again. */
  turnOff(source: DeviceSource): void {
    this.#touched.add(source);
    this.#turnOff(source);
  }

  #turnOff(source: DeviceSource): void {
    const waiting = this.#requests.get(source);
    this.#requests.delete(source);
    this.#dropped.add(source);
    const slot = this.#slots[source];
    const wasOn = this.getTrack(source) !== null;
    if (slot.track && this.#mayHold(source)) slot.isHeld = true;
    else this.#release(source);
    slot.status = 'off';
    slot.problem = null;
    if (wasOn) this.#handlers.onTrack(source, null);
    this.#handlers.onChange();
    waiting?.done.forEach((tell) => tell(null));
  }

  /**
   * `false`: a listener, who sends nothing (MO-1). Both go off, and what is being opened is
   * dropped.
   */
  allow(isAllowed: boolean): void {
    if (isAllowed === this.#isAllowed) return;
    this.#isAllowed = isAllowed;
    if (!isAllowed) DEVICE_SOURCES.forEach((source) => this.#turnOff(source));
  }

  /** What is sent; a held microphone is not. */
  getTrack(source: DeviceSource): MediaStreamTrack | null {
    const { isHeld, track } = this.#slots[source];
    return isHeld ? null : track;
  }

  stateOf(source: DeviceSource): LocalSource {
    const { track, isHeld, chosen, status, problem } = this.#slots[source];
    return {
      status,
      deviceId: track?.getSettings().deviceId ?? chosen,
      trackId: isHeld ? null : (track?.id ?? null),
      problem: problem && toProblem(problem),
    };
  }

  slotOf(source: DeviceSource): Readonly<Slot> {
    return this.#slots[source];
  }

  /** Opens the chosen device in place of the one in use, which comes back if that fails. */
  reopen(source: DeviceSource): void {
    const { track, isHeld } = this.#slots[source];
    this.#request(source, { fallback: track?.getSettings().deviceId ?? null, keep: !isHeld });
  }

  blame(source: DeviceSource, cause: { readonly name: string }): void {
    this.#slots[source].problem = toMediaError(cause, source, true);
    this.#handlers.onChange();
  }

  /** Stops both tracks; what is still being opened is stopped as it comes. */
  close(): void {
    this.#closed = true;
    this.#watch?.close();
    for (const source of DEVICE_SOURCES) this.#release(source);
    for (const { done } of this.#requests.values()) done.forEach((tell) => tell(callLeftError()));
    this.#requests.clear();
  }

  #request(source: DeviceSource, options: RequestOptions): void {
    const { keep = true, unplugged = false, fallback = null, done } = options;
    const waiting = this.#requests.get(source)?.done ?? [];
    this.#requests.set(source, {
      deviceId: unplugged ? null : this.#slots[source].chosen,
      fallback: unplugged ? undefined : fallback,
      keep,
      unplugged,
      done: done ? [...waiting, done] : waiting,
    });
    this.#dropped.delete(source);
    this.#slots[source].status = 'starting';
    this.#handlers.onChange();
    void this.#run();
  }

  /** The one queue. Both sources requested in the same tick make one permission prompt. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await Promise.resolve();
      while (this.#requests.size > 0) await this.#runOnce();
    } finally {
      // A handler that throws must not block every later request.
      this.#isRunning = false;
    }
  }

  async #runOnce(): Promise<void> {
    const requests = new Map(this.#requests);
    this.#requests.clear();
    for (const source of requests.keys()) {
      this.#release(source);
      this.#dropped.delete(source);
    }
    const outcomes = await acquire(this.port, requests);
    for (const [source, outcome] of outcomes) {
      this.#settle(source, requests.get(source), outcome);
    }
    this.#handlers.onChange();
    this.#handlers.onSettled();
  }

  #settle(source: DeviceSource, request: Request | undefined, { track, error }: Outcome): void {
    if (!request) return;
    const slot = this.#slots[source];
    const isKept = !this.#closed && !this.#dropped.has(source);
    const isWanted = isKept && request.keep;
    const isHeld = isKept && !isWanted && this.#mayHold(source);
    // Another request for this source came while it was being opened.
    const isNext = this.#requests.has(source);
    if (track && (isWanted || isHeld) && !isNext) {
      this.#use(source, track, isHeld);
    } else {
      track?.stop();
      if (!isNext && !this.#closed) {
        slot.status = 'off';
        if (isWanted) this.#handlers.onTrack(source, null);
      }
    }
    // The default in place of a saved choice is as good as asked for; only a failed switch is
    // reported.
    const counts = error && (!track || request.fallback !== null) && !this.#dropped.has(source);
    slot.problem = counts ? error : null;
    const outcome = this.#closed ? callLeftError() : counts ? error : null;
    request.done.forEach((tell) => tell(outcome));
  }

  #use(source: DeviceSource, track: MediaStreamTrack, isHeld: boolean): void {
    const slot = this.#slots[source];
    slot.track = track;
    slot.isHeld = isHeld;
    slot.status = isHeld ? 'off' : 'on';
    track.onended = () => {
      const keep = !slot.isHeld;
      this.#release(source);
      this.#request(source, { unplugged: true, keep });
    };
    if (!isHeld) this.#handlers.onTrack(source, track);
    this.#watch ??= new DeviceWatch(this, this.#clock);
    this.#watch.look();
  }

  /** A listener's microphone is never held: it must not come back by itself (MO-1). */
  #mayHold(source: DeviceSource): boolean {
    return this.#holds && source === 'microphone' && this.#isAllowed;
  }

  #release(source: DeviceSource): void {
    const slot = this.#slots[source];
    if (!slot.track) return;
    slot.track.onended = null;
    slot.track.stop();
    slot.track = null;
    slot.isHeld = false;
  }
}
