/**
 * The data channels of a link, one for each purpose. They outlive its connections: a new connection
 * makes each of them anew, and whoever opened one is told. All of them share one SCTP association,
 * so how much may wait to be sent is decided here for all of them together.
 */

import { utf8Length } from '@rtc-elements/protocol';

import { RtcError } from '../../state/errors.js';

/**
 * From this many bytes on, sending waits: more would only grow the queue that control messages are
 * in.
 */
const HIGH_WATER_BYTES = 1_048_576;

/**
 * Sending goes on once no more than this many bytes wait: enough to keep the line busy meanwhile.
 */
const LOW_WATER_BYTES = 262_144;

/**
 * The largest message, bytes. Chromium announces this as its `a=max-message-size` (RFC 8841); Firefox would
 * take a gigabyte at once, and block everything else meanwhile.
 */
const MOST_BYTES = 262_144;

export interface ChannelOptions extends Pick<RTCDataChannelInit, 'ordered' | 'maxRetransmits'> {
  /** The SCTP stream. Both sides know it, so the channel opens without a round trip of its own. */
  readonly id: number;
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
   * `false`: not open; nothing was sent.
   * @throws RtcError `message-too-large`.
   */
  send(data: string | ArrayBuffer): boolean;
  /** Resolves once more may be sent; `false`: the channel is closed, or was made anew meanwhile. */
  headroom(): Promise<boolean>;
  /** Nothing more is heard of it. */
  close(): void;
}

interface Entry {
  readonly purpose: string;
  readonly options: ChannelOptions;
  readonly handlers: ChannelHandlers;
  channel: RTCDataChannel | null;
}

interface Waiting {
  readonly entry: Entry;
  readonly resolve: (isFree: boolean) => void;
}

export class PeerChannels {
  readonly #entries = new Map<string, Entry>();
  #pc: RTCPeerConnection | null = null;
  /** Who waits for headroom, in order. */
  #waiting: readonly Waiting[] = [];

  /**
   * Opens the channel for `purpose`, on the present connection and on each that replaces it.
   * @throws RtcError `conflict` if it is open already.
   */
  open(purpose: string, options: ChannelOptions, handlers: ChannelHandlers): PeerChannel {
    if (this.#entries.has(purpose)) throw openedError(purpose);
    const entry: Entry = { purpose, options, handlers, channel: null };
    this.#entries.set(purpose, entry);
    if (this.#pc) this.#make(entry, this.#pc);
    return {
      get isClosed() {
        return entry.channel?.readyState === 'closed';
      },
      send: (data) => this.#send(entry.channel, data),
      headroom: () => this.#headroom(entry),
      close: () => this.#close(entry),
    };
  }

  /** Makes every channel on `pc`, which is new. */
  connect(pc: RTCPeerConnection): void {
    const isReset = this.#pc !== null;
    this.disconnect();
    this.#pc = pc;
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
    for (const { channel } of this.#entries.values()) {
      if (!channel) continue;
      channel.onopen = channel.onmessage = channel.onbufferedamountlow = null;
      channel.onclose = onClose;
    }
    for (const { resolve } of this.#takeWaiting(() => true)) resolve(false);
  }

  #make(entry: Entry, pc: RTCPeerConnection): void {
    const { purpose, options, handlers } = entry;
    const channel = pc.createDataChannel(purpose, { ...options, negotiated: true });
    entry.channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => handlers.onOpen?.();
    channel.onmessage = ({ data }) => handlers.onMessage(data);
    channel.onclose = () => {
      for (const { resolve } of this.#takeWaiting((one) => one.entry === entry)) resolve(false);
      this.#resume();
      handlers.onClose?.();
    };
    channel.onbufferedamountlow = () => this.#resume();
    // While the sum is above the low mark, at least one channel is above its share and will tell.
    for (const one of this.#entries.values()) {
      if (one.channel)
        one.channel.bufferedAmountLowThreshold = LOW_WATER_BYTES / this.#entries.size;
    }
  }

  #send(channel: RTCDataChannel | null, data: string | ArrayBuffer): boolean {
    if (channel?.readyState !== 'open') return false;
    const bytes = typeof data === 'string' ? utf8Length(data) : data.byteLength;
    const limit = Math.min(this.#pc?.sctp?.maxMessageSize ?? Infinity, MOST_BYTES);
    if (bytes > limit) throw largeError(bytes, limit);
    if (typeof data === 'string') channel.send(data);
    else channel.send(data);
    return true;
  }

  #close(entry: Entry): void {
    if (this.#entries.get(entry.purpose) !== entry) return;
    this.#entries.delete(entry.purpose);
    for (const { resolve } of this.#takeWaiting((one) => one.entry === entry)) resolve(false);
    const { channel } = entry;
    if (!channel) return;
    channel.onopen = channel.onmessage = channel.onclose = channel.onbufferedamountlow = null;
    channel.close();
    this.#resume();
  }

  #headroom(entry: Entry): Promise<boolean> {
    if (entry.channel?.readyState !== 'open') return Promise.resolve(false);
    if (this.#bufferedBytes < HIGH_WATER_BYTES) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { entry, resolve }];
    });
  }

  #resume(): void {
    if (this.#bufferedBytes >= HIGH_WATER_BYTES) return;
    for (const { resolve } of this.#takeWaiting(() => true)) resolve(true);
  }

  #takeWaiting(isMeant: (waiting: Waiting) => boolean): readonly Waiting[] {
    const taken = this.#waiting.filter(isMeant);
    this.#waiting = this.#waiting.filter((waiting) => !taken.includes(waiting));
    return taken;
  }

  /** A channel that has closed keeps its `bufferedAmount` (W3C WebRTC), but sends nothing more. */
  get #bufferedBytes(): number {
    let bytes = 0;
    for (const { channel } of this.#entries.values()) {
      if (channel?.readyState === 'open') bytes += channel.bufferedAmount;
    }
    return bytes;
  }
}

const openedError = (purpose: string): RtcError =>
  new RtcError('conflict', `The data path "${purpose}" to this peer is open already.`);

const largeError = (bytes: number, limit: number): RtcError =>
  new RtcError(
    'message-too-large',
    `A message of ${bytes} bytes cannot be sent at once. Send at most ${limit}.`,
  );
