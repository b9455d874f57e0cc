// The snapshot that all rendering is based on. Readonly, plain and free of DOM types: tracks appear as
// ids, and `Room.getTrack()` returns the live track for a session and a source.
import type {
  BannedPerson,
  ChatFile,
  ChatMessage,
  MediaFlags,
  PeerEntry,
  Reactions,
  RoomLimits,
  Source,
  StateEntry,
  WaitingPerson,
} from '@rtc-elements/protocol';

import type { RtcErrorCode } from './error-codes.js';

/**
 * `idle`: not joined. `connecting`: trying to join. `waiting`: in the waiting room of a locked room, until
 * a host admits us (MO-3). `connected`: in the room. `reconnecting`: the room cannot be reached; media
 * continues. `closed`: the room was left; see `RoomState.left`.
 */
export type Connection =
  'idle' | 'connecting' | 'waiting' | 'connected' | 'reconnecting' | 'closed';

/** Why a room was left. The elements' `rtc-leave` event uses the same values. */
export type LeaveReason =
  'left' | 'removed' | 'banned' | 'room-closed' | 'replaced' | 'network' | 'token-expired';

/** An error as the snapshot shows it. */
export interface Problem {
  readonly code: RtcErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  /** How long to wait before a retry, ms after the problem appeared; present if the room specified it. */
  readonly retryAfterMs?: number;
}

/**
 * `none`: no link, because one of the two is not in the call. `full`: both are, but there is no place for one of them.
 * `connecting`: not connected yet. `reconnecting`: was connected before. `failed`: given up for now.
 */
export type LinkStatus = 'none' | 'full' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** How media travels: directly to the peer, or through a TURN server. */
export type LinkPath = 'direct' | 'relayed';

/** A picture as currently encoded; width and height in pixels. */
export interface PictureStats {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly fps: number;
}

/** Statistics of a link, sampled once a second while the page is visible. */
export interface LinkStats {
  /** Round-trip time of the selected candidate pair, ms. */
  readonly rttMs: number | null;
  /** Fraction of incoming packets lost in the last second, 0 to 1. */
  readonly loss: number;
  /** Fraction of our outgoing packets lost, as the peer reports it, 0 to 1; `null`: no report yet. */
  readonly lossOut: number | null;
  /** Bits per second over the last second, media and data together. */
  readonly inBps: number;
  readonly outBps: number;
  /** The transport at our end of the path; `tls` only to a relay. */
  readonly transport: 'udp' | 'tcp' | 'tls' | null;
  /** The largest picture being received; `null`: none. */
  readonly pictureIn: PictureStats | null;
  /** The largest picture being sent; `null`: none. */
  readonly pictureOut: PictureStats | null;
  /** The codecs in use in either direction, such as `opus` and `VP8`. */
  readonly codecs: readonly string[];
}

export type Quality = 'good' | 'fair' | 'poor';

/**
 * Why the quality of a link is reduced. `network`: our connection, or the path to the peer. `cpu`: this
 * device cannot keep up. `far-end`: the peer's end, as our other links are good or what we send arrives.
 */
export type QualityReason = 'network' | 'cpu' | 'far-end';

/** Our connection to one peer. */
export interface Link {
  readonly status: LinkStatus;
  readonly path: LinkPath | null;
  readonly stats: LinkStats | null;
  /** Drops within two seconds and recovers more slowly; `null`: not known yet. */
  readonly quality: Quality | null;
  /** Why the quality is not good; `null` if it is good, or if the reason is unknown. */
  readonly reason: QualityReason | null;
}

/** Ids of somebody's live tracks, by source. */
export type TrackIds = Readonly<Partial<Record<Source, string>>>;

/** Somebody else in the room: their roster entry and our link to them. */
export interface Peer extends PeerEntry {
  /** What they send, as the room or the peer itself reported last. For the roster alone, see `sent`. */
  readonly media: MediaFlags;
  /** What they send according to the roster. Nothing else is played (MO-1). */
  readonly sent: MediaFlags;
  readonly link: Link;
  /** The tracks received from them that may be played. */
  readonly tracks: TrackIds;
  readonly speaking: boolean;
  readonly typing: boolean;
  /** The room has dropped this session, but our link to it still works (SG-5). */
  readonly lingering?: true;
}

/** Ourselves. */
export interface You extends PeerEntry {
  /** Also set while the microphone is off but held (`holdMicrophone`), when nobody hears it. */
  readonly speaking: boolean;
}

/** A chat message, either stored in the room or still waiting to be sent. */
export interface ChatEntry {
  readonly id: string;
  /** Sequence number in the room; `null` until acknowledged. Pending messages follow all numbered ones. */
  readonly seq: number | null;
  /** When it was sent, by the room's clock, ms; estimated while pending. */
  readonly at: number;
  readonly user: string;
  readonly name: string;
  /** Empty once deleted. */
  readonly text: string;
  readonly kind: ChatMessage['kind'];
  /** What a message of the kind `file` tells of; the author's sessions have the bytes (CH-11). */
  readonly file?: ChatFile;
  /** The `seq` of the message it replies to. */
  readonly replyTo?: number;
  /** The latest revision in the room that affects this message (CH-8). */
  readonly rev?: number;
  /** When its text was last edited, by the room's clock, ms. */
  readonly editedAt?: number;
  /** Deleted; the entry keeps its place. */
  readonly deleted?: true;
  /** Users by emoji, in the order in which they reacted. */
  readonly reactions?: Reactions;
  /** `sent`: stored in the room. `pending`: sent as soon as possible. `failed`: refused; see `problem`. */
  readonly status: 'sent' | 'pending' | 'failed';
  readonly problem?: Problem;
}

export interface ChatState {
  /** Numbered messages in order, then pending ones in the order in which they were written. */
  readonly entries: readonly ChatEntry[];
  /** Whether the room has older messages. */
  readonly more: boolean;
  /** The highest `seq` received, live or in a page; 0 if none. */
  readonly lastSeq: number;
  /** The newest revision in the room known here (CH-8); 0 if none. */
  readonly lastRev: number;
}

/** Who may enter. The room sends `waiting` and `banned` only to people who may moderate. */
export interface Access {
  readonly locked: boolean;
  /** The open join requests, oldest first. */
  readonly waiting: readonly WaitingPerson[];
  readonly banned: readonly BannedPerson[];
}

/** Our microphone, camera or screen. */
export interface LocalSource {
  readonly status: 'off' | 'starting' | 'on';
  /** The device in use, or chosen for next time; `null`: the system's default. */
  readonly deviceId: string | null;
  /** Id of the live track while `on`. */
  readonly trackId: string | null;
  /** Why it is off although it was requested; `device-silent`: it is on but delivers nothing. */
  readonly problem: Problem | null;
}

/** A device as reported by `enumerateDevices()`. */
export interface Device {
  readonly deviceId: string;
  readonly kind: 'audioinput' | 'audiooutput' | 'videoinput';
  /** Empty until the person has granted access to a device of this kind. */
  readonly label: string;
}

export interface LocalMediaState {
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalSource;
  /** Id of the audio output that elements should use; `null`: the default. */
  readonly speakerId: string | null;
  readonly devices: readonly Device[];
}

export interface RoomState {
  readonly connection: Connection;
  readonly room: string;
  /** `null` before the first welcome. */
  readonly you: You | null;
  /** Everybody else, in the order in which they joined. */
  readonly peers: readonly Peer[];
  readonly chat: ChatState;
  readonly media: LocalMediaState;
  readonly access: Access;
  /** The values that everybody shares (ST-1), by key; has no prototype. */
  readonly sharedState: Readonly<Record<string, StateEntry>>;
  readonly limits: RoomLimits;
  /** Add to the local wall clock to get the room's, ms. */
  readonly clockOffsetMs: number;
  /** Set when `connection` is `closed`. */
  readonly left: LeaveReason | null;
  /**
   * What is currently wrong with the connection; `null` if nothing is, and for as long as a connection that was lost may
   * be back with the next attempt.
   */
  readonly problem: Problem | null;
  /** `call-full`: we entered the call and come in when somebody leaves it; `null`: we are in it, or did not enter. */
  readonly callProblem: Problem | null;
  /**
   * Why no TURN server gives us a relay although the call needs one; `null` if none is needed or all is well.
   * Its code is one of `turn-refused`, `turn-forbidden`, `turn-quota`, `turn-capacity`, `turn-unreachable` and
   * `turn-missing`.
   */
  readonly relayProblem: Problem | null;
  /** `playback-blocked`: the browser does not play what is attached before a click, see `Room.audio`. */
  readonly soundProblem: Problem | null;
}
