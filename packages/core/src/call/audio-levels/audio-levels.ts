/** How loud everybody in a call is: ourselves, and the peers whose microphone is on. */
import type { CallHost } from '../ports.js';
import { mayPlay } from '../../state/may-play.js';
import { Levels, MicrophoneMeter } from './level-meter.js';

/** Where levels come from. */
export interface LevelSources {
  /** The track of our own microphone, while it is on or held. */
  microphone(): MediaStreamTrack | null;
  /** How loud a peer is now, 0 to 1; `undefined`: there is no link to them. */
  levelOf(session: string): number | undefined;
}

export class AudioLevels {
  readonly #host: CallHost;
  readonly #sources: LevelSources;
  readonly #meter = new MicrophoneMeter();
  readonly #levels: Levels;

  constructor(host: CallHost, sources: LevelSources) {
    this.#host = host;
    this.#sources = sources;
    this.#levels = new Levels(host.ports.clock, {
      sample: () => this.#sample(),
      onLevels: (levels) => host.reportLevels(levels),
      onSpeaking: (session, on) => host.dispatch({ type: 'speaking', session, on }),
    });
  }

  /** To be called when there may be somebody to hear. Stops by itself. */
  wake(): void {
    this.#levels.wake();
  }

  close(): void {
    this.#levels.close();
    this.#meter.close();
  }

  #sample(): ReadonlyMap<string, number> {
    const levels = new Map<string, number>();
    const { you, peers } = this.#host.getSnapshot();
    const microphone = this.#sources.microphone();
    const own = this.#meter.levelOf(microphone);
    if (microphone) levels.set(you?.session ?? '', own);
    for (const peer of peers) {
      const level = mayPlay(peer, 'microphone') ? this.#sources.levelOf(peer.session) : undefined;
      if (level !== undefined) levels.set(peer.session, level);
    }
    return levels;
  }
}
