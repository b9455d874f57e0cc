// A short, soft chime for testing the speaker.
import { playNote } from '../base/play-note.js';

const NOTES_HZ = [523, 659, 784];

/** Plays the chime on this output. Resolves when it has ended. */
export async function playTestSound(speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  const withSink = context as { setSinkId?(id: string): Promise<void> };
  if (speakerId) await withSink.setSinkId?.(speakerId).catch(() => undefined);
  const start = context.currentTime + 0.02;
  const notes = NOTES_HZ.map((frequencyHz, index) =>
    playNote(context, { frequencyHz, at: start + index * 0.16, durationS: 0.5, gain: 0.18 }),
  );
  await new Promise((resolve) => notes.at(-1)?.addEventListener('ended', resolve));
  await context.close();
}
