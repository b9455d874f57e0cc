/** What the microphones of a bench hear, as a file for Chromium's fake capture device. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One speaks in turn, of a call of six: each for a second in six. */
export const TURN_MS = 6_000;
const SPEECH_MS = 1_000;

const RATE = 48_000;
const HEADER_BYTES = 44;
/** Of a room with a fan in it, and of a voice near the microphone; of full scale. */
const FAN = 0.0005;
const VOICE = 0.4;
const PITCH_HZ = 120;
const FORMANT_HZ = 700;
const SYLLABLES_HZ = 4;

/** Chromium's device plays it over and over. To be removed with `remove`. */
export function writeTalk(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-talk-'));
  const path = join(folder, 'talk.wav');
  writeFileSync(path, makeWav(sampleAt));
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

function sampleAt(seconds: number): number {
  // As random as it must be, and the same each time.
  const hiss = ((Math.sin(seconds * 12_345.678) * 43_758.545) % 1) * FAN;
  if (seconds * 1_000 >= SPEECH_MS) return hiss;
  const buzz = 2 * ((seconds * PITCH_HZ) % 1) - 1;
  const vowel = buzz * Math.cos(2 * Math.PI * FORMANT_HZ * seconds);
  return hiss + VOICE * vowel * Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_HZ * seconds));
}

/** One channel of 16 bits (RIFF WAVE, format 1). */
function makeWav(sample: (seconds: number) => number): Buffer {
  const count = (RATE * TURN_MS) / 1_000;
  const wav = Buffer.alloc(HEADER_BYTES + 2 * count);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * count, 40);
  for (let at = 0; at < count; at += 1) {
    wav.writeInt16LE(Math.round(sample(at / RATE) * 32_767), HEADER_BYTES + 2 * at);
  }
  return wav;
}
