// The seam between a room and what sends data from peer to peer: actions, ephemeral values, files.
import type { CallData, DataPurpose, Reliability } from '../call/ports.js';
import type { RoomContext } from '../room/room-context.js';
import type { RtcError } from '../state/errors.js';

/**
 * Whether data can be sent to a session now. `open`: yes. `opening`: not yet. `unsupported`: it has a client that
 * takes none of that kind. `none`: there is no connection to it.
 */
export type PathStatus = 'open' | 'opening' | 'unsupported' | 'none';

/** What is told of the paths of one purpose. */
export interface PeerPathHandlers {
  onOpen(session: string): void;
  onMessage(session: string, data: string | ArrayBuffer): void;
  /** What had not arrived is lost; `onOpen` follows. */
  onReset(session: string): void;
  /** The peer is gone from the call, or we are. */
  onClose(session: string): void;
  /** Whether the path to a peer has to stay although nothing is sent on it. */
  isHeld?(session: string): boolean;
}

/** The open data paths to all peers, for one purpose. */
export interface PeerPaths {
  statusOf(session: string): PathStatus;
  /**
   * `false`: the path is not open; nothing was sent. Only the sender chooses the `reliability` (default: in order, and
   * until it arrives); the receiver hears all messages alike.
   * @throws RtcError `message-too-large`, above 256 KiB.
   */
  send(session: string, data: string | ArrayBuffer, reliability?: Reliability): boolean;
  /** Resolves once more may be sent; `false`: the path is not open, or was reset meanwhile. */
  headroom(session: string): Promise<boolean>;
  close(): void;
}

/** Whether somebody waits for an answer on the lines to the peers, or might. */
export interface LineUse {
  /** When something other than a file was last sent or heard from peer to peer, by the clock, ms. */
  talkedAt: number;
}

/** What a capability that sends data gets of its room. */
export interface DataContext extends RoomContext {
  readonly lineUse: LineUse;
  reportError(error: RtcError): void;
  /** Calls `listener` after every change of the snapshot. Call the returned function to unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** The data of the call and of the links beside it; `null` while there are neither. */
  callData(): CallData | null;
  /**
   * Connects us with somebody to whom the call does not (DL-1). Resolves with `null` once we are, or if the call does so;
   * otherwise with the reason why we are not: `unsupported`, `peer-unreachable`, `not-found`, or what kept the code for it
   * from loading. Never rejects.
   */
  wantLink(session: string, purpose: DataPurpose): Promise<RtcError | null>;
  /** `load` is called when a peer wants to send for that purpose and nobody here has opened paths for it. */
  whenWanted(purpose: DataPurpose, load: () => void): void;
  /** Calls `look` when what a peer says about data has changed. Call the returned function to end that. */
  watchPeers(purpose: DataPurpose, look: (session: string) => void): () => void;
}
