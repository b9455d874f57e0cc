// Plays single notes, so that there is no sound file to load.

/** A note: its pitch, when it starts, how long it takes to fade out, and its peak gain, 0 to 1. */
export interface Note {
  readonly frequencyHz: number;
  /** Seconds on the clock of the context. */
  readonly at: number;
  readonly durationS: number;
  readonly gain: number;
}

/** Fades the note in and out, so that it does not click. Dispatches `ended` on the node at its end. */
export function playNote(
  context: AudioContext,
  { frequencyHz, at, durationS, gain: peak }: Note,
): OscillatorNode {
  const note = new OscillatorNode(context, { frequency: frequencyHz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(peak, at + 0.02);
  // An exponential ramp cannot reach 0; this is 54 dB below the peak.
  gain.gain.exponentialRampToValueAtTime(peak / 500, at + durationS);
  note.connect(gain).connect(context.destination);
  note.start(at);
  note.stop(at + durationS);
  return note;
}
