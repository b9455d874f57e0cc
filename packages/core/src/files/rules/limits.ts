/** The figures of the transfer of files (FT-1 to FT-9 of docs/protocol.md). */

/** What is hashed, verified, kept and fetched again as one. */
export const FILE_PART_BYTES = 1_048_576;

/** Of a part, in one frame: larger ones are no faster, and what waits in front of a control message is sent whole. */
export const PIECE_BYTES = 65_536;

/** The same where less is on its way at once: a message of somebody else waits for the piece before it. */
export const SMALL_PIECE_BYTES = 16_384;

/** The same on a slow line: 16 ms at 2 Mbit/s. */
export const TINY_PIECE_BYTES = 4_096;

/** How far a sender may be ahead of what the receiver has stored. It bounds the memory of the receiver. */
export const WINDOW_BYTES = 8 * FILE_PART_BYTES;

/** How far it may be ahead of what has arrived: with a round trip of 100 ms this still carries 40 MB/s. */
export const AHEAD_BYTES = 4 * FILE_PART_BYTES;

/** 256 GiB: the list of hashes stays below 8 MiB. */
export const MAX_BYTES = 262_144 * FILE_PART_BYTES;

export const MAX_ENTRIES = 10_000;

/** Of the paths and sizes of all entries together, encoded. */
export const MAX_MANIFEST_BYTES = 4 * FILE_PART_BYTES;

/** What an offer names of its entries. */
export const SAMPLE_ENTRIES = 20;

/** UTF-8, of a name or one step of a path: what file systems bear. */
export const MAX_NAME_BYTES = 255;

/** UTF-8, of a path in a folder. */
export const MAX_PATH_BYTES = 1_024;

/** UTF-8, of words for a person. */
export const MAX_REASON_BYTES = 800;

/** Offers of one user that nobody has answered yet. */
export const MAX_PENDING_PER_USER = 8;

/** The same of everybody together. */
export const MAX_PENDING = 64;

/** Runs of parts that an answer names; what it leaves out is sent again. */
export const MAX_RUNS = 2_048;

/** How often a part is fetched before the transfer is given up. */
export const MAX_FETCHES = 4;

/** The most that transfers to memory may take together. */
export const MEMORY_BYTES = 64 * FILE_PART_BYTES;

/** How long what has arrived is kept for a transfer that nobody goes on with, ms. */
export const KEPT_MS = 7 * 24 * 3_600_000;
