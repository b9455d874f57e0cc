// Which element plays the sound of a room, and whether the browser lets it.

/** Playback: whether the browser blocks it until a click, and a function to call within that click. */
export interface Sound {
  readonly blocked: boolean;
  enable(): Promise<void>;
}

const silent: Sound = { blocked: false, enable: () => Promise.resolve() };

/** Gives the playback of one room to one player at a time, so that nothing is heard twice. */
export class Playback {
  #player: object | null = null;
  #sound = silent;
  readonly #notify: () => void;

  /** `notify` is called after every change. */
  constructor(notify: () => void) {
    this.#notify = notify;
  }

  get sound(): Sound {
    return this.#sound;
  }

  /** Whether `player` plays now: it has claimed the playback first. */
  claim(player: object): boolean {
    this.#player ??= player;
    return this.#player === player;
  }

  /** `player` plays no longer, so another one may claim the playback. */
  release(player: object): void {
    if (this.#player !== player) return;
    this.#player = null;
    this.setSound(silent);
  }

  setSound(sound: Sound): void {
    this.#sound = sound;
    this.#notify();
  }
}
