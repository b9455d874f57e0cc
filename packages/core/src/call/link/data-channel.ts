/**
 * A channel for data of one purpose, with a window of its own, so that what waits on one does not hold up
 * another. Whoever opened it is told when its connection is replaced. Loaded when data is first sent.
 */

import { utf8Length } from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';
import type { Reliability } from '../rules/reliability.js';
import { createChannel, type LinkChannel, type PeerChannels, silence } from './peer-channels.js';
import { ReliabilityChannels } from './reliability-channels.js';

/** How much may wait to be sent for one purpose, bytes. */
export interface WaterMarks {
  /** From here on, sending waits. */
  readonly high: number;
  /** Sending goes on once no more than this waits: enough to keep the line busy meanwhile. */
  readonly low: number;
}

/**
 * The largest message, bytes. Chromium announces this as its `a=max-message-size` (RFC 8841); Firefox would
 * take a gigabyte at once, and block everything else meanwhile.
 */
const MOST_BYTES = 262_144;

/** What every browser takes (RFC 8841 has 64 KiB where nothing is said), bytes. Asking takes time. */
const SAFE_BYTES = 16_384;

export interface ChannelOptions extends Reliability {
  /** The SCTP stream. */
  readonly id: number;
  readonly marks: WaterMarks;
}

export interface ChannelHandlers {
  /** It can be used; again after each reset. */
  onOpen(): void;
  onMessage(data: unknown): void;
  /** It closed by itself: the peer is gone, or SCTP is. */
  onClose(): void;
  /** Its connection was replaced: what had not arrived yet is lost. `onOpen` follows. */
  onReset(): void;
}

export class DataChannel implements LinkChannel {
  readonly label: string;
  readonly #channels: PeerChannels;
  readonly #options: ChannelOptions;
  readonly #handlers: ChannelHandlers;
  readonly #others: ReliabilityChannels;
  #made: { readonly pc: RTCPeerConnection; readonly channel: RTCDataChannel } | null = null;
  /** Who waits for headroom, in order. */
  #waiting: readonly ((isFree: boolean) => void)[] = [];

  /** Opens the channel on the present connection of a link, and on each that replaces it. */
  constructor(
    channels: PeerChannels,
    label: string,
    options: ChannelOptions,
    handlers: ChannelHandlers,
  ) {
    this.label = label;
    this.#channels = channels;
    this.#options = options;
    this.#handlers = handlers;
    this.#others = new ReliabilityChannels(label, {
      onMessage: (data) => handlers.onMessage(data),
      onLow: () => this.#resume(),
    });
    channels.add(this);
  }

  /**
   * `false`: not open; nothing was sent. `reliability`: in place of that of the channel.
   * @throws RtcError `message-too-large`.
   */
  send(data: string | ArrayBuffer, reliability?: Reliability): boolean {
    if (!this.#made || !this.#isOpen) return false;
    const { pc, channel } = this.#made;
    const bytes = typeof data === 'string' ? utf8Length(data) : data.byteLength;
    if (bytes > SAFE_BYTES) checkSize(pc, bytes);
    if (reliability && this.#others.send(pc, data, reliability)) return true;
    if (typeof data === 'string') channel.send(data);
    else channel.send(data);
    return true;
  }

  /** Resolves once more may be sent; `false`: the channel is closed, or was made anew meanwhile. */
  headroom(): Promise<boolean> {
    if (!this.#isOpen) return Promise.resolve(false);
    if (this.#isFree) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, resolve];
    });
  }

  /** Nothing more is heard of it. */
  close(): void {
    this.#channels.remove(this);
    this.#others.close();
    this.disconnect();
    this.#made?.channel.close();
  }

  connect(pc: RTCPeerConnection): void {
    const isReset = this.#made !== null;
    const { id, marks, ...reliability } = this.#options;
    const channel = createChannel(pc, this.label, { ...reliability, id });
    this.#made = { pc, channel };
    channel.bufferedAmountLowThreshold = marks.low;
    channel.onopen = () => this.#handlers.onOpen();
    channel.onmessage = ({ data }) => this.#handlers.onMessage(data);
    channel.onclose = () => {
      this.#settle(false);
      this.#handlers.onClose();
    };
    channel.onbufferedamountlow = () => this.#resume();
    if (isReset) this.#handlers.onReset();
  }

  disconnect(onClose: (() => void) | null = null): void {
    this.#others.forget();
    this.#settle(false);
    if (this.#made) silence(this.#made.channel, onClose);
  }

  take(channel: RTCDataChannel): void {
    this.#others.take(channel);
  }

  get #isOpen(): boolean {
    return this.#made?.channel.readyState === 'open';
  }

  /** What channels of another reliability hold has its own bound, below the high mark. */
  get #isFree(): boolean {
    const buffered = (this.#made?.channel.bufferedAmount ?? 0) + this.#others.bufferedBytes;
    return buffered < this.#options.marks.high;
  }

  #resume(): void {
    if (this.#isFree) this.#settle(true);
  }

  #settle(isFree: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(isFree);
  }
}

function checkSize({ sctp }: RTCPeerConnection, bytes: number): void {
  const limit = Math.min(sctp?.maxMessageSize ?? Infinity, MOST_BYTES);
  if (bytes > limit) throw largeError(bytes, limit);
}

const largeError = (bytes: number, limit: number): RtcError =>
  new RtcError(
    'message-too-large',
    `A message of ${bytes} bytes cannot be sent at once. Send at most ${limit}.`,
  );
