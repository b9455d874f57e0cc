/** Whether a live track gives anything at all: pictures that go on, or one sample that is not zero. */
import type { Clock } from '../ports.js';
import { isPageHidden } from '../support/is-page-hidden.js';

/** Longer than any camera takes between two pictures, and any voice processing stays at zero. */
const WITHIN_MS = 3_000;
const EVERY_MS = 100;

/** `true` also where it cannot be known: nobody's device is opened anew for a guess. */
export function hasSamples(track: MediaStreamTrack, clock: Clock): Promise<boolean> {
  // The system says itself that it gives nothing now, and will say when that is over.
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
    // What comes at once may be the last one from before, kept by the browser, and the one under way.
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
    // A context that the browser keeps asleep hears nothing of anybody.
    return context.state !== 'running';
  } catch {
    // Firefox refuses a context of another rate than the device's.
    return true;
  } finally {
    context.close().catch(() => undefined);
  }
}
