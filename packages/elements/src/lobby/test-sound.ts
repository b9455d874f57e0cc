// A short, soft chime for testing the speaker.

/** Plays the chime on this output. Resolves when it has ended. */
export async function playTestSound(speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  const withSink = context as { setSinkId?(id: string): Promise<void> };
  if (speakerId) await withSink.setSinkId?.(speakerId).catch(() => undefined);
  const start = context.currentTime + 0.02;
  const notes = [523, 659, 784].map((frequency, index) => {
    const note = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0 });
    const at = start + index * 0.16;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.18, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    note.connect(gain).connect(context.destination);
    note.start(at);
    note.stop(at + 0.5);
    return note;
  });
  await new Promise((resolve) => notes.at(-1)?.addEventListener('ended', resolve));
  await context.close();
}
