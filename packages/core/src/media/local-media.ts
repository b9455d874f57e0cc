/** Our microphone, camera and screen, as the room shows and sends them. */
import type { MediaFlags, MediaSource, Source } from '@rtc-elements/protocol';

import type { MediaChoice } from '../api/options.js';
import type { Clock, MediaPort } from '../ports.js';
import type { RoomMedia, ScreenOptions } from '../api/room-api.js';
import type { LocalMediaState } from '../state/room-state.js';
import { DeviceList } from './device-list.js';
import { type DeviceChoice, InputDevices } from './input-devices.js';
import { ScreenShare } from './screen-share.js';

// Exported here so that one `import()` brings both.
export { browserMedia } from './browser-media-port.js';

export interface LocalMediaHandlers {
  /** What is to be sent as `source` from now on. */
  onTrack(source: Source, track: MediaStreamTrack | null): void;
  onChange(state: LocalMediaState): void;
}

export class LocalMedia implements RoomMedia {
  readonly #handlers: LocalMediaHandlers;
  readonly #inputs: InputDevices;
  readonly #screen: ScreenShare;
  readonly #list: DeviceList;
  #speakerId: string | null = null;
  #closed = false;

  /** `holds`: a microphone that is turned off stays open (`holdMicrophone`). */
  constructor(port: MediaPort, clock: Clock, handlers: LocalMediaHandlers, holds = false) {
    this.#handlers = handlers;
    const onTrack: LocalMediaHandlers['onTrack'] = (source, track) =>
      handlers.onTrack(source, track);
    const onChange = (): void => this.#changed();
    const onSettled = (): void => this.#list.refreshSoon();
    this.#inputs = new InputDevices(port, clock, { onTrack, onChange, onSettled }, holds);
    this.#screen = new ScreenShare(port, { onTrack, onChange });
    this.#list = new DeviceList(port, clock, onChange);
  }

  /** Opens what the options ask for, unless the person has chosen meanwhile. */
  start(audio: MediaChoice, video: MediaChoice): void {
    this.#inputs.start({ microphone: audio, camera: video });
  }

  setMicrophone(choice: DeviceChoice): Promise<void> {
    return this.#inputs.choose('microphone', choice);
  }

  setCamera(choice: DeviceChoice): Promise<void> {
    return this.#inputs.choose('camera', choice);
  }

  shareScreen(options: ScreenOptions = {}): Promise<void> {
    return this.#screen.start(options);
  }

  stopScreen(): void {
    this.#screen.stop();
  }

  /** Whether anything may be sent (MO-1); if not, everything is turned off. */
  allow(isAllowed: boolean): void {
    this.#inputs.allow(isAllowed);
    this.#screen.allow(isAllowed);
  }

  turnOff(source: MediaSource): void {
    if (source === 'screen') this.#screen.stop();
    else this.#inputs.turnOff(source);
  }

  setSpeaker(deviceId: string | null): void {
    this.#speakerId = deviceId;
    this.#changed();
  }

  getTrack(source: Source): MediaStreamTrack | null {
    return source === 'microphone' || source === 'camera'
      ? this.#inputs.getTrack(source)
      : this.#screen.get(source === 'screen' ? 'video' : 'audio');
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
      microphone: this.#inputs.stateOf('microphone'),
      camera: this.#inputs.stateOf('camera'),
      screen: this.#screen.state,
      speakerId: this.#speakerId,
      devices: this.#list.devices,
    };
  }

  /** The track of our microphone, while it is on or held. */
  get microphone(): MediaStreamTrack | null {
    return this.#inputs.slotOf('microphone').track;
  }

  /**
   * Stops every track. What is still being opened is stopped as it comes, and nothing more is told.
   */
  close(): void {
    this.#closed = true;
    this.#list.close();
    this.#inputs.close();
    this.#screen.close();
  }

  #changed(): void {
    if (!this.#closed) this.#handlers.onChange(this.state);
  }
}
