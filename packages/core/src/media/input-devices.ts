/**
 * Our microphone and camera. Requests are carried out one after another, a device is released
 * before its replacement is opened (some browsers open only one microphone at a time), and off
 * means released: the light goes out. Only a microphone may be held instead (docs/decisions/0013).
 */
import { callLeftError, type RtcError, toProblem } from '../state/errors.js';
import type { MediaChoice } from '../api/options.js';
import type { Clock, MediaPort } from '../ports.js';
import type { LocalSource } from '../state/room-state.js';
import { LatestWish, overtakenError } from '../support/latest-wish.js';
import { acquire, DEVICE_SOURCES, type DeviceSource, type Outcome } from './acquire.js';
import {
  type DeviceChoice,
  type DeviceRequest,
  type DeviceSlot,
  newSlot,
  type RequestOptions,
} from './device-slot.js';
import { DeviceWatch, type Watched } from './device-watch.js';
import { listenerError, toMediaError } from './media-errors.js';

export interface InputDevicesHandlers {
  /** What is to be sent as `source` from now on. */
  onTrack(source: DeviceSource, track: MediaStreamTrack | null): void;
  onChange(): void;
  /** All requests are settled; the browser may have more to say of its devices now. */
  onSettled(): void;
}

export class InputDevices implements Watched {
  readonly port: MediaPort;
  readonly #clock: Clock;
  readonly #handlers: InputDevicesHandlers;
  /** Whether a microphone that is turned off stays open now. */
  readonly #holds: () => boolean;
  readonly #slots: Readonly<Record<DeviceSource, DeviceSlot>> = {
    microphone: newSlot(),
    camera: newSlot(),
  };
  /** What a person has asked for and waits for. */
  readonly #wishes: Readonly<Record<DeviceSource, LatestWish>> = {
    microphone: new LatestWish(),
    camera: new LatestWish(),
  };
  /** What is to be opened next. */
  readonly #requests = new Map<DeviceSource, DeviceRequest>();
  /** What is being opened, as long as it is wanted. */
  readonly #running = new Map<DeviceSource, DeviceRequest>();
  /** Sources that the person or a host has switched; `start` leaves them alone. */
  readonly #touched = new Set<DeviceSource>();
  /** From the first device on. */
  #watch: DeviceWatch | null = null;
  #isAllowed = true;
  #isRunning = false;
  #closed = false;

  constructor(port: MediaPort, clock: Clock, handlers: InputDevicesHandlers, holds: () => boolean) {
    this.port = port;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#holds = holds;
  }

  /** Which device to open when no other is named. */
  prefer(source: DeviceSource, deviceId: string | null): void {
    this.#slots[source].chosen = deviceId;
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

  /** @throws RtcError when the device cannot be had, and a former one is open again then; `aborted`. */
  async choose(source: DeviceSource, choice: DeviceChoice): Promise<void> {
    this.#touched.add(source);
    if (choice === false) return this.turnOff(source);
    if (this.#closed) throw callLeftError();
    if (!this.#isAllowed) throw listenerError();
    const deviceId = choice === true ? this.#slots[source].chosen : choice.deviceId;
    await this.#wishes[source].start(deviceId, () => this.#switch(source, deviceId, choice));
  }

  async #switch(
    source: DeviceSource,
    deviceId: string | null,
    choice: DeviceChoice,
  ): Promise<void> {
    const slot = this.#slots[source];
    const old = slot.track?.getSettings().deviceId;
    // A device with a problem is opened anew: choosing it again means trying again.
    if (slot.track && !slot.problem && (choice === true || deviceId === old)) {
      slot.chosen = deviceId;
      // Another one may have been asked for just before.
      if (this.#requests.get(source)?.done && this.#requests.delete(source)) slot.status = 'on';
      if (slot.isHeld) this.#use(source, slot.track, false);
      return this.#handlers.onChange();
    }
    const previous = slot.chosen;
    slot.chosen = deviceId;
    // What went wrong before is over; if this fails as well, that is news.
    slot.problem = null;
    // If the new device fails, the one that was working comes back, or else the default.
    const fallback = old ?? this.#running.get(source)?.fallback ?? null;
    const error = await new Promise<RtcError | null>((resolve) => {
      this.#request(source, { fallback, done: resolve });
    });
    if (!error) return;
    if (old !== undefined && slot.chosen === deviceId) slot.chosen = previous;
    throw error;
  }

  /** For good: `start` does not turn it on again. Whoever waits for it hears `why`. */
  turnOff(source: DeviceSource, why = overtakenError()): void {
    this.#touched.add(source);
    this.#turnOff(source, why);
  }

  /** The options no longer want it on, so `start` goes by them again. */
  withdraw(source: DeviceSource, why: RtcError): void {
    this.#touched.delete(source);
    this.#turnOff(source, why);
  }

  /** What it gives cannot be used: turns it off, and shows why. */
  fail(source: DeviceSource, error: RtcError): void {
    this.turnOff(source, error);
    this.#slots[source].problem = error;
    this.#handlers.onChange();
  }

  /** Releases a microphone that is held and may no longer be. */
  look(): void {
    const { isHeld } = this.#slots.microphone;
    if (isHeld && !this.#mayHold('microphone')) this.#release('microphone');
  }

  #turnOff(source: DeviceSource, why: RtcError): void {
    this.#requests.delete(source);
    this.#running.delete(source);
    this.#wishes[source].cancel(why);
    const slot = this.#slots[source];
    if (slot.track && this.#mayHold(source)) slot.isHeld = true;
    else this.#release(source);
    slot.status = 'off';
    slot.problem = null;
    this.#send(source, null);
    this.#handlers.onChange();
  }

  /**
   * `false`: a listener, who sends nothing (MO-1). Both go off, and what is being opened is
   * dropped.
   */
  allow(isAllowed: boolean): void {
    if (isAllowed === this.#isAllowed) return;
    this.#isAllowed = isAllowed;
    if (isAllowed) return;
    for (const source of DEVICE_SOURCES) this.#turnOff(source, listenerError());
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

  slotOf(source: DeviceSource): Readonly<DeviceSlot> {
    return this.#slots[source];
  }

  /** Opens the chosen device in place of the one in use, which comes back if that fails. */
  reopen(source: DeviceSource): void {
    const { track, isHeld } = this.#slots[source];
    // What waits already is opened anew as well, and may be what the person has chosen.
    if (this.#requests.has(source)) return;
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
    for (const source of DEVICE_SOURCES) {
      this.#release(source);
      this.#wishes[source].cancel(callLeftError());
    }
    this.#requests.clear();
    this.#running.clear();
  }

  #request(source: DeviceSource, options: RequestOptions): void {
    const { keep = true, unplugged = false, fallback = null, done } = options;
    this.#requests.set(source, {
      deviceId: unplugged ? null : this.#slots[source].chosen,
      fallback: unplugged ? undefined : fallback,
      keep,
      unplugged,
      // Whoever waits for this source hears of the request that takes the place of theirs.
      done: done ?? (this.#requests.get(source) ?? this.#running.get(source))?.done,
    });
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
    for (const [source, request] of requests) {
      this.#release(source);
      this.#running.set(source, request);
    }
    await acquire(this.port, requests, {
      // Neither turned off meanwhile, nor asked for once more.
      isWanted: (source) =>
        this.#running.get(source) === requests.get(source) && !this.#requests.has(source),
      onOutcome: (source, outcome) => {
        const request = this.#running.get(source);
        this.#running.delete(source);
        if (request && !this.#requests.has(source)) this.#settle(source, request, outcome);
        else outcome.track?.stop();
        this.#handlers.onChange();
      },
    });
    this.#handlers.onSettled();
  }

  /** Takes over what was opened, and is wanted still. */
  #settle(source: DeviceSource, request: DeviceRequest, { track, error }: Outcome): void {
    const slot = this.#slots[source];
    const isHeld = !request.keep && this.#mayHold(source);
    if (track && (request.keep || isHeld)) {
      this.#use(source, track, isHeld);
    } else {
      track?.stop();
      slot.status = 'off';
      this.#send(source, null);
    }
    // The default in place of a saved choice is as good as asked for; only a failed switch is
    // reported.
    slot.problem = error && (!track || request.fallback !== null) ? error : null;
    request.done?.(slot.problem);
  }

  #use(source: DeviceSource, track: MediaStreamTrack, isHeld: boolean): void {
    const slot = this.#slots[source];
    slot.track = track;
    slot.isHeld = isHeld;
    slot.status = isHeld ? 'off' : 'on';
    track.onended = () => {
      const keep = !slot.isHeld;
      this.#release(source);
      // What waits already may be what the person has chosen.
      if (!this.#requests.has(source)) this.#request(source, { unplugged: true, keep });
    };
    this.#send(source, isHeld ? null : track);
    this.#watch ??= new DeviceWatch(this, this.#clock);
    this.#watch.look();
  }

  #send(source: DeviceSource, track: MediaStreamTrack | null): void {
    const slot = this.#slots[source];
    if (track || slot.isSent) this.#handlers.onTrack(source, track);
    slot.isSent = track !== null;
  }

  /** A listener's microphone is never held: it must not come back by itself (MO-1). */
  #mayHold(source: DeviceSource): boolean {
    return this.#holds() && source === 'microphone' && this.#isAllowed;
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
