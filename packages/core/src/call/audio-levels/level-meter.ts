/** Measures how loud everybody is, ten times a second, and concludes who is speaking. */
import type { Clock } from '../../ports.js';

/** Time between samples, ms. */
const EVERY_MS = 100;
/** A voice at a table is louder than this; the noise of a room is not. Level, 0 to 1. */
const THRESHOLD = 0.02;
/** A cough is shorter than the first, a breath between sentences shorter than the second, ms. */
const START_MS = 300;
const STOP_MS = 1_000;

/** Whether somebody speaks, and since when their level has said otherwise. */
export interface Voice {
  readonly speaking: boolean;
  readonly since: number | null;
}

const NO_VOICE: Voice = { speaking: false, since: null };

/** Speaking begins after 300 ms of voice and ends after a second without. */
export const hear = (voice: Voice, level: number, now: number): Voice => {
  const isLoud = level >= THRESHOLD;
  if (isLoud === voice.speaking) return voice.since === null ? voice : { ...voice, since: null };
  const since = voice.since ?? now;
  const held = voice.speaking ? STOP_MS : START_MS;
  return now - since >= held ? { speaking: isLoud, since: null } : { ...voice, since };
};

/** Measures our own microphone. While the browser suspends the audio context, the level is 0. */
export class MicrophoneMeter {
  #track: MediaStreamTrack | null = null;
  #context: AudioContext | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #analyser: AnalyserNode | null = null;
  readonly #samples = new Float32Array(512);

  /**
   * The level of `track` now, 0 to 1. Makes the audio context when first called: that costs too
   * much while a join is under way.
   */
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
      // Mostly allowed once the page has the microphone; if not, the level stays 0.
      this.#context.resume().catch(() => undefined);
    } catch {
      // Firefox refuses a device of another sample rate than the context's: the call goes on
      // without a level.
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
  /** The levels now, 0 to 1 by session. */
  sample(): ReadonlyMap<string, number>;
  onLevels(levels: ReadonlyMap<string, number>): void;
  onSpeaking(session: string, on: boolean): void;
}

/** Samples levels while there is anybody to hear. */
export class Levels {
  readonly #clock: Clock;
  readonly #handlers: LevelsHandlers;
  #voices = new Map<string, Voice>();
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, handlers: LevelsHandlers) {
    this.#clock = clock;
    this.#handlers = handlers;
  }

  /** To be called when there may be somebody to hear. Stops by itself. */
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
    // The timer is set first: a handler may close us.
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
