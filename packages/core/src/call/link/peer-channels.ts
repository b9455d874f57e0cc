/**
 * The data channels of a link, one or more for each purpose. They outlive its connections: a new connection
 * makes each of them anew, and whoever opened one is told. Each purpose has a window of its own, so that what
 * waits on one does not hold up another.
 */

import { utf8Length } from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';
import { openAlreadyError } from '../rules/open-already.js';
import type { Reliability } from '../rules/reliability.js';
import { ReliabilityChannels } from './reliability-channels.js';

/** How much may wait to be sent for one purpose, bytes. */
export interface WaterMarks {
  /** From here on, sending waits. */
  readonly high: number;
  /** Sending goes on once no more than this waits: enough to keep the line busy meanwhile. */
  readonly low: number;
}

/** For messages that people wait for: more would only grow the queue that they are in. */
const MESSAGE_MARKS: WaterMarks = { high: 1_048_576, low: 262_144 };

/**
 * The largest message, bytes. Chromium announces this as its `a=max-message-size` (RFC 8841); Firefox would
 * take a gigabyte at once, and block everything else meanwhile.
 */
const MOST_BYTES = 262_144;

/** What every browser takes (RFC 8841 has 64 KiB where nothing is said), bytes. Asking takes time. */
const SAFE_BYTES = 16_384;

export interface ChannelOptions extends Reliability {
  /** The SCTP stream. Both sides know it, so the channel opens without a round trip of its own. */
  readonly id: number;
  /** Default: `MESSAGE_MARKS`. */
  readonly marks?: WaterMarks;
}

export interface ChannelHandlers {
  /** It can be used; again after each reset. */
  onOpen?(): void;
  onMessage(data: unknown): void;
  /** It closed by itself: the peer is gone, or SCTP is. */
  onClose?(): void;
  /** Its connection was replaced: what had not arrived yet is lost. `onOpen` follows. */
  onReset?(): void;
}

export interface PeerChannel {
  readonly isClosed: boolean;
  /**
   * `false`: not open; nothing was sent. `reliability`: in place of that of the channel.
   * @throws RtcError `message-too-large`.
   */
  send(data: string | ArrayBuffer, reliability?: Reliability): boolean;
  /** Resolves once more may be sent; `false`: the channel is closed, or was made anew meanwhile. */
  headroom(): Promise<boolean>;
  /** Nothing more is heard of it. */
  close(): void;
}

interface Entry {
  readonly purpose: string;
  readonly options: ChannelOptions;
  readonly handlers: ChannelHandlers;
  readonly others: ReliabilityChannels;
  channel: RTCDataChannel | null;
  /** Who waits for headroom, in order. */
  waiting: readonly ((isFree: boolean) => void)[];
}

export class PeerChannels {
  readonly #entries = new Map<string, Entry>();
  #pc: RTCPeerConnection | null = null;

  /**
   * Opens the channel for `purpose`, on the present connection and on each that replaces it.
   * @throws RtcError `conflict` if it is open already.
   */
  open(purpose: string, options: ChannelOptions, handlers: ChannelHandlers): PeerChannel {
    if (this.#entries.has(purpose)) throw openAlreadyError(purpose);
    const others = new ReliabilityChannels(purpose, {
      onMessage: (data) => handlers.onMessage(data),
      onLow: () => this.#resume(entry),
    });
    const entry: Entry = { purpose, options, handlers, others, channel: null, waiting: [] };
    this.#entries.set(purpose, entry);
    if (this.#pc) this.#make(entry, this.#pc);
    return {
      get isClosed() {
        return entry.channel?.readyState === 'closed';
      },
      send: (data, reliability) => this.#send(entry, data, reliability),
      headroom: () => this.#headroom(entry),
      close: () => this.#close(entry),
    };
  }

  /** Makes every channel on `pc`, which is new. */
  connect(pc: RTCPeerConnection): void {
    const isReset = this.#pc !== null;
    this.disconnect();
    this.#pc = pc;
    pc.ondatachannel = ({ channel }) => {
      const entry = this.#entries.get(channel.label);
      if (entry) entry.others.take(channel);
      else channel.close();
    };
    for (const entry of this.#entries.values()) {
      this.#make(entry, pc);
      if (isReset) entry.handlers.onReset?.();
    }
  }

  /**
   * After this, nothing is heard of the present channels; `onClose` is called once the first of
   * them has closed.
   */
  disconnect(onClose: (() => void) | null = null): void {
    if (this.#pc) this.#pc.ondatachannel = null;
    for (const entry of this.#entries.values()) {
      entry.others.forget();
      settle(entry, false);
      const { channel } = entry;
      if (!channel) continue;
      channel.onopen = channel.onmessage = channel.onbufferedamountlow = null;
      channel.onclose = onClose;
    }
  }

  #make(entry: Entry, pc: RTCPeerConnection): void {
    const { purpose, options, handlers } = entry;
    const { id, marks = MESSAGE_MARKS, ...reliability } = options;
    const channel = pc.createDataChannel(purpose, { ...reliability, id, negotiated: true });
    entry.channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = marks.low;
    channel.onopen = () => handlers.onOpen?.();
    channel.onmessage = ({ data }) => handlers.onMessage(data);
    channel.onclose = () => {
      settle(entry, false);
      handlers.onClose?.();
    };
    channel.onbufferedamountlow = () => this.#resume(entry);
  }

  #send(
    { channel, others }: Entry,
    data: string | ArrayBuffer,
    reliability?: Reliability,
  ): boolean {
    if (channel?.readyState !== 'open' || !this.#pc) return false;
    const bytes = typeof data === 'string' ? utf8Length(data) : data.byteLength;
    if (bytes > SAFE_BYTES) this.#checkSize(this.#pc, bytes);
    if (reliability && others.send(this.#pc, data, reliability)) return true;
    if (typeof data === 'string') channel.send(data);
    else channel.send(data);
    return true;
  }

  #checkSize({ sctp }: RTCPeerConnection, bytes: number): void {
    const limit = Math.min(sctp?.maxMessageSize ?? Infinity, MOST_BYTES);
    if (bytes > limit) throw largeError(bytes, limit);
  }

  #close(entry: Entry): void {
    if (this.#entries.get(entry.purpose) !== entry) return;
    this.#entries.delete(entry.purpose);
    settle(entry, false);
    entry.others.close();
    const { channel } = entry;
    if (!channel) return;
    channel.onopen = channel.onmessage = channel.onclose = channel.onbufferedamountlow = null;
    channel.close();
  }

  #headroom(entry: Entry): Promise<boolean> {
    if (entry.channel?.readyState !== 'open') return Promise.resolve(false);
    if (isFree(entry)) return Promise.resolve(true);
    return new Promise((resolve) => {
      entry.waiting = [...entry.waiting, resolve];
    });
  }

  #resume(entry: Entry): void {
    if (isFree(entry)) settle(entry, true);
  }
}

function settle(entry: Entry, isFree: boolean): void {
  const { waiting } = entry;
  entry.waiting = [];
  for (const resolve of waiting) resolve(isFree);
}

/** What channels of another reliability hold has its own bound, below the high mark. */
const isFree = ({ channel, options: { marks = MESSAGE_MARKS }, others }: Entry): boolean =>
  (channel?.bufferedAmount ?? 0) + others.bufferedBytes < marks.high;

const largeError = (bytes: number, limit: number): RtcError =>
  new RtcError(
    'message-too-large',
    `A message of ${bytes} bytes cannot be sent at once. Send at most ${limit}.`,
  );
