/** Files from person to person: what a page offers, accepts and sees of it. Nothing of a file goes through the room. */
import type { Problem } from '../state/room-state.js';
import type { RtcError } from '../state/errors.js';

/** What can be offered at once. A directory handle stands for everything in it. */
export type FileSelection =
  File | FileSystemHandle | FileList | readonly (File | FileSystemHandle)[];

export interface OfferOptions {
  /** The session or sessions that it is for. Default: everybody in the room whose page takes files. */
  readonly to?: string | readonly string[];
  /** What others see instead of the name of the file or folder. */
  readonly name?: string;
}

/**
 * Where a file goes. A handle of `showSaveFilePicker()`: one file is written as it arrives, several become one zip. A
 * handle of `showDirectoryPicker()`: files and folders under their own names, none of which is replaced. `storage`: the
 * browser's private storage, and from there to a download by `RoomFiles.take()`; survives a reload. `memory`: the same
 * without a trace, for at most 64 MiB in all.
 */
export type FileSink = FileSystemFileHandle | FileSystemDirectoryHandle | 'storage' | 'memory';

export interface AcceptOptions {
  /** Default: `storage`, or `memory` where the browser has no storage for this page. */
  readonly sink?: FileSink;
}

/** One file of a transfer. */
export interface TransferEntry {
  /** Its name; in a folder its path, with `/`. Cleaned: it has no control characters and leads nowhere else. */
  readonly path: string;
  readonly size: number;
}

/**
 * `offered`: waits for the receiver to accept or decline. `waiting`: accepted, or to be resumed, and waits for the
 * connection. `running`. `paused`: see `pausedBy`. `checking`: one side reads what is there already. `saving`: all of it
 * is here and is written to where it goes. `interrupted`: goes on after `resume()`, or by itself once the other person is
 * back; see `problem` and `needsFiles`. The others are final: `done`, `declined`, `cancelled`, `failed`.
 */
export type TransferStatus =
  | 'offered'
  | 'waiting'
  | 'running'
  | 'paused'
  | 'checking'
  | 'saving'
  | 'interrupted'
  | 'done'
  | 'declined'
  | 'cancelled'
  | 'failed';

/** Files on their way between us and one other person. Plain, readonly and replaced when something changes. */
export interface Transfer {
  /** Unique in the list. */
  readonly id: string;
  /** The same for every receiver of one `offer()`, and what `share()` returned. */
  readonly offer: string;
  readonly direction: 'send' | 'receive';
  /** The other person's present session; `null` while they are not in the room. */
  readonly session: string | null;
  /** The other person, and their name when they were last seen. */
  readonly user: string;
  readonly peerName: string;
  readonly kind: 'file' | 'files' | 'folder';
  /** The name of the file or folder, cleaned; of several files, that of the zip they are saved as. */
  readonly name: string;
  /** The type that the sender claims, such as `image/png`; '' if unknown. Never decide by it what is safe. */
  readonly type: string;
  /** How many files there are. */
  readonly count: number;
  /** The files, as far as they are known: the first 20 of an offer, all of them while they arrive. */
  readonly entries: readonly TransferEntry[];
  /** Bytes in all. */
  readonly size: number;
  /** Bytes that have arrived and were found whole. Never decreases. */
  readonly bytes: number;
  /** `bytes` of `size`, 0 to 1; of an empty file 1 when it is done. Sampled ten times a second. */
  readonly progress: number;
  /** Bytes per second over the last few seconds; `null` unless it is running. */
  readonly speed: number | null;
  /** Whole seconds left at that speed; `null`: unknown. */
  readonly secondsLeft: number | null;
  readonly status: TransferStatus;
  /** Who pauses it: each side resumes what it has paused. `null` unless `paused`. */
  readonly pausedBy: 'us' | 'them' | 'both' | null;
  /**
   * Why it is not going on. Codes: `sender-gone`, `receiver-gone`, `no-space`, `destination-lost`, `file-declined`,
   * `file-cancelled`, `file-corrupt`, `file-unreadable`, `file-mismatch`, `too-many-offers`, `not-allowed`,
   * `transfer-broken`, `peer-unreachable`, `unsupported`.
   */
  readonly problem: Problem | null;
  /** We sent it before this page was reloaded: it goes on after `resume(id, files)` with the same files. */
  readonly needsFiles: boolean;
  /** Whether `take()` returns it now. */
  readonly isTakeable: boolean;
  /** Whether the page takes care of it, as it has prevented the default of `file-offer`: then no element shows it. */
  readonly isHandled: boolean;
}

/** One `offer()`, to all of its receivers. */
export interface FileOffer {
  readonly id: string;
  /** The transfers as they are now, one for each receiver. */
  readonly transfers: readonly Transfer[];
  /** The mean of all receivers, 0 to 1. */
  readonly progress: number;
  /** Resolves once each transfer is `done`, `declined`, `cancelled` or `failed`. Never rejects. */
  readonly done: Promise<readonly Transfer[]>;
  cancel(): void;
}

/** What somebody must know to ask for files that are shared, for a chat message, say. Plain, for JSON. */
export interface SharedFiles {
  readonly id: string;
  readonly kind: Transfer['kind'];
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly count: number;
}

export interface RoomFiles {
  /** All transfers, oldest first; the same array until something changes. */
  getSnapshot(): readonly Transfer[];
  /**
   * Calls `listener` after every change, at most ten times a second while only bytes change. Call the returned function
   * to unsubscribe. Interrupted transfers of an earlier page enter the list once somebody subscribes.
   */
  subscribe(listener: () => void): () => void;
  /**
   * Offers files, a folder or several of both. Nothing is read but names, sizes and dates until somebody accepts.
   * Resolves once the offers are on their way.
   * @throws RtcError `not-found` (nobody of `to` is here, or nothing to offer is left after reading the folders);
   * `unsupported` (nobody of them takes files); `not-allowed` (a listener); `bad-argument` (too many files, or names that
   * are too long); `file-unreadable` (a folder cannot be read); `part-unavailable`; `aborted` (the room was left).
   */
  offer(files: FileSelection, options?: OfferOptions): Promise<FileOffer>;
  /**
   * Keeps files ready for whoever asks by `request()`, until the page is closed, the room left, or `unshare()`. Sends nothing.
   * @throws RtcError as `offer()`.
   */
  share(files: FileSelection, options?: Pick<OfferOptions, 'name'>): Promise<SharedFiles>;
  unshare(id: string): void;
  /**
   * Asks `session` for what it shares, and accepts it. Resolves with the id of the transfer.
   * @throws RtcError `not-found` (they are not here, or do not share it any more); `unsupported`; `peer-unreachable`;
   * `timeout`; `no-space`; `aborted`.
   */
  request(shared: string, from: string, options?: AcceptOptions): Promise<string>;
  /**
   * Accepts an offer. Resolves once the first byte may come.
   * @throws RtcError `not-found` (there is no such offer any more); `no-space` (more than the storage or the memory for
   * it takes); `destination-lost` (the handle may not be written); `unsupported` (no storage here).
   */
  accept(id: string, options?: AcceptOptions): Promise<void>;
  /** Declines an offer. `reason`: what the sender reads, at most 200 characters. */
  decline(id: string, reason?: string): void;
  /** Stops the bytes for now. Either side may; what is paused stays so until the same side resumes it. */
  pause(id: string): void;
  /**
   * Goes on with what was paused, interrupted or failed in a way that can be repaired. `files`: the same files again,
   * for a transfer that `needsFiles`. They are checked by size and content. Resolves once they were checked as far as they
   * need to be here; that bytes come again is seen in the list.
   * @throws RtcError `not-found`; `file-mismatch` (they are others); `no-space`, `destination-lost`.
   */
  resume(id: string, files?: FileSelection): Promise<void>;
  /** Ends a transfer for both sides. What has arrived of it is deleted. */
  cancel(id: string): void;
  /** Removes a transfer from the list, with what is kept of it here. One that has not ended is cancelled. */
  discard(id: string): Promise<void>;
  /**
   * What was received: one file as it is, several as one zip. Its type is the claimed one, unless a browser would run
   * it: then `application/octet-stream`. It is read from the browser's storage as it is used, and stays there until
   * `discard()`, or for seven days.
   * @throws RtcError `not-found` (not received, already written to a handle, or deleted); `part-unavailable`.
   */
  take(id: string): Promise<File>;
  /**
   * A received raster picture to show, of at most 32 MiB: PNG, JPEG, GIF, WebP, AVIF or BMP by its first bytes,
   * whatever it is called; `null`: it is none.
   */
  preview(id: string): Promise<Blob | null>;
}

/**
 * Somebody offers us files: the transfer is in the list already, and a listener may accept or decline it. `preventDefault()`:
 * the page takes care of it. Nothing is declined by that; `Transfer.isHandled` is `true` then, and no element shows it.
 */
export class FileOfferEvent extends Event {
  constructor(readonly transfer: Transfer) {
    super('file-offer', { cancelable: true });
  }
}

/** A transfer has moved on: ten times a second at most, while bytes flow. */
export class FileProgressEvent extends Event {
  constructor(readonly transfer: Transfer) {
    super('file-progress');
  }
}

/** A transfer has ended, well or not: `done`, `declined`, `cancelled` or `failed`. */
export class FileDoneEvent extends Event {
  constructor(
    readonly transfer: Transfer,
    /** Why it was not `done`. */
    readonly error: RtcError | null,
  ) {
    super('file-done');
  }
}
