/**
 * The data channels of a link, one or more for each purpose. They outlive its connections: a new connection
 * makes each of them anew.
 */

/** A channel of a link, over all of its connections. */
export interface LinkChannel {
  readonly label: string;
  /** Makes it on `pc`, which is new. */
  connect(pc: RTCPeerConnection): void;
  /** After this, nothing is heard of what was made; `onClose` is called once it has closed. */
  disconnect(onClose: (() => void) | null): void;
  /** The peer has opened another channel of the same label. */
  take?(channel: RTCDataChannel): void;
}

export class PeerChannels {
  readonly #channels = new Map<string, LinkChannel>();
  /** `null` while there is no connection. */
  #pc: RTCPeerConnection | null = null;

  /** Makes the channel on the present connection and on each that replaces it. */
  add(channel: LinkChannel): void {
    this.#channels.set(channel.label, channel);
    if (this.#pc) channel.connect(this.#pc);
  }

  remove(channel: LinkChannel): void {
    if (this.#channels.get(channel.label) === channel) this.#channels.delete(channel.label);
  }

  /** Makes every channel on `pc`, which is new. */
  connect(pc: RTCPeerConnection): void {
    this.disconnect();
    this.#pc = pc;
    pc.ondatachannel = ({ channel }) => {
      const known = this.#channels.get(channel.label);
      if (known?.take) known.take(channel);
      else channel.close();
    };
    for (const channel of this.#channels.values()) channel.connect(pc);
  }

  /**
   * After this, nothing is heard of the present channels; `onClose` is called once the first of
   * them has closed.
   */
  disconnect(onClose: (() => void) | null = null): void {
    if (this.#pc) this.#pc.ondatachannel = null;
    this.#pc = null;
    for (const channel of this.#channels.values()) channel.disconnect(onClose);
  }
}

/** Both sides know the stream, so the channel opens without a round trip of its own. */
export function createChannel(
  pc: RTCPeerConnection,
  label: string,
  options: RTCDataChannelInit,
): RTCDataChannel {
  const channel = pc.createDataChannel(label, { ...options, negotiated: true });
  channel.binaryType = 'arraybuffer';
  return channel;
}

/** Nothing more is heard of it, except that it has closed. */
export function silence(channel: RTCDataChannel, onClose: (() => void) | null): void {
  channel.onopen = channel.onmessage = channel.onbufferedamountlow = null;
  channel.onclose = onClose;
}
