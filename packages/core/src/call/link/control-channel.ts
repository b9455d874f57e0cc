/** The control channel of a link: what two peers tell each other without the room. */
import { decodePeerMessage, encode, type PeerMessage } from '@rtc-elements/protocol';

import { createChannel, type LinkChannel, silence } from './peer-channels.js';

export interface ControlHandlers {
  onOpen(): void;
  onMessage(message: PeerMessage): void;
  /** It closed by itself: the peer is gone, or SCTP is. */
  onClose(): void;
}

/** The SCTP stream that both sides have agreed on. */
const CONTROL_ID = 0;

export class ControlChannel implements LinkChannel {
  readonly label = 'control';
  readonly #handlers: ControlHandlers;
  #channel: RTCDataChannel | null = null;

  constructor(handlers: ControlHandlers) {
    this.#handlers = handlers;
  }

  get isClosed(): boolean {
    return this.#channel?.readyState === 'closed';
  }

  /** `false`: not open; nothing was sent. */
  send(message: PeerMessage): boolean {
    if (this.#channel?.readyState !== 'open') return false;
    this.#channel.send(encode(message));
    return true;
  }

  connect(pc: RTCPeerConnection): void {
    const channel = (this.#channel = createChannel(pc, this.label, { id: CONTROL_ID }));
    channel.onopen = () => this.#handlers.onOpen();
    channel.onclose = () => this.#handlers.onClose();
    channel.onmessage = ({ data }) => {
      const decoded = decodePeerMessage(data);
      // A newer client may say more than we know; that is no reason to lose the link.
      if (decoded.ok) this.#handlers.onMessage(decoded.message);
    };
  }

  disconnect(onClose: (() => void) | null): void {
    if (this.#channel) silence(this.#channel, onClose);
  }
}
