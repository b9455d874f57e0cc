// The one snapshot that everything renders from. Readonly, plain, free of DOM names: tracks appear
// as ids, and `Room.getTrack()` turns a session and a source into the live object.
import type { ChatMessage, PeerEntry, RoomLimits, Source } from '@rtc-elements/protocol';

/**
 * `idle`: not joined. `connecting`: first try, or tries, to get in. `connected`: in.
 * `reconnecting`: the room is out of reach, media goes on. `closed`: over; see `RoomState.left`.
 */
export type Connection = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'closed';

/** Why a room was left. The same words as the elements' `rtc-leave`. */
export type LeaveReason =
  'left' | 'removed' | 'banned' | 'room-closed' | 'replaced' | 'network' | 'token-expired';

/** An error as the snapshot shows it. */
export interface Problem {
  /** An `RtcErrorCode`. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/**
 * `none`: no link, as one of the two is not in the call. `connecting`: the first time.
 * `reconnecting`: was connected. `failed`: given up for now.
 */
export type LinkStatus = 'none' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** How media travels: straight to the peer, or through a TURN server. */
export type LinkPath = 'direct' | 'relayed';

/** How a link does, sampled once a second. */
export interface LinkStats {
  /** Round trip of the selected candidate pair, ms. */
  readonly rttMs: number | null;
  /** Share of incoming packets lost in the last second, 0 to 1. */
  readonly loss: number;
  /** Bits per second over the last second, media and data together. */
  readonly inBps: number;
  readonly outBps: number;
}

export type Quality = 'good' | 'fair' | 'poor';

/** Our connection to one peer. */
export interface Link {
  readonly status: LinkStatus;
  readonly path: LinkPath | null;
  readonly stats: LinkStats | null;
  readonly quality: Quality | null;
}

/** Ids of the live tracks of somebody, by what they carry. */
export type TrackIds = Readonly<Partial<Record<Source, string>>>;

/** Somebody else in the room: their roster line and our link to them. */
export interface Peer extends PeerEntry {
  readonly link: Link;
  /** What arrives from them. */
  readonly tracks: TrackIds;
  readonly speaking: boolean;
  readonly typing: boolean;
  /** The room has given this session up, but our link to it still works (SG-5). */
  readonly lingering?: true;
}

/** Ourselves. */
export interface You extends PeerEntry {
  readonly speaking: boolean;
}

/** A chat line: as the room has it, or still on its way there. */
export interface ChatEntry {
  readonly id: string;
  /** The room's number; `null` until acknowledged. Pending lines come after all numbered ones. */
  readonly seq: number | null;
  /** Room clock, ms; for a pending line the client's best guess of it. */
  readonly at: number;
  readonly user: string;
  readonly name: string;
  readonly text: string;
  readonly kind: ChatMessage['kind'];
  /** `sent`: in the room. `pending`: goes out as soon as it can. `failed`: the room refused it; see `problem`. */
  readonly status: 'sent' | 'pending' | 'failed';
  readonly problem?: Problem;
}

export interface ChatState {
  /** Numbered ones in order, then pending ones in the order they were written. */
  readonly entries: readonly ChatEntry[];
  /** Older messages exist in the room. */
  readonly more: boolean;
  /** Highest `seq` that arrived live or in a page; 0 for none. */
  readonly lastSeq: number;
}

/** A microphone or camera of ours, or our screen. */
export interface LocalSource {
  readonly status: 'off' | 'starting' | 'on';
  /** The device in use, or chosen for the next time; `null`: the system's default. */
  readonly deviceId: string | null;
  /** The live track, while `on`. */
  readonly trackId: string | null;
  /** Why it is off against somebody's wish. */
  readonly problem: Problem | null;
}

/** A device as `enumerateDevices()` tells it. */
export interface Device {
  readonly deviceId: string;
  readonly kind: 'audioinput' | 'audiooutput' | 'videoinput';
  /** Empty until the person has allowed a device of this kind. */
  readonly label: string;
}

export interface LocalMediaState {
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalSource;
  /** The audio output that elements should play to; `null`: the default. */
  readonly speakerId: string | null;
  readonly devices: readonly Device[];
}

export interface RoomState {
  readonly connection: Connection;
  readonly room: string;
  /** `null` before the first welcome. */
  readonly you: You | null;
  /** Everybody else, in the order they joined. */
  readonly peers: readonly Peer[];
  readonly chat: ChatState;
  readonly media: LocalMediaState;
  readonly limits: RoomLimits;
  /** Add to the local wall clock for the room's, ms. */
  readonly clockOffsetMs: number;
  /** Set when `connection` is `closed`. */
  readonly left: LeaveReason | null;
  /** What is wrong with the connection now, in words; `null` when nothing is. */
  readonly problem: Problem | null;
}
