// What a link needs of its owner, and what it tells it.
import type {
  Description,
  FeaturesMessage,
  PeerMessage,
  ReadyMessage,
  SignalBody,
  Source,
} from '@rtc-elements/protocol';

import type { Clock, PeerConnectionFactory } from '../../ports.js';
import type { RecoveryFacts } from '../recovery/rules/next-step.js';
import type { RelayProblemCode } from '../../state/relay-problems.js';
import type { LinkStatus } from '../../state/room-state.js';
import type { SectionWorld } from './track-senders.js';

/** What all links have in common. */
export interface LinkWorld extends SectionWorld {
  readonly clock: Clock;
  readonly createPeerConnection: PeerConnectionFactory;
  /** Called for each new connection. */
  configuration(): RTCConfiguration;
  /** A TURN server does not accept our credentials. */
  onTurnRefused(): void;
  /** A TURN server has given us a relay. */
  onTurnGranted(): void;
  /** Makes the recovery of a link; `null` until the background has been loaded. */
  createRecovery(): CreateRecovery | null;
}

/** The state of a link, as far as the link itself knows it. */
export interface LinkHealth extends Pick<
  RecoveryFacts,
  'state' | 'since' | 'isEarly' | 'isUnsent'
> {
  /** The peer says that it sends audio, so that silence means something. */
  readonly isExpected: boolean;
  /** An offer of ours is waiting for its answer. */
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

/** Decides when a link is restarted, rebuilt or given up; see `link-recovery`. */
export interface Recovery {
  /**
   * Looks at the link again: it has changed, or the peer or the room has shown that it is there.
   */
  look(): void;
  /** An offer of ours was sent. */
  offered(): void;
  /** Takes a report of the connection, whoever asked for it. */
  read(report: RTCStatsReport): void;
  /** The peer's description for `pc`, with what its browser gets wrong put right. */
  mend(pc: RTCPeerConnection, description: Description): Description;
  /** Acts as if the path had failed; for `Room.simulate()`. */
  fail(): void;
  close(): void;
}

export type CreateRecovery = (link: RecoverableLink, clock: Clock) => Recovery;

/** What a link tells its owner. */
export interface LinkHandlers {
  onSignal(body: SignalBody): void;
  /** Whether a signal of ours is waiting until the room is in reach. */
  isUnsent(): boolean;
  onStatus(status: LinkStatus): void;
  /** Why the link has no relay although it needs one; `null`: it needs none, or has one. */
  onRelay(code: RelayProblemCode | null): void;
  onTracks(tracks: ReadonlyMap<Source, MediaStreamTrack>): void;
  onOpen(): void;
  /** What the peer says about data has changed. */
  onData(): void;
  /** What is about data stays with the link. */
  onMessage(message: Exclude<PeerMessage, FeaturesMessage | ReadyMessage>): void;
  /** `fatal`: the link has failed because of it. */
  onError(cause: unknown, fatal: boolean): void;
}

/** `early`: the link offers before its peer is known; see `attach`. */
export type LinkRole = 'offer' | 'wait' | 'early';
