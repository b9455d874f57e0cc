/** All transfers as a page sees them, and the events that tell of them. */
import {
  FileDoneEvent,
  type FileOfferEvent,
  FileProgressEvent,
  type Transfer,
} from '../api/files-api.js';
import type { Clock } from '../ports.js';
import type { RtcError } from '../state/errors.js';
import { TransferItem } from './transfer-item.js';

/** Bytes are shown ten times a second. */
const SAMPLE_MS = 100;

export interface ListHost {
  readonly clock: Clock;
  dispatchEvent(event: FileOfferEvent | FileProgressEvent | FileDoneEvent): void;
}

export class TransferList {
  readonly #host: ListHost;
  readonly #onChange: () => void;
  readonly #onEnd: (item: TransferItem) => void;
  readonly #items = new Map<string, TransferItem>();
  #snapshot: readonly Transfer[] = [];
  #stopSampling: (() => void) | null = null;

  constructor(host: ListHost, onChange: () => void, onEnd: (item: TransferItem) => void) {
    this.#host = host;
    this.#onChange = onChange;
    this.#onEnd = onEnd;
  }

  get snapshot(): readonly Transfer[] {
    return this.#snapshot;
  }

  get items(): Iterable<TransferItem> {
    return this.#items.values();
  }

  /** Makes an item that is not in the list yet. */
  create(view: Transfer): TransferItem {
    return new TransferItem(view, {
      onChange: (item) => this.#show(item),
      onBytes: () => this.#sampleSoon(),
      onEnd: (item, error) => this.#end(item, error),
    });
  }

  add(item: TransferItem): void {
    this.#items.set(item.view.id, item);
    this.#refresh();
  }

  remove(id: string): void {
    if (this.#items.delete(id)) this.#refresh();
  }

  close(): void {
    this.#stopSampling?.();
    this.#stopSampling = null;
  }

  #show(item: TransferItem): void {
    if (this.#items.get(item.view.id) !== item) return;
    this.#refresh();
    if (item.view.status === 'running') this.#sampleSoon();
  }

  #end(item: TransferItem, error: RtcError | null): void {
    if (this.#items.get(item.view.id) !== item) return;
    this.#onEnd(item);
    this.#host.dispatchEvent(new FileDoneEvent(item.view, error));
  }

  #refresh(): void {
    this.#snapshot = [...this.#items.values()].map(({ view }) => view);
    this.#onChange();
  }

  #sampleSoon(): void {
    this.#stopSampling ??= this.#host.clock.setTimer(SAMPLE_MS, () => this.#sample());
  }

  #sample(): void {
    this.#stopSampling = null;
    const now = this.#host.clock.now();
    const changed = [...this.#items.values()].filter((item) => item.sample(now));
    if ([...this.#items.values()].some(({ view }) => view.status === 'running')) this.#sampleSoon();
    if (changed.length === 0) return;
    this.#refresh();
    for (const { view } of changed) this.#host.dispatchEvent(new FileProgressEvent(view));
  }
}
