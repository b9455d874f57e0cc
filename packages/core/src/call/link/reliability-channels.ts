/**
 * The channels of one purpose for messages that are to be delivered otherwise than in order and until they
 * arrive. How is the sender's business alone (RFC 8831), so a side opens a channel of its own for each kind when it
 * first sends so, announced in band (RFC 8832), and only sends on it. The other side need not know in advance.
 */
import { type Reliability, reliabilityOf } from '../rules/reliability.js';

/** The most of them that one side opens for a purpose. What is sent otherwise then goes on the first channel. */
const MOST_CHANNELS = 8;

/** Until a channel has opened, which takes no round trip, and while the line is full, no more than this waits, bytes. */
const MOST_WAITING_BYTES = 262_144;

export interface ReliabilityHandlers {
  onMessage(data: unknown): void;
  /** A channel has nothing more to send. */
  onLow(): void;
}

interface Opened {
  readonly channel: RTCDataChannel;
  /** Sent before it had opened. */
  held: (string | ArrayBuffer)[];
  heldBytes: number;
}

export class ReliabilityChannels {
  readonly #purpose: string;
  readonly #handlers: ReliabilityHandlers;
  readonly #opened = new Map<string, Opened>();
  /** Those that the peer has opened, and sends on. */
  readonly #taken = new Set<RTCDataChannel>();

  constructor(purpose: string, handlers: ReliabilityHandlers) {
    this.#purpose = purpose;
    this.#handlers = handlers;
  }

  get bufferedBytes(): number {
    let bytes = 0;
    for (const { channel, heldBytes } of this.#opened.values()) {
      if (channel.readyState !== 'closed') bytes += channel.bufferedAmount + heldBytes;
    }
    return bytes;
  }

  /** `false`: there is no channel for it; nothing was sent. What may be lost is, while the line is full. */
  send(pc: RTCPeerConnection, data: string | ArrayBuffer, reliability: Reliability): boolean {
    const wanted = reliabilityOf(reliability);
    const mayBeLost = wanted.maxRetransmits !== undefined || wanted.maxPacketLifeTime !== undefined;
    if (wanted.ordered && !mayBeLost) return false;
    const opened = this.#find(pc, wanted);
    if (!opened) return false;
    const { channel, heldBytes } = opened;
    if (mayBeLost && channel.bufferedAmount + heldBytes > MOST_WAITING_BYTES) return true;
    if (channel.readyState === 'open') {
      if (typeof data === 'string') channel.send(data);
      else channel.send(data);
      return true;
    }
    if (heldBytes > MOST_WAITING_BYTES) return false;
    opened.held.push(data);
    opened.heldBytes += typeof data === 'string' ? data.length : data.byteLength;
    return true;
  }

  /** The peer has opened a channel. */
  take(channel: RTCDataChannel): void {
    if (this.#taken.size >= MOST_CHANNELS) return channel.close();
    this.#taken.add(channel);
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => this.#handlers.onMessage(data);
    channel.onclose = () => this.#taken.delete(channel);
  }

  /** Their connection is gone, and they with it. */
  forget(): void {
    for (const channel of this.#all) {
      channel.onopen = channel.onmessage = channel.onclose = channel.onbufferedamountlow = null;
    }
    this.#opened.clear();
    this.#taken.clear();
  }

  close(): void {
    const all = this.#all;
    this.forget();
    for (const channel of all) channel.close();
  }

  get #all(): readonly RTCDataChannel[] {
    return [...[...this.#opened.values()].map(({ channel }) => channel), ...this.#taken];
  }

  #find(pc: RTCPeerConnection, reliability: Reliability): Opened | null {
    const key = JSON.stringify(reliability);
    const present = this.#opened.get(key);
    if (present && present.channel.readyState !== 'closed') return present;
    if (!present && this.#opened.size >= MOST_CHANNELS) return null;
    const channel = pc.createDataChannel(this.#purpose, reliability);
    const opened: Opened = { channel, held: [], heldBytes: 0 };
    this.#opened.set(key, opened);
    channel.onopen = () => {
      const { held } = opened;
      opened.held = [];
      opened.heldBytes = 0;
      for (const data of held) {
        if (typeof data === 'string') channel.send(data);
        else channel.send(data);
      }
    };
    channel.onbufferedamountlow = () => this.#handlers.onLow();
    return opened;
  }
}
