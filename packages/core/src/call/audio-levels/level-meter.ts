/** How loud everybody is, ten times a second, and who speaks by it. */
import type { Clock } from '../../ports.js';

/** Samples per second: ten. */
const EVERY_MS = 100;
/** A voice at a table; noise of a room stays below. */
const THRESHOLD = 0.02;
/** A cough is shorter, a breath between sentences too. */
const START_MS = 300;
const STOP_MS = 1_000;

/** Since when a level has been on the other side of the mark. */
export interface Voice {
  readonly speaking: boolean;
  readonly since: number | null;
}

export const NO_VOICE: Voice = { speaking: false, since: null };

/** Speaking begins after 300 ms of voice and ends after a second without. */
export const hear = (voice: Voice, level: number, now: number): Voice => {
  const isLoud = level >= THRESHOLD;
  if (isLoud === voice.speaking) return voice.since === null ? voice : { ...voice, since: null };
  const since = voice.since ?? now;
  const held = voice.speaking ? STOP_MS : START_MS;
  return now - since >= held ? { speaking: isLoud, since: null } : { ...voice, since };
};

/** Our own microphone's level. A context that the browser keeps asleep tells silence. */
export class MicrophoneMeter {
  #track: MediaStreamTrack | null = null;
  #context: AudioContext | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #analyser: AnalyserNode | null = null;
  readonly #samples = new Float32Array(512);

  /** Of `track` now, 0 to 1. Opens audio when first asked, which is too dear while a join is under way. */
  levelOf(track: MediaStreamTrack | null): number {
    if (track !== this.#track) this.#listen(track);
    return this.#level;
  }

  #listen(track: MediaStreamTrack | null): void {
    this.#track = track;
    this.#source?.disconnect();
    this.#source = null;
    if (!track || typeof AudioContext === 'undefined') return;
    try {
      this.#context ??= new AudioContext();
      this.#analyser ??= new AnalyserNode(this.#context, { fftSize: 512 });
      this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
      this.#source.connect(this.#analyser);
      // Mostly granted to a page that was given the microphone; if not, the meter stays flat.
      this.#context.resume().catch(() => undefined);
    } catch {
      // Firefox refuses a context of another rate than the device's: no meter, but a call.
      this.#source = null;
    }
  }

  get #level(): number {
    if (!this.#source || !this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.min(1, Math.sqrt(sum / this.#samples.length));
  }

  close(): void {
    this.#listen(null);
    this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}

export interface LevelsHandlers {
  /** Levels now, by session. */
  sample(): ReadonlyMap<string, number>;
  onLevels(levels: ReadonlyMap<string, number>): void;
  onSpeaking(session: string, on: boolean): void;
}

/** Runs while there is anybody to hear. */
export class Levels {
  readonly #clock: Clock;
  readonly #handlers: LevelsHandlers;
  #voices = new Map<string, Voice>();
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, handlers: LevelsHandlers) {
    this.#clock = clock;
    this.#handlers = handlers;
  }

  /** To be called when there may be somebody to hear; goes to sleep by itself. */
  wake(): void {
    this.#cancel ??= this.#clock.setTimer(EVERY_MS, () => this.#tick());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #tick(): void {
    this.#cancel = null;
    const levels = this.#handlers.sample();
    // First of all: whoever is told may close us.
    if (levels.size > 0) {
      this.wake();
      this.#handlers.onLevels(levels);
    }
    const now = this.#clock.now();
    const voices = new Map<string, Voice>();
    for (const session of new Set([...levels.keys(), ...this.#voices.keys()])) {
      const before = this.#voices.get(session) ?? NO_VOICE;
      const level = levels.get(session);
      const voice = level === undefined ? NO_VOICE : hear(before, level, now);
      if (voice.speaking !== before.speaking) this.#handlers.onSpeaking(session, voice.speaking);
      if (level !== undefined) voices.set(session, voice);
    }
    this.#voices = voices;
  }
}
