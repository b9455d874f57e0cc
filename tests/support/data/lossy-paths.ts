/** Data paths between a few people that lose and reorder messages, in fake time. */
import type {
  PeerPathHandlers,
  PeerPaths,
  PathStatus,
} from '../../../packages/core/src/data/ports.js';
import type { FakeClock } from '../fake-clock.js';

interface Loss {
  /** The share of messages that get lost, 0 to 1. */
  readonly loss?: number;
  /** How long a message is on its way, at least and at most, ms. */
  readonly delayMs?: readonly [least: number, most: number];
  /** Needed for either. */
  readonly random?: () => number;
}

/** One end of all paths of one person. */
export interface PathEnd {
  readonly session: string;
  readonly openPaths: (handlers: PeerPathHandlers) => PeerPaths;
  /** What it has sent, in order. */
  readonly sent: { readonly at: number; readonly to: string; readonly data: string }[];
  /** While `true`, nothing has headroom. */
  isFull: boolean;
}

export class LossyPaths {
  readonly #clock: FakeClock;
  readonly #ends = new Map<
    string,
    { handlers: PeerPathHandlers | null; waiting: (() => void)[] }
  >();
  readonly #joined = new Set<string>();
  loss: Loss;

  constructor(clock: FakeClock, loss: Loss = {}) {
    this.#clock = clock;
    this.loss = loss;
  }

  /** The end of `session`, on which nothing is open yet. */
  end(session: string): PathEnd {
    const state = { handlers: null as PeerPathHandlers | null, waiting: [] as (() => void)[] };
    this.#ends.set(session, state);
    const end: PathEnd = {
      session,
      sent: [],
      isFull: false,
      openPaths: (handlers) => {
        state.handlers = handlers;
        return {
          statusOf: (to) => this.#statusOf(session, to),
          send: (to, data) => {
            if (this.#statusOf(session, to) !== 'open') return false;
            end.sent.push({ at: this.#clock.now(), to, data: String(data) });
            this.#carry(session, to, data);
            return true;
          },
          headroom: () =>
            end.isFull
              ? new Promise((resolve) => state.waiting.push(() => resolve(true)))
              : Promise.resolve(true),
          close: () => (state.handlers = null),
        };
      },
    };
    return end;
  }

  /** Connects two people, or connects them anew. */
  connect(one: string, other: string): void {
    const isNew = !this.#joined.has(keyOf(one, other));
    this.#joined.add(keyOf(one, other));
    for (const [own, peer] of [
      [one, other],
      [other, one],
    ] as const) {
      const handlers = this.#ends.get(own)?.handlers;
      if (!isNew) handlers?.onReset(peer);
      handlers?.onOpen(peer);
    }
  }

  disconnect(one: string, other: string): void {
    this.#joined.delete(keyOf(one, other));
    this.#ends.get(one)?.handlers?.onClose(other);
    this.#ends.get(other)?.handlers?.onClose(one);
  }

  /** What waits for headroom goes on. */
  drain(end: PathEnd): void {
    end.isFull = false;
    for (const resolve of this.#ends.get(end.session)?.waiting.splice(0) ?? []) resolve();
  }

  #statusOf(one: string, other: string): PathStatus {
    return this.#joined.has(keyOf(one, other)) ? 'open' : 'none';
  }

  #carry(from: string, to: string, data: string | ArrayBuffer): void {
    const { loss = 0, delayMs: [least, most] = [0, 0], random = () => 1 } = this.loss;
    if (random() < loss) return;
    const arrive = (): void => this.#ends.get(to)?.handlers?.onMessage(from, data);
    this.#clock.setTimer(least + (most - least) * random(), arrive);
  }
}

const keyOf = (one: string, other: string): string => [one, other].sort().join(' ');
