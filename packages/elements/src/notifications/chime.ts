// A short quiet tone, synthesized so that there is no file to load.
import type { NoticeLevel } from '@rtc-elements/protocol';

/** Two notes in Hz: rising for good news, falling for bad news. */
const NOTES: Readonly<Record<NoticeLevel, readonly [number, number]>> = {
  info: [660, 660],
  success: [587, 784],
  warning: [587, 494],
  error: [494, 370],
};

const NOTE_S = 0.14;
const LOUDNESS = 0.05;

let context: AudioContext | null = null;

/** Plays the tone, unless the person has not interacted with the page yet: browsers would block it. */
export function chime(level: NoticeLevel): void {
  const hasActed = navigator.userActivation?.hasBeenActive ?? true;
  if (typeof AudioContext === 'undefined' || !hasActed) return;
  context ??= new AudioContext();
  void context.resume().catch(() => undefined);
  const { currentTime } = context;
  NOTES[level].forEach((frequency, index) => playNote(frequency, currentTime + index * NOTE_S));
}

/** Fades the note in and out, so that it does not click. */
function playNote(frequency: number, at: number): void {
  if (!context) return;
  const tone = new OscillatorNode(context, { type: 'sine', frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 1.6);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_S * 1.7);
}
