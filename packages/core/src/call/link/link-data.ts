/**
 * What a link carries besides media: which data the peer takes (LK-2), and a channel for each purpose, used
 * from when both ends have theirs (LK-3).
 */
import {
  DATA_PURPOSES,
  type FeaturesMessage,
  PEER_FEATURES,
  type PeerMessage,
  type ReadyMessage,
} from '@rtc-elements/protocol';

import type { DataOptions, DataPath, DataPurpose, DataReadiness } from '../ports.js';
import { reliabilityOf } from '../rules/reliability.js';
import { type PeerChannels, type WaterMarks } from './peer-channels.js';

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

export interface LinkDataHost {
  /** On the control channel. */
  tell(message: PeerMessage): boolean;
  /** `readinessOf` has changed. */
  onChange(): void;
}

interface Opened {
  readonly options: DataOptions;
  /** The channel of our end can be used. */
  isOpen: boolean;
  /** `onOpen` was called. */
  isTold: boolean;
}

export class LinkData {
  readonly #channels: PeerChannels;
  readonly #host: LinkDataHost;
  readonly #opened = new Map<DataPurpose, Opened>();
  /** Those for which the peer has its end. */
  readonly #ready = new Set<DataPurpose>();
  #features: readonly string[] | null = null;
  #isHeard = false;

  constructor(channels: PeerChannels, host: LinkDataHost) {
    this.#channels = channels;
    this.#host = host;
  }

  /** What the peer says that it takes (UN-4); `null`: it has said nothing, as older clients. */
  get features(): readonly string[] | null {
    return this.#features;
  }

  readinessOf(purpose: DataPurpose): DataReadiness {
    if (!this.#features) return this.#isHeard ? 'unsupported' : 'unknown';
    if (!this.#features.includes(purpose)) return 'unsupported';
    return this.#ready.has(purpose) && !this.#opened.has(purpose) ? 'waiting' : 'able';
  }

  /** The control channel has opened, anew if it is not the first. */
  begin(): void {
    this.#ready.clear();
    this.#host.tell({ type: 'features', features: PEER_FEATURES });
  }

  /** The peer has said something. It names its features first, if it has any. */
  hear(): void {
    if (this.#isHeard) return;
    this.#isHeard = true;
    if (!this.#features) this.#host.onChange();
  }

  receive(message: FeaturesMessage | ReadyMessage): void {
    if (message.type === 'features') {
      this.#features = message.features;
      for (const purpose of this.#opened.keys()) this.#tellReady(purpose);
    } else {
      this.#ready.add(message.purpose);
      this.#look(message.purpose);
    }
    this.#host.onChange();
  }

  /** @throws RtcError `conflict` if it is open already. */
  open(purpose: DataPurpose, options: DataOptions): DataPath {
    const opened: Opened = { options, isOpen: false, isTold: false };
    const id = FIRST_STREAM + DATA_PURPOSES.indexOf(purpose);
    const channel = this.#channels.open(
      purpose,
      { ...reliabilityOf(options), id, marks: MARKS[purpose] },
      {
        onOpen: () => {
          opened.isOpen = true;
          this.#look(purpose);
        },
        onMessage: (data) => {
          if (typeof data === 'string' || data instanceof ArrayBuffer) options.onMessage(data);
        },
        onReset: () => {
          opened.isOpen = opened.isTold = false;
          this.#ready.delete(purpose);
          options.onReset?.();
        },
        onClose: () => {
          if (!opened.isOpen) return;
          opened.isOpen = opened.isTold = false;
          this.#ready.delete(purpose);
          options.onReset?.();
        },
      },
    );
    this.#opened.set(purpose, opened);
    this.#tellReady(purpose);
    this.#look(purpose);
    return {
      send: (data, how) => opened.isTold && channel.send(data, how),
      headroom: () => (opened.isTold ? channel.headroom() : Promise.resolve(false)),
      close: () => {
        if (this.#opened.get(purpose) === opened) this.#opened.delete(purpose);
        opened.isTold = false;
        channel.close();
      },
    };
  }

  #tellReady(purpose: DataPurpose): void {
    if (this.#features?.includes(purpose)) this.#host.tell({ type: 'ready', purpose });
  }

  #look(purpose: DataPurpose): void {
    const opened = this.#opened.get(purpose);
    if (!opened?.isOpen || opened.isTold || !this.#ready.has(purpose)) return;
    opened.isTold = true;
    opened.options.onOpen?.();
  }
}
