/** What a page sends of its own, and what it does to our devices. Loaded when a page first does either. */
import type { MediaSource } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';
import { type RtcError, toProblem } from '../state/errors.js';
import type { LocalSource } from '../state/room-state.js';
import type { DeviceSource } from './acquire.js';
import { PageTracks } from './page-tracks.js';
import { TrackProcessing } from './track-processing.js';

export interface OwnTracksHandlers {
  /** What is to be sent as `source` may have changed. */
  onChange(source: MediaSource): void;
  /** A processor does not work, and was taken out. */
  onFailed(source: DeviceSource, error: RtcError): void;
}

export class OwnTracks {
  readonly pages: PageTracks;
  readonly processing: Readonly<Record<DeviceSource, TrackProcessing>>;

  constructor(clock: Clock, { onChange, onFailed }: OwnTracksHandlers) {
    this.pages = new PageTracks(clock, onChange);
    const process = (source: DeviceSource): TrackProcessing =>
      new TrackProcessing(source, clock, {
        onChange: () => onChange(source),
        onFailed: (error) => onFailed(source, error),
      });
    this.processing = { microphone: process('microphone'), camera: process('camera') };
  }

  /** The state of a source whose device or screen is in `state`. */
  stateOf(source: MediaSource, state: LocalSource): LocalSource {
    const ended = this.pages.problemOf(source);
    if (ended) return { ...state, problem: toProblem(ended) };
    if (!this.pages.get(source)) {
      const isStarting = source !== 'screen' && this.processing[source].isStarting;
      return isStarting ? { ...state, status: 'starting' } : state;
    }
    return { ...state, status: state.status === 'off' ? 'on' : state.status, deviceId: null };
  }

  close(): void {
    this.pages.close();
    for (const one of Object.values(this.processing)) one.close();
  }
}
