// The one snapshot that everything renders from. Readonly, plain, free of DOM names: tracks appear
// as ids, and `Room.getTrack()` turns a session and a source into the live object.
import type {
  BannedPerson,
  ChatMessage,
  MediaFlags,
  PeerEntry,
  Reactions,
  RoomLimits,
  Source,
  StateEntry,
  WaitingPerson,
} from '@rtc-elements/protocol';

/**
 * `idle`: not joined. `connecting`: first try, or tries, to get in. `waiting`: at the door of a locked
 * room, until a host admits us (MO-3). `connected`: in. `reconnecting`: the room is out of reach, media
 * goes on. `closed`: over; see `RoomState.left`.
 */
export type Connection =
  'idle' | 'connecting' | 'waiting' | 'connected' | 'reconnecting' | 'closed';

/** Why a room was left. The same words as the elements' `rtc-leave`. */
export type LeaveReason =
  'left' | 'removed' | 'banned' | 'room-closed' | 'replaced' | 'network' | 'token-expired';

/** An error as the snapshot shows it. */
export interface Problem {
  /** An `RtcErrorCode`. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** When that is worth trying, ms from when it was shown, where the room said so. */
  readonly retryAfterMs?: number;
}

/**
 * `none`: no link, as one of the two is not in the call. `connecting`: the first time.
 * `reconnecting`: was connected. `failed`: given up for now.
 */
export type LinkStatus = 'none' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** How media travels: straight to the peer, or through a TURN server. */
export type LinkPath = 'direct' | 'relayed';

/** A picture as it is encoded now. */
export interface PictureStats {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly fps: number;
}

/** How a link does, sampled once a second while the page is shown. */
export interface LinkStats {
  /** Round trip of the selected candidate pair, ms. */
  readonly rttMs: number | null;
  /** Share of incoming packets lost in the last second, 0 to 1. */
  readonly loss: number;
  /** Share of what we send that they lost, as they report it, 0 to 1; `null`: they have not said. */
  readonly lossOut: number | null;
  /** Bits per second over the last second, media and data together. */
  readonly inBps: number;
  readonly outBps: number;
  /** How our end of the path travels; `tls` only to a relay. */
  readonly transport: 'udp' | 'tcp' | 'tls' | null;
  /** The largest picture that arrives now; `null`: none does. */
  readonly pictureIn: PictureStats | null;
  /** The largest that we send them. */
  readonly pictureOut: PictureStats | null;
  /** In use either way, such as `opus` and `VP8`. */
  readonly codecs: readonly string[];
}

export type Quality = 'good' | 'fair' | 'poor';

/**
 * What a link suffers from. `network`: our line, or the way to them. `cpu`: this device cannot keep up.
 * `far-end`: their side; our line carries everybody else well, or what we send them arrives.
 */
export type QualityReason = 'network' | 'cpu' | 'far-end';

/** Our connection to one peer. */
export interface Link {
  readonly status: LinkStatus;
  readonly path: LinkPath | null;
  readonly stats: LinkStats | null;
  /** Worse within two seconds, better only after a while; `null`: not known yet. */
  readonly quality: Quality | null;
  /** Why it is not good; `null` when it is, or not known. */
  readonly reason: QualityReason | null;
}

/** Ids of the live tracks of somebody, by what they carry. */
export type TrackIds = Readonly<Partial<Record<Source, string>>>;

/** Somebody else in the room: their roster line and our link to them. */
export interface Peer extends PeerEntry {
  /** What they send, by their own word where that came first; what the room says is in `sent`. */
  readonly media: MediaFlags;
  /** What the roster says that they send: of anything else nothing is played (MO-1). */
  readonly sent: MediaFlags;
  readonly link: Link;
  /** What arrives from them and may be played. */
  readonly tracks: TrackIds;
  readonly speaking: boolean;
  readonly typing: boolean;
  /** The room has given this session up, but our link to it still works (SG-5). */
  readonly lingering?: true;
}

/** Ourselves. */
export interface You extends PeerEntry {
  /** Also while the microphone is off but held (`holdMicrophone`): then nobody hears it. */
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
  /** Empty once deleted. */
  readonly text: string;
  readonly kind: ChatMessage['kind'];
  /** The `seq` of the line that it answers. */
  readonly replyTo?: number;
  /** Of all revisions in the room, the last that concerns this line (CH-8). */
  readonly rev?: number;
  /** When its text was changed last, by the room's clock. */
  readonly editedAt?: number;
  /** Taken back; it keeps its place. */
  readonly deleted?: true;
  /** Users by emoji, in the order they reacted. */
  readonly reactions?: Reactions;
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
  /** The newest revision in the room that is known here (CH-8); 0 for none. */
  readonly lastRev: number;
}

/** The door of the room. Who waits and who is banned is told to those who may moderate, only. */
export interface Access {
  readonly locked: boolean;
  /** Who asks to come in, the longest waiting first. */
  readonly waiting: readonly WaitingPerson[];
  readonly banned: readonly BannedPerson[];
}

/** A microphone or camera of ours, or our screen. */
export interface LocalSource {
  readonly status: 'off' | 'starting' | 'on';
  /** The device in use, or chosen for the next time; `null`: the system's default. */
  readonly deviceId: string | null;
  /** The live track, while `on`. */
  readonly trackId: string | null;
  /** Why it is off against somebody's wish; `device-silent`: it is on, and gives nothing. */
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
  readonly access: Access;
  /** The values of record that everybody shares (ST-1), by key; without a prototype. */
  readonly sharedState: Readonly<Record<string, StateEntry>>;
  readonly limits: RoomLimits;
  /** Add to the local wall clock for the room's, ms. */
  readonly clockOffsetMs: number;
  /** Set when `connection` is `closed`. */
  readonly left: LeaveReason | null;
  /** What is wrong with the connection now, in words; `null` when nothing is. */
  readonly problem: Problem | null;
}
