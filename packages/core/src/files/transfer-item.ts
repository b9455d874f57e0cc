/** One transfer as the list shows it, and how fast it goes. */
import type { Transfer, TransferStatus } from '../api/files-api.js';
import { type RtcError, toProblem } from '../state/errors.js';
import { TransferPace, secondsLeft } from './rules/pace.js';

const FINAL: readonly TransferStatus[] = ['done', 'declined', 'cancelled', 'failed'];

export const isFinal = ({ status }: Pick<Transfer, 'status'>): boolean => FINAL.includes(status);

export interface ItemHandlers {
  /** Something other than bytes has changed. */
  onChange(item: TransferItem): void;
  onBytes(item: TransferItem): void;
  onEnd(item: TransferItem, error: RtcError | null): void;
}

export class TransferItem {
  readonly #handlers: ItemHandlers;
  readonly #pace = new TransferPace();
  #view: Transfer;
  #bytes: number;
  #paused = { us: false, them: false };

  constructor(view: Transfer, handlers: ItemHandlers) {
    this.#view = view;
    this.#bytes = view.bytes;
    this.#handlers = handlers;
  }

  get view(): Transfer {
    return this.#view;
  }

  get isPaused(): boolean {
    return this.#paused.us || this.#paused.them;
  }

  get isPausedByUs(): boolean {
    return this.#paused.us;
  }

  set(over: Partial<Transfer>): void {
    const names = Object.keys(over) as (keyof Transfer)[];
    if (names.every((name) => this.#view[name] === over[name])) return;
    if (over.status && over.status !== 'running') this.#pace.reset();
    const rest = over.status === 'running' ? {} : { speed: null, secondsLeft: null };
    this.#view = { ...this.#view, ...(over.status && rest), ...over };
    this.#handlers.onChange(this);
  }

  /** It goes on, unless one of the two has paused it. */
  run(): void {
    if (this.isPaused) return this.#showPause();
    this.set({ status: 'running', problem: null, pausedBy: null });
  }

  /** It goes on later, perhaps; `null`: as soon as there is a connection. */
  interrupt(error: RtcError | null): void {
    if (isFinal(this.#view)) return;
    const status = error ? 'interrupted' : 'waiting';
    this.set({ status, problem: error && toProblem(error), pausedBy: null });
  }

  end(status: 'done' | 'declined' | 'cancelled' | 'failed', error: RtcError | null): void {
    if (isFinal(this.#view)) return;
    if (status === 'done') this.#bytes = this.#view.size;
    this.set({
      status,
      problem: error && toProblem(error),
      pausedBy: null,
      needsFiles: false,
      bytes: this.#bytes,
      progress: status === 'done' ? 1 : this.#view.progress,
    });
    this.#handlers.onEnd(this, error);
  }

  /** `true` if that has changed anything. */
  pause(by: 'us' | 'them', on: boolean): boolean {
    if (this.#paused[by] === on) return false;
    this.#paused = { ...this.#paused, [by]: on };
    if (this.#view.status === 'running' || this.#view.status === 'paused') this.run();
    return true;
  }

  /** So many bytes are there now; shown with the next sample. */
  arrive(bytes: number): void {
    const clean = Math.min(Math.max(bytes, this.#bytes), this.#view.size);
    if (clean === this.#bytes) return;
    this.#bytes = clean;
    this.#handlers.onBytes(this);
  }

  /** Shows what has arrived by the time `at`. `false`: nothing is new. */
  sample(at: number): boolean {
    const { status, size, bytes, speed } = this.#view;
    if (status !== 'running') return false;
    const now = this.#pace.speed(at, this.#bytes);
    this.#pace.add(at, this.#bytes);
    if (bytes === this.#bytes && speed === now) return false;
    this.#view = {
      ...this.#view,
      bytes: this.#bytes,
      progress: size === 0 ? 0 : this.#bytes / size,
      speed: now,
      secondsLeft: secondsLeft(size - this.#bytes, now),
    };
    return true;
  }

  #showPause(): void {
    const { us, them } = this.#paused;
    const pausedBy = us && them ? 'both' : us ? 'us' : 'them';
    this.set({ status: 'paused', problem: null, pausedBy, bytes: this.#bytes });
  }
}
