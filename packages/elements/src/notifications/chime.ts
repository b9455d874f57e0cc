// A short quiet tone, synthesized so that there is no file to load.
import type { NoticeLevel } from '@rtc-elements/protocol';

import { playNote } from '../base/play-note.js';

/** Two notes in Hz: rising for good news, falling for bad news. */
const NOTES: Readonly<Record<NoticeLevel, readonly [number, number]>> = {
  info: [660, 660],
  success: [587, 784],
  warning: [587, 494],
  error: [494, 370],
};

/** From one note to the next. */
const STEP_S = 0.14;
const DURATION_S = 0.23;
const GAIN = 0.05;

let context: AudioContext | null = null;

/** Plays the tone, unless the person has not interacted with the page yet: browsers would block it. */
export function chime(level: NoticeLevel): void {
  const hasActed = navigator.userActivation?.hasBeenActive ?? true;
  if (typeof AudioContext === 'undefined' || !hasActed) return;
  const player = (context ??= new AudioContext());
  void player.resume().catch(() => undefined);
  const { currentTime } = player;
  NOTES[level].forEach((frequencyHz, index) =>
    playNote(player, {
      frequencyHz,
      at: currentTime + index * STEP_S,
      durationS: DURATION_S,
      gain: GAIN,
    }),
  );
}
