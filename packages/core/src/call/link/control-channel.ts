/** The control channel of a link: what two peers tell each other without the room. */
import { decodePeerMessage, encode, type PeerMessage } from '@rtc-elements/protocol';

import type { PeerChannel, PeerChannels } from './peer-channels.js';

export interface ControlHandlers {
  onOpen(): void;
  onMessage(message: PeerMessage): void;
  /** It closed by itself: the peer is gone, or SCTP is. */
  onClose(): void;
}

/** The SCTP stream that both sides have agreed on. */
const CONTROL_ID = 0;

export class ControlChannel {
  readonly #channel: PeerChannel;

  constructor(channels: PeerChannels, handlers: ControlHandlers) {
    this.#channel = channels.open(
      'control',
      { id: CONTROL_ID },
      {
        onOpen: () => handlers.onOpen(),
        onClose: () => handlers.onClose(),
        onMessage: (data) => {
          const decoded = decodePeerMessage(data);
          // A newer client may say more than we know; that is no reason to lose the link.
          if (decoded.ok) handlers.onMessage(decoded.message);
        },
      },
    );
  }

  get isClosed(): boolean {
    return this.#channel.isClosed;
  }

  /** `false`: not open; nothing was sent. */
  send(message: PeerMessage): boolean {
    return this.#channel.send(encode(message));
  }
}
