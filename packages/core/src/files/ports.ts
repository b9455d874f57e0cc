/** What the two ends of a transfer need of what is around them. */
import type { FileOfferEvent } from '../api/files-api.js';
import type { PathStatus } from '../data/ports.js';
import type { Clock } from '../ports.js';
import type { RoomState } from '../state/room-state.js';
import type { HashedPart } from './rules/assembly.js';
import type { FileFrame } from './rules/frames.js';
import type { TransferList } from './transfer-list.js';
import type { TransferRecords } from './transfer-records.js';

/** The way to the other person. */
export interface TransferPath {
  readonly clock: Clock;
  /** `false`: there is no open path; nothing was sent. */
  send(session: string, frame: FileFrame): boolean;
  /** Resolves once more may be sent; `false`: there is no open path, or it was reset meanwhile. */
  headroom(session: string): Promise<boolean>;
  /** Whether somebody talks over the line at the same time, by media or by data. */
  isShared(): boolean;
}

/** Where the parts of a transfer are put, in any order. */
export interface PartSink {
  /** A part that was found whole. Its bytes are the sink's from now on. Throws RtcError `no-space`, `destination-lost`. */
  write(part: HashedPart): Promise<void>;
  /** All bytes, in order; `null` if they are in a file of the person's own. */
  read(): Promise<Blob | null>;
  /** Everything is there. Throws as `write()`. */
  finish(): Promise<void>;
  /** Deletes what was written. Never rejects. */
  discard(): Promise<void>;
}

/** What both directions share: the room, the list, and the paths to the peers. */
export interface FilesContext extends TransferPath {
  readonly list: TransferList;
  readonly records: TransferRecords;
  /** The address of the room. */
  readonly room: string;
  getSnapshot(): RoomState;
  statusOf(session: string): PathStatus;
  /** Has a way made to them, if there is none (DL-1). */
  reach(session: string): void;
  dispatchEvent(event: FileOfferEvent): void;
}
