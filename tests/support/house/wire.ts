// One direction of a socket: a queue that delivers by itself, until a test takes it in hand.

/** Frames on their way. */
export class Wire<T> {
  readonly #queue: T[] = [];
  readonly #arrive: (frame: T) => void;
  #isHeld = false;
  #toDrop = 0;
  #toDouble = 0;

  constructor(arrive: (frame: T) => void) {
    this.#arrive = arrive;
  }

  /** What waits, oldest first. */
  get waiting(): readonly T[] {
    return this.#queue;
  }

  push(frame: T): void {
    if (this.#toDrop > 0) {
      this.#toDrop -= 1;
      return;
    }
    const times = this.#toDouble > 0 ? 2 : 1;
    this.#toDouble -= times - 1;
    for (let time = 0; time < times; time += 1) this.#queue.push(frame);
    if (!this.#isHeld) queueMicrotask(() => this.#flow());
  }

  /** From now on nothing arrives but by {@link deliver}. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Everything that waits arrives, in order, and so does what follows. */
  release(): void {
    this.#isHeld = false;
    this.#flow();
  }

  /** One waiting frame arrives now, out of turn if the test says so. */
  deliver(index = 0): void {
    const [frame] = this.#queue.splice(index, 1);
    if (frame !== undefined) this.#arrive(frame);
  }

  /** The next frames are lost. */
  dropNext(count = 1): void {
    this.#toDrop += count;
  }

  /** The next frames arrive twice. */
  doubleNext(count = 1): void {
    this.#toDouble += count;
  }

  /** Whatever waits is lost. */
  clear(): void {
    this.#queue.length = 0;
  }

  #flow(): void {
    while (!this.#isHeld && this.#queue.length > 0) this.deliver();
  }
}
