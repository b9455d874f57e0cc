/** The part of our media that comes with the first device: who watches over them, and our screen. */
import type { Clock, MediaPort } from '../ports.js';
import type { LocalMediaState } from '../state/room-state.js';
import { DeviceWatch, type Watched } from './device-watch.js';
import { ScreenShare, type ScreenShareHandlers } from './screen-share.js';

export interface LateMediaHandlers extends Pick<ScreenShareHandlers, 'onTrack'> {
  onChange(state: LocalMediaState): void;
}

export class LateMedia {
  readonly watch: DeviceWatch;
  readonly screen: ScreenShare;
  #closed = false;

  constructor(
    media: Watched & { readonly port: MediaPort; readonly state: LocalMediaState },
    clock: Clock,
    handlers: LateMediaHandlers,
  ) {
    this.watch = new DeviceWatch(media, clock);
    this.screen = new ScreenShare(media.port, {
      onTrack: (source, track) => handlers.onTrack(source, track),
      onChange: () => {
        if (!this.#closed) handlers.onChange(media.state);
      },
    });
  }

  close(): void {
    // What is still being chosen is not told any more.
    this.#closed = true;
    this.watch.close();
    this.screen.close();
  }
}
