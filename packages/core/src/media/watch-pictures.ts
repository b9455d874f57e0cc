/** Notices when a track that is made from another one stands still while the other one does not. */
import type { Clock } from '../ports.js';
import { isPageHidden } from '../support/is-page-hidden.js';

/** How often it is looked, ms. */
const EVERY_MS = 500;

export interface PictureWatch {
  readonly made: MediaStreamTrack;
  /** What it is made from. */
  readonly source: MediaStreamTrack;
  readonly clock: Clock;
  readonly stillMs: number;
  /** No picture has come for `stillMs`. Called at most once. */
  onStill(): void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Watches the video track `made` from `source`, until `signal` aborts. A page that is hidden and a source that the
 * system mutes have no pictures, and nothing can be known where the browser does not count them.
 */
export function watchPictures(watch: PictureWatch): void {
  const { made, source, clock, stillMs, onStill, signal } = watch;
  const video = document.createElement('video');
  if (!('requestVideoFrameCallback' in video) || signal.aborted) return;
  let seenAt = clock.now();
  const count = (): void => {
    seenAt = clock.now();
    if (!signal.aborted) video.requestVideoFrameCallback(count);
  };
  let cancel = (): void => undefined;
  const look = (): void => {
    if (isPageHidden() || source.muted) seenAt = clock.now();
    if (clock.now() - seenAt >= stillMs) onStill();
    else cancel = clock.setTimer(EVERY_MS, look);
  };
  signal.addEventListener('abort', () => {
    cancel();
    video.srcObject = null;
  });
  video.muted = true;
  video.srcObject = new MediaStream([made]);
  video.requestVideoFrameCallback(count);
  void video.play().catch(() => undefined);
  cancel = clock.setTimer(EVERY_MS, look);
}
