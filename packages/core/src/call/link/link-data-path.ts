/**
 * A data path of a link: a channel for one purpose, used from when both ends have theirs (LK-3). Loaded when data
 * is first sent; until then, a link has only its control channel.
 */
import { DATA_PURPOSES } from '@rtc-elements/protocol';

import type { DataOptions, DataPath, DataPurpose } from '../ports.js';
import { type Reliability, reliabilityOf } from '../rules/reliability.js';
import { DataChannel, type WaterMarks } from './data-channel.js';
import type { PeerChannels } from './peer-channels.js';

/**
 * The SCTP streams that both sides know: this one and those after it, in the order of `DATA_PURPOSES`. 0 is the
 * control channel; a browser gives the lowest that are free to channels that are announced in band.
 */
const FIRST_STREAM = 101;

/**
 * Little enough that a short message of the same purpose is soon sent. Chromium sends messages of 64 KiB twice as fast
 * so as with 1 to 8 MiB waiting.
 */
const STREAM_MARKS: WaterMarks = { high: 131_072, low: 65_536 };

/** What is of no use once it is late. */
const FRESH_MARKS: WaterMarks = { high: 16_384, low: 4_096 };

const MARKS: Readonly<Record<DataPurpose, WaterMarks>> = {
  actions: STREAM_MARKS,
  values: FRESH_MARKS,
  files: STREAM_MARKS,
};

export class LinkDataPath implements DataPath {
  readonly #channel: DataChannel;
  readonly #options: DataOptions;
  /** Of the purposes for which the peer has its end. */
  readonly #ready: Set<DataPurpose>;
  readonly #purpose: DataPurpose;
  /** The channel of our end can be used. */
  #isOpen = false;
  /** `onOpen` was called. */
  #isTold = false;

  constructor(
    channels: PeerChannels,
    purpose: DataPurpose,
    options: DataOptions,
    ready: Set<DataPurpose>,
  ) {
    this.#purpose = purpose;
    this.#options = options;
    this.#ready = ready;
    const id = FIRST_STREAM + DATA_PURPOSES.indexOf(purpose);
    this.#channel = new DataChannel(
      channels,
      purpose,
      { ...reliabilityOf(options), id, marks: MARKS[purpose] },
      {
        onOpen: () => {
          this.#isOpen = true;
          this.look();
        },
        onMessage: (data) => {
          if (typeof data === 'string' || data instanceof ArrayBuffer) options.onMessage(data);
        },
        onReset: () => this.#reset(),
        onClose: () => {
          if (this.#isOpen) this.#reset();
        },
      },
    );
  }

  send(data: string | ArrayBuffer, reliability?: Reliability): boolean {
    return this.#isTold && this.#channel.send(data, reliability);
  }

  headroom(): Promise<boolean> {
    return this.#isTold ? this.#channel.headroom() : Promise.resolve(false);
  }

  close(): void {
    this.#isTold = false;
    this.#channel.close();
  }

  /** The peer has its end now, or we have ours. */
  look(): void {
    if (!this.#isOpen || this.#isTold || !this.#ready.has(this.#purpose)) return;
    this.#isTold = true;
    this.#options.onOpen?.();
  }

  #reset(): void {
    this.#isOpen = this.#isTold = false;
    this.#ready.delete(this.#purpose);
    this.#options.onReset?.();
  }
}
