/** Whether a live track delivers anything: pictures that keep coming, or a sample that is not 0. */
import type { Clock } from '../ports.js';
import { isPageHidden } from '../support/is-page-hidden.js';

/**
 * Longer than any camera takes between two pictures, and than any voice processing stays at 0, ms.
 */
const WITHIN_MS = 3_000;
const EVERY_MS = 100;

/** `true` also if it cannot be known: no device is reopened on a guess. */
export function hasSamples(track: MediaStreamTrack, clock: Clock): Promise<boolean> {
  // The system itself says that nothing is delivered now, and will say when that is over.
  if (track.muted || isPageHidden()) return Promise.resolve(true);
  return track.kind === 'video' ? hasPictures(track, clock) : hasSound(track, clock);
}

async function hasPictures(track: MediaStreamTrack, clock: Clock): Promise<boolean> {
  const video = document.createElement('video');
  if (!('requestVideoFrameCallback' in video)) return true;
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  const gives = await new Promise<boolean>((resolve) => {
    let first: number | null = null;
    // The first pictures may be the last one from before, which the browser kept, and the next.
    const look = (at: number): void => {
      first ??= at;
      if (at - first >= EVERY_MS) resolve(true);
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    clock.setTimer(WITHIN_MS, () => resolve(isPageHidden()));
    void video.play().catch(() => undefined);
  });
  video.srcObject = null;
  return gives;
}

async function hasSound(track: MediaStreamTrack, clock: Clock): Promise<boolean> {
  if (typeof AudioContext === 'undefined') return true;
  const context = new AudioContext();
  try {
    const analyser = new AnalyserNode(context, { fftSize: 8_192 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    void context.resume().catch(() => undefined);
    const samples = new Float32Array(analyser.fftSize);
    for (let waited = 0; waited < WITHIN_MS; waited += EVERY_MS) {
      await new Promise<void>((resolve) => clock.setTimer(EVERY_MS, resolve));
      analyser.getFloatTimeDomainData(samples);
      if (samples.some((sample) => sample !== 0)) return true;
    }
    // A context that the browser has suspended hears nothing from any device.
    return context.state !== 'running';
  } catch {
    // Firefox refuses a device of another sample rate than the context's.
    return true;
  } finally {
    context.close().catch(() => undefined);
  }
}
