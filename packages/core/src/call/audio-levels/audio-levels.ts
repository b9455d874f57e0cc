/** How loud everybody in a call is: ourselves, and the peers whose microphone is on. */
import type { Room } from '../../api/room-api.js';
import type { Ports } from '../../ports.js';
import type { RoomChange } from '../../state/room-change.js';
import type { Call } from '../ports.js';
import { mayPlay } from '../../state/may-play.js';
import { Levels, MicrophoneMeter } from './level-meter.js';

/** Where levels go, and where our own comes from. */
export interface LevelsHost extends Pick<Room, 'getSnapshot'> {
  readonly ports: Pick<Ports, 'clock'>;
  /** The track of our microphone, while it is on or held. */
  microphone(): MediaStreamTrack | null;
  /**
   * The level of everybody heard, ourselves included, 0 to 1 by session; called ten times a second.
   */
  reportLevels(levels: ReadonlyMap<string, number>): void;
  dispatch(change: RoomChange): void;
}

export class AudioLevels {
  readonly #host: LevelsHost;
  readonly #call: Pick<Call, 'levelOf'>;
  readonly #meter = new MicrophoneMeter();
  readonly #levels: Levels;

  constructor(host: LevelsHost, call: Pick<Call, 'levelOf'>) {
    this.#host = host;
    this.#call = call;
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
    const microphone = this.#host.microphone();
    const own = this.#meter.levelOf(microphone);
    if (microphone) levels.set(you?.session ?? '', own);
    for (const peer of peers) {
      const level = mayPlay(peer, 'microphone') ? this.#call.levelOf(peer.session) : undefined;
      // An engine may tell anything.
      if (Number.isFinite(level)) levels.set(peer.session, clamp(level as number));
    }
    return levels;
  }
}

const clamp = (level: number): number => Math.min(1, Math.max(0, level));
