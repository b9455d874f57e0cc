// What a link needs of its owner, and tells it.
import type { PeerMessage, SignalBody, Source } from '@rtc-elements/protocol';

import type { CameraEncoding } from '../governor/encoding.js';
import type { Clock, PeerConnectionFactory } from '../ports.js';
import type { LinkStatus } from '../state/room-state.js';
import type { Outgoing } from './track-senders.js';

/** What all links have in common. */
export interface LinkWorld {
  readonly clock: Clock;
  readonly createPeerConnection: PeerConnectionFactory;
  /** Asked for each new connection. */
  configuration(): RTCConfiguration;
  /** Live: what is to be sent, changed by its owner before `publish()` is called. */
  readonly outgoing: Outgoing;
  encoding(): CameraEncoding;
  /** A TURN server does not accept our credentials. */
  onTurnRefused(): void;
}

/** What a link tells its owner. */
export interface LinkHandlers {
  onSignal(body: SignalBody): void;
  onStatus(status: LinkStatus): void;
  onTracks(tracks: ReadonlyMap<Source, MediaStreamTrack>): void;
  onOpen(): void;
  onMessage(message: PeerMessage): void;
  /** `fatal`: the link has failed by it. */
  onError(cause: unknown, fatal: boolean): void;
}

/** `early`: offers before anybody is known; see `attach`. */
export type LinkRole = 'offer' | 'wait' | 'early';
