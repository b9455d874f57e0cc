/** What the person and the page have chosen of our media. It holds through a call that is left and entered again. */
import type { TrackProcessor } from '../api/media-api.js';
import type { MediaChoice } from '../api/options.js';
import type { DeviceSource } from '../media/acquire.js';
import type { DeviceChoice } from '../media/device-slot.js';

export class MediaChoices {
  /** What the person, a host or the page has switched last. */
  readonly switched = new Map<DeviceSource, boolean>();
  /** The ids of the devices that were chosen last. */
  readonly devices = new Map<DeviceSource, string | null>();
  /** What the page gave in place of a device. */
  readonly tracks = new Map<DeviceSource, MediaStreamTrack>();
  readonly processors = new Map<DeviceSource, TrackProcessor>();

  choose(source: DeviceSource, choice: DeviceChoice): void {
    this.switched.set(source, choice !== false);
    if (typeof choice === 'boolean') return;
    this.devices.set(source, choice.deviceId);
    this.tracks.delete(source);
  }

  publish(source: DeviceSource, track: MediaStreamTrack): void {
    this.switched.set(source, true);
    this.tracks.set(source, track);
  }

  process(source: DeviceSource, processor: TrackProcessor | null): void {
    if (processor) this.processors.set(source, processor);
    else this.processors.delete(source);
  }

  /** A processor does not work. Nobody who comes back is seen without the effect that they chose. */
  giveUp(source: DeviceSource): void {
    this.processors.delete(source);
    this.switched.set(source, false);
  }

  /** The track of the page that is chosen, while it has not ended. */
  trackOf(source: DeviceSource): MediaStreamTrack | null {
    const track = this.tracks.get(source);
    return track?.readyState === 'live' ? track : null;
  }

  /** What is to be opened where the options ask for `option`. */
  wished(source: DeviceSource, option: MediaChoice): MediaChoice {
    const isOn = this.switched.get(source);
    if (isOn === undefined) return option;
    const deviceId = this.devices.get(source);
    if (!isOn || deviceId) return isOn;
    // Turned on again by somebody who has chosen no device: the one that the options name.
    return typeof option === 'object' ? option : isOn;
  }
}
