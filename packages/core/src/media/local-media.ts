/**
 * Our microphone, camera and screen. Devices are opened one request after another, an old one is
 * let go before another is opened (some browsers hold one microphone at a time), and off means
 * released: the light goes out. Only a microphone may be held instead (docs/decisions/0013).
 */
import {
  MEDIA_SOURCES,
  type MediaFlags,
  type MediaSource,
  type Source,
} from '@rtc-elements/protocol';

import { leftError, type RtcError, toProblem } from '../state/errors.js';
import type { MediaChoice } from '../api/options.js';
import type { Clock, MediaPort } from '../ports.js';
import type { RoomMedia, ScreenOptions } from '../api/room-api.js';
import { OFF } from '../state/initial-state.js';
import type { LocalMediaState, LocalSource } from '../state/room-state.js';
import { loadModule } from '../support/lazy-module.js';
import { acquire, type DeviceSource, type Outcome, type Wish } from './acquire.js';
import { DeviceList } from './device-list.js';
import type { Watched } from './device-watch.js';
import type { LateMedia } from './late-media.js';
import { explainMedia, listenerError } from './explain-media.js';

export interface LocalMediaHandlers {
  /** What is to be sent from now on as `source`. */
  onTrack(source: Source, track: MediaStreamTrack | null): void;
  onChange(state: LocalMediaState): void;
}

/** A request that waits for its turn. */
interface Request extends Wish {
  /** `false`: only to have been asked; released at once (`'muted'`). */
  readonly keep: boolean;
  readonly done: ((error: RtcError | null) => void)[];
}

/** One device slot of ours. */
interface Slot {
  track: MediaStreamTrack | null;
  /** Open, but off: nothing of it is sent (`holdMicrophone`). */
  isHeld: boolean;
  /** The person's choice, kept though another device may have to do. */
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

export class LocalMedia implements RoomMedia, Watched {
  readonly port: MediaPort;
  readonly #handlers: LocalMediaHandlers;
  readonly #list: DeviceList;
  readonly #clock: Clock;
  #late: LateMedia | null = null;
  readonly #slots: Readonly<Record<DeviceSource, Slot>> = {
    microphone: newSlot(),
    camera: newSlot(),
  };
  readonly #requests = new Map<DeviceSource, Request>();
  /** What the running request may do once the device is there; `off` says stop meanwhile. */
  readonly #dropped = new Set<DeviceSource>();
  readonly #touched = new Set<DeviceSource>();
  /** A microphone that is turned off stays open. */
  readonly #holds: boolean;
  #speakerId: string | null = null;
  /** `false`: a listener, who sends nothing (MO-1). */
  #isAllowed = true;
  #running = false;
  #closed = false;

  constructor(port: MediaPort, clock: Clock, handlers: LocalMediaHandlers, holds = false) {
    this.#holds = holds;
    this.port = port;
    this.#handlers = handlers;
    this.#clock = clock;
    this.#list = new DeviceList(port, clock, () => this.#changed());
  }

  /** Opens what the options ask for, unless the person has chosen meanwhile. */
  start(audio: MediaChoice, video: MediaChoice): void {
    if (!this.#isAllowed) return;
    for (const [source, choice] of [['microphone', audio] as const, ['camera', video] as const]) {
      if (choice === false || this.#touched.has(source)) continue;
      if (typeof choice === 'object') this.#slots[source].chosen = choice.deviceId;
      this.#request(source, { keep: choice !== 'muted' });
    }
  }

  setMicrophone(choice: boolean | { readonly deviceId: string }): Promise<void> {
    return this.#choose('microphone', choice);
  }

  setCamera(choice: boolean | { readonly deviceId: string }): Promise<void> {
    return this.#choose('camera', choice);
  }

  async shareScreen(options: ScreenOptions = {}): Promise<void> {
    await this.#loadLate();
    if (!this.#isAllowed) throw listenerError();
    if (!this.#late) throw leftError();
    return this.#late.screen.start(options);
  }

  /** Whether anything may be sent; if not, everything is turned off, what is being opened included. */
  allow(isAllowed: boolean): void {
    if (isAllowed === this.#isAllowed) return;
    this.#isAllowed = isAllowed;
    this.#late?.screen.allow(isAllowed);
    if (!isAllowed) MEDIA_SOURCES.forEach((source) => this.turnOff(source));
  }

  turnOff(source: MediaSource): void {
    if (source === 'screen') this.stopScreen();
    else this.#turnOff(source);
  }

  stopScreen(): void {
    this.#late?.screen.stop();
  }

  setSpeaker(deviceId: string | null): void {
    this.#speakerId = deviceId;
    this.#changed();
  }

  getTrack(source: Source): MediaStreamTrack | null {
    if (source === 'microphone' || source === 'camera') {
      const { isHeld, track } = this.#slots[source];
      return isHeld ? null : track;
    }
    return this.#late?.screen.get(source === 'screen' ? 'video' : 'audio') ?? null;
  }

  get flags(): MediaFlags {
    return {
      microphone: this.getTrack('microphone') !== null,
      camera: this.getTrack('camera') !== null,
      screen: this.getTrack('screen') !== null,
    };
  }

  get state(): LocalMediaState {
    return {
      microphone: this.#show('microphone'),
      camera: this.#show('camera'),
      screen: this.#late?.screen.state ?? OFF,
      speakerId: this.#speakerId,
      devices: this.#list.devices,
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
    void explainMedia(cause, source, true).then((problem) => {
      this.#slots[source].problem = problem;
      this.#changed();
    });
  }

  /** Stops every track; what is still being opened is stopped as it comes. */
  close(): void {
    this.#closed = true;
    this.#list.close();
    this.#late?.close();
    for (const source of ['microphone', 'camera'] as const) this.#release(source);
    for (const { done } of this.#requests.values()) done.forEach((tell) => tell(null));
    this.#requests.clear();
  }

  async #choose(
    source: DeviceSource,
    choice: boolean | { readonly deviceId: string },
  ): Promise<void> {
    this.#touched.add(source);
    const slot = this.#slots[source];
    if (choice === false) return this.#turnOff(source);
    if (!this.#isAllowed) throw listenerError();
    const old = slot.track?.getSettings().deviceId;
    const deviceId = choice === true ? slot.chosen : choice.deviceId;
    // One that is on and gives nothing is opened anew: that is what trying again means there.
    if (slot.track && !slot.problem && (choice === true || deviceId === old)) {
      slot.chosen = deviceId;
      if (slot.isHeld) this.#use(source, slot.track, false);
      return this.#changed();
    }
    const previous = slot.chosen;
    slot.chosen = deviceId;
    // A device that was working comes back when the new one does not; otherwise the default does.
    const fallback = old ?? null;
    const error = await new Promise<RtcError | null>((resolve) => {
      this.#request(source, { fallback, done: resolve });
    });
    if (!error) return;
    if (old !== undefined && slot.chosen === deviceId) slot.chosen = previous;
    throw error;
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
    this.#changed();
    waiting?.done.forEach((tell) => tell(null));
  }

  #request(
    source: DeviceSource,
    wish: {
      readonly fallback?: string | null;
      readonly keep?: boolean;
      readonly unplugged?: boolean;
      readonly done?: (error: RtcError | null) => void;
    },
  ): void {
    const { keep = true, unplugged = false, fallback = null, done } = wish;
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
    this.#changed();
    void this.#run();
  }

  /** The one queue. What is asked for in the same tick is asked of the person in one question. */
  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await Promise.resolve();
    while (this.#requests.size > 0) {
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
      this.#changed();
      this.#list.refreshSoon();
    }
    this.#running = false;
  }

  #settle(source: DeviceSource, request: Request | undefined, { track, error }: Outcome): void {
    if (!request) return;
    const slot = this.#slots[source];
    const isKept = !this.#closed && !this.#dropped.has(source);
    const isWanted = isKept && request.keep;
    const isHeld = isKept && !isWanted && this.#mayHold(source);
    // Its place was taken by another wish while it was being opened.
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
    // The default in place of a saved choice is as good as asked for; only a switch that failed is told.
    const counts = error && (!track || request.fallback !== null) && !this.#dropped.has(source);
    slot.problem = counts ? error : null;
    request.done.forEach((tell) => tell(counts ? error : null));
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
    // Without it they work as well, as long as nobody pulls a plug; the next one asks for it again.
    this.#loadLate().then(
      () => this.#late?.watch.look(),
      () => undefined,
    );
  }

  async #loadLate(): Promise<void> {
    const { LateMedia } = await loadModule(import('./devices.js'));
    if (!this.#closed) this.#late ??= new LateMedia(this, this.#clock, this.#handlers);
  }

  /** A listener's is let go: it may not come back by itself (MO-1). */
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

  #show(source: DeviceSource): LocalSource {
    const { track, isHeld, chosen, status, problem } = this.#slots[source];
    return {
      status,
      deviceId: track?.getSettings().deviceId ?? chosen,
      trackId: isHeld ? null : (track?.id ?? null),
      problem: problem && toProblem(problem),
    };
  }

  #changed(): void {
    if (!this.#closed) this.#handlers.onChange(this.state);
  }
}
