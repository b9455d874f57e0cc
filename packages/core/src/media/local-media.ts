/** Our microphone, camera and screen, as the room shows and sends them. */
import {
  MEDIA_SOURCES,
  type MediaFlags,
  type MediaSource,
  type Source,
} from '@rtc-elements/protocol';

import type { PublishOptions, TrackProcessor } from '../api/media-api.js';
import type { MediaChoice } from '../api/options.js';
import type { RoomMedia, ScreenOptions } from '../api/room-api.js';
import type { Clock, MediaPort } from '../ports.js';
import { callLeftError, type RtcError } from '../state/errors.js';
import type { LocalMediaState, LocalSource } from '../state/room-state.js';
import { overtakenError } from '../support/latest-wish.js';
import { DEVICE_SOURCES, type DeviceSource } from './acquire.js';
import { DeviceList } from './device-list.js';
import type { DeviceChoice } from './device-slot.js';
import { InputDevices } from './input-devices.js';
import { listenerError } from './media-errors.js';
import type { OwnTracks } from './own-tracks.js';
import { ScreenShare } from './screen-share.js';

// Exported here so that one `import()` brings both.
export { browserMedia } from './browser-media-port.js';

export interface LocalMediaHandlers {
  /** What is to be sent as `source` from now on. */
  onTrack(source: Source, track: MediaStreamTrack | null): void;
  onChange(state: LocalMediaState): void;
  /** A processor does not work, and was taken out. Its device is off until somebody turns it on. */
  onProcessorFailed?(source: DeviceSource): void;
}

/** What the person and the page had chosen before these media were made. */
export interface Chosen {
  /** The ids of devices; `null` or absent: the default. */
  readonly devices: ReadonlyMap<DeviceSource, string | null>;
  /** Tracks of the page, off until the device is turned on. */
  readonly tracks: ReadonlyMap<DeviceSource, MediaStreamTrack>;
}

export class LocalMedia implements RoomMedia {
  readonly #clock: Clock;
  readonly #handlers: LocalMediaHandlers;
  readonly #inputs: InputDevices;
  readonly #screen: ScreenShare;
  readonly #list: DeviceList;
  /** Absent while the page does nothing to what is sent. */
  #own: OwnTracks | null = null;
  /** What the devices give. While another one is opened, it is the former. */
  readonly #given: Record<DeviceSource, MediaStreamTrack | null> = {
    microphone: null,
    camera: null,
  };
  /** Devices of which nothing is sent until their processor is loaded. */
  readonly #withheld = new Set<DeviceSource>();
  /** What was given to be sent. */
  readonly #sent = new Map<Source, MediaStreamTrack | null>();
  #speakerId: string | null = null;
  #isAllowed = true;
  #closed = false;

  /** `holds`: whether a microphone that is turned off stays open now (`holdMicrophone`). */
  constructor(port: MediaPort, clock: Clock, handlers: LocalMediaHandlers, holds = () => false) {
    this.#clock = clock;
    this.#handlers = handlers;
    const onChange = (): void => this.#changed();
    const onSettled = (): void => this.#list.refreshSoon();
    this.#inputs = new InputDevices(
      port,
      clock,
      { onTrack: (source, track) => this.#onDevice(source, track), onChange, onSettled },
      holds,
    );
    this.#screen = new ScreenShare(port, {
      onTrack: (source, track) => this.#onScreen(source, track),
      onChange,
    });
    this.#list = new DeviceList(port, clock, onChange);
  }

  /** To be called before anything is turned on. */
  resume(devices: Chosen['devices'], speakerId: string | null): void {
    for (const [source, deviceId] of devices) this.#inputs.prefer(source, deviceId);
    this.#speakerId = speakerId;
  }

  /** The page does something to what is sent, or has chosen tracks of its own. */
  extend(Own: typeof OwnTracks, tracks: Chosen['tracks'] = new Map()): void {
    if (this.#own || this.#closed) return;
    const own = new Own(this.#clock, {
      onChange: (source) => this.#send(source),
      onFailed: (source, error) => this.fail(source, error),
    });
    this.#own = own;
    for (const [source, track] of tracks) own.pages.choose(source, track);
    for (const source of DEVICE_SOURCES) {
      if (!this.#withheld.has(source)) own.processing[source].take(this.#given[source]);
    }
  }

  /** A processor is being loaded: of a device that comes on meanwhile, nothing is sent. */
  withhold(source: DeviceSource): void {
    if (!this.#sent.get(source)) this.#withheld.add(source);
  }

  /** A processor of the page does not work, so its device is off until somebody turns it on. */
  fail(source: DeviceSource, error: RtcError): void {
    this.#withheld.delete(source);
    this.#handlers.onProcessorFailed?.(source);
    this.#inputs.fail(source, error);
    this.#send(source);
  }

  /** What the person has chosen, whether or not it is in use; `null`: the default. */
  chosenOf(source: DeviceSource): string | null {
    return this.#inputs.slotOf(source).chosen;
  }

  /** Opens what the options ask for, unless the person has chosen meanwhile. */
  start(audio: MediaChoice, video: MediaChoice): void {
    this.#inputs.start({
      microphone: this.#startPage('microphone', audio),
      camera: this.#startPage('camera', video),
    });
  }

  /** @throws RtcError when the device cannot be had, and a former one is open again then; `aborted`. */
  async choose(source: DeviceSource, choice: DeviceChoice): Promise<void> {
    if (choice === false) return this.turnOff(source);
    if (choice === true && this.#isAllowed && this.#own?.pages.turnOn(source))
      return this.#send(source);
    await this.#inputs.choose(source, choice);
  }

  /**
   * Sends a track of the page as `source`, in place of what was sent before. To be called after `extend()`.
   * @throws RtcError `not-allowed` (a listener), `aborted`.
   */
  publish(track: MediaStreamTrack, { source }: PublishOptions): Promise<void> {
    if (this.#closed) return Promise.reject(callLeftError());
    if (!this.#isAllowed) return Promise.reject(listenerError());
    this.#own?.pages.choose(source, track);
    this.#own?.pages.turnOn(source);
    if (source === 'screen') this.#screen.stop(overtakenError());
    else this.#inputs.turnOff(source, overtakenError());
    this.#send(source);
    return Promise.resolve();
  }

  /** See `RoomMedia.setProcessor`. To be called after `extend()`. */
  async setProcessor(source: DeviceSource, processor: TrackProcessor | null): Promise<void> {
    this.#withheld.delete(source);
    await this.#own?.processing[source].set(processor, this.#given[source]);
  }

  setMicrophone(choice: DeviceChoice): Promise<void> {
    return this.choose('microphone', choice);
  }

  setCamera(choice: DeviceChoice): Promise<void> {
    return this.choose('camera', choice);
  }

  shareScreen(options: ScreenOptions = {}): Promise<void> {
    return this.#screen.start(options);
  }

  stopScreen(): void {
    this.turnOff('screen');
  }

  /** Whether anything may be sent (MO-1); if not, everything is turned off. */
  allow(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    if (!isAllowed) for (const source of MEDIA_SOURCES) this.#turnOffPage(source);
    this.#inputs.allow(isAllowed);
    this.#screen.allow(isAllowed);
  }

  /** Also what is being opened or chosen. Whoever waits for it hears `why`. */
  turnOff(source: MediaSource, why?: RtcError): void {
    this.#turnOffPage(source);
    if (source === 'screen') this.#screen.stop(why);
    else this.#inputs.turnOff(source, why);
  }

  /** The options no longer want this device on. Whoever waits for it hears `why`. */
  withdraw(source: DeviceSource, why: RtcError): void {
    this.#turnOffPage(source);
    this.#inputs.withdraw(source, why);
  }

  /** To be called when `holds` may have changed. */
  look(): void {
    this.#inputs.look();
  }

  setSpeaker(deviceId: string | null): void {
    this.#speakerId = deviceId;
    this.#changed();
  }

  getTrack(source: Source): MediaStreamTrack | null {
    if (source === 'screen-audio') return this.#screen.get('audio');
    const track = this.#own?.pages.get(source);
    if (track) return track;
    if (source === 'screen') return this.#screen.get('video');
    return this.#inputs.getTrack(source) && this.#processed(source);
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
      microphone: this.#stateOf('microphone'),
      camera: this.#stateOf('camera'),
      screen: this.#stateOf('screen'),
      speakerId: this.#speakerId,
      devices: this.#list.devices,
    };
  }

  /** The track of our microphone, while it is on or held. */
  get microphone(): MediaStreamTrack | null {
    return this.#own?.pages.get('microphone') ?? this.#inputs.slotOf('microphone').track;
  }

  /**
   * Stops every track of ours. What is still being opened is stopped as it comes, and nothing more is told.
   */
  close(): void {
    this.#closed = true;
    this.#list.close();
    this.#own?.close();
    this.#inputs.close();
    this.#screen.close();
  }

  #stateOf(source: MediaSource): LocalSource {
    const device = source === 'screen' ? this.#screen.state : this.#inputs.stateOf(source);
    const state = this.#own?.stateOf(source, device) ?? device;
    const isWithheld = source !== 'screen' && this.#withheld.has(source) && state.status === 'on';
    const status = isWithheld ? 'starting' : state.status;
    return { ...state, status, trackId: this.getTrack(source)?.id ?? null };
  }

  /** What is asked of the device itself: nothing in place of a track of the page, even if that has ended. */
  #startPage(source: DeviceSource, choice: MediaChoice): MediaChoice {
    const pages = this.#own?.pages;
    if (choice === false || choice === 'muted' || !pages?.has(source)) return choice;
    if (this.#isAllowed) pages.turnOn(source);
    this.#send(source);
    return false;
  }

  #turnOffPage(source: MediaSource): void {
    if (source === 'screen') this.#own?.pages.drop(source);
    else this.#own?.pages.turnOff(source);
    this.#send(source);
  }

  #onDevice(source: DeviceSource, track: MediaStreamTrack | null): void {
    if (track) this.#own?.pages.drop(source);
    this.#given[source] = track;
    if (!this.#withheld.has(source)) this.#own?.processing[source].take(track);
    this.#send(source);
  }

  #onScreen(source: Source, track: MediaStreamTrack | null): void {
    if (track && source === 'screen') this.#own?.pages.drop(source);
    this.#send(source);
  }

  /** What is to be sent of a device. */
  #processed(source: DeviceSource): MediaStreamTrack | null {
    if (this.#withheld.has(source)) return null;
    return this.#own ? this.#own.processing[source].track : this.#given[source];
  }

  /** Gives what is to be sent as `source`, if it is something else than before. */
  #send(source: Source): void {
    if (this.#closed) return;
    const isDevice = source === 'microphone' || source === 'camera';
    const track = isDevice
      ? (this.#own?.pages.get(source) ?? this.#processed(source))
      : this.getTrack(source);
    if (track !== (this.#sent.get(source) ?? null)) {
      this.#sent.set(source, track);
      this.#handlers.onTrack(source, track);
    }
    this.#changed();
  }

  #changed(): void {
    if (!this.#closed) this.#handlers.onChange(this.state);
  }
}
