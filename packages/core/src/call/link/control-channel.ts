/** The control channel of a link: what two peers say to each other without the room. */
import { decodePeerMessage, encode, type PeerMessage } from '@rtc-elements/protocol';

export interface ControlHandlers {
  onOpen(): void;
  onMessage(message: PeerMessage): void;
  /** It closed by itself: the peer is gone, or SCTP is. */
  onClose(): void;
}

/** Agreed on beforehand under id 0, so that it opens without a round trip of its own. */
export class ControlChannel {
  readonly #channel: RTCDataChannel;

  constructor(pc: RTCPeerConnection, handlers: ControlHandlers) {
    this.#channel = pc.createDataChannel('control', { negotiated: true, id: 0 });
    this.#channel.onopen = () => handlers.onOpen();
    this.#channel.onclose = () => handlers.onClose();
    this.#channel.onmessage = ({ data }) => {
      const decoded = decodePeerMessage(data);
      // A newer client may say more than we know; that is no reason to lose the link.
      if (decoded.ok) handlers.onMessage(decoded.message);
    };
  }

  get isClosed(): boolean {
    return this.#channel.readyState === 'closed';
  }

  /** `false`: not open; nothing was sent. */
  send(message: PeerMessage): boolean {
    if (this.#channel.readyState !== 'open') return false;
    this.#channel.send(encode(message));
    return true;
  }

  /** From now on nobody hears of it, except `onClose`. */
  detach(onClose: (() => void) | null): void {
    this.#channel.onopen = this.#channel.onmessage = null;
    this.#channel.onclose = onClose;
  }
}
