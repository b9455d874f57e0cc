// What a link needs of its owner, and tells it.
import type { Description, PeerMessage, SignalBody, Source } from '@rtc-elements/protocol';

import type { StartEncoding } from '../adaptation/rules/start-encoding.js';
import type { Clock, PeerConnectionFactory } from '../../ports.js';
import type { RecoveryFacts } from '../recovery/rules/next-step.js';
import type { LinkStatus } from '../../state/room-state.js';
import type { Outgoing } from './track-senders.js';

/** What all links have in common. */
export interface LinkWorld {
  readonly clock: Clock;
  readonly createPeerConnection: PeerConnectionFactory;
  /** Asked for each new connection. */
  configuration(): RTCConfiguration;
  /** Live: what is to be sent, changed by its owner before `publish()` is called. */
  readonly outgoing: Outgoing;
  /** Of the camera, for each new connection. */
  startEncoding(): StartEncoding | null;
  /** A TURN server does not accept our credentials. */
  onTurnRefused(): void;
  /** What looks after a link; `null` until its part is there. */
  createRecovery(): CreateRecovery | null;
}

/** How a link is, as far as the link itself knows. */
export interface LinkHealth extends Pick<
  RecoveryFacts,
  'state' | 'since' | 'isEarly' | 'isUnsaid'
> {
  /** The peer says that it sends sound, so silence means something. */
  readonly isExpected: boolean;
  /** An offer of ours waits for its answer. */
  readonly isOffering: boolean;
}

/** A link, for its recovery. */
export interface RecoverableLink {
  readonly health: LinkHealth;
  getStats(): Promise<RTCStatsReport>;
  repeat(): void;
  lose(): void;
  restart(): void;
  rebuild(): void;
  giveUp(cause: unknown): void;
}

/** Decides when a link restarts, is rebuilt or given up; see `link-recovery`. */
export interface Recovery {
  /** Something about the link has changed, or the peer or the room has shown that it is there. */
  look(): void;
  /** An offer of ours was said. */
  offered(): void;
  /** A report of the connection, for whomever it was made. */
  read(report: RTCStatsReport): void;
  /** A description of the peer for `pc`, with what its browser gets wrong put right. */
  mend(pc: RTCPeerConnection, description: Description): Description;
  /** Does what is done about a path that has failed, though it has not: for `Room.simulate()`. */
  fail(): void;
  close(): void;
}

export type CreateRecovery = (link: RecoverableLink, clock: Clock) => Recovery;

/** What a link tells its owner. */
export interface LinkHandlers {
  onSignal(body: SignalBody): void;
  /** Whether a signal of ours still waits for the room to be in reach. */
  isUnsaid(): boolean;
  onStatus(status: LinkStatus): void;
  onTracks(tracks: ReadonlyMap<Source, MediaStreamTrack>): void;
  onOpen(): void;
  onMessage(message: PeerMessage): void;
  /** `fatal`: the link has failed by it. */
  onError(cause: unknown, fatal: boolean): void;
}

/** `early`: offers before anybody is known; see `attach`. */
export type LinkRole = 'offer' | 'wait' | 'early';
