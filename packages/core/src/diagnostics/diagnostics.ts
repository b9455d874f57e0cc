// What `Room.diagnostics()` returns: plain data, without messages, names or addresses of people.
import type { Connection, LeaveReason, Link, LocalSource } from '../state/room-state.js';

/** Properties of something in the browser, under their names in W3C specifications. */
export type DiagnosticsFacts = Readonly<Record<string, string | number | boolean>>;

/** Something that happened in the room. */
export interface DiagnosticsEvent {
  /** Milliseconds since 1970, by the clock of this machine. */
  readonly at: number;
  /**
   * `connection`, `call`, `socket`, `page`, `error`, `simulated`, a source, or a peer (`peer-1`).
   */
  readonly what: string;
  /** Its state from then on, or what was done. Failures by their `RtcErrorCode`. */
  readonly is: string;
}

/** One of our sources. */
export interface SourceDiagnostics {
  readonly status: LocalSource['status'];
  /** An `RtcErrorCode`. */
  readonly problem: string | null;
  /** Its track and the track's settings, while it is on. */
  readonly track: DiagnosticsFacts | null;
}

/** A connection that carries media: one for each peer in a mesh. */
export interface TransportDiagnostics {
  /** A name that is used in this report only. */
  readonly name: string;
  /**
   * As `RTCPeerConnection.connectionState`; `mute`: connected, but its control channel is closed.
   */
  readonly state: string;
  /** Counts the connections that have followed one another here, whichever side began them. */
  readonly epoch: number;
  /** The steps that recovery has taken on our side since the background of the call was loaded. */
  readonly restarts: number;
  readonly rebuilds: number;
  /** ICE and DTLS, and the figures of the selected pair. */
  readonly transport: DiagnosticsFacts;
  /** The selected candidate pair, with only the kind of each address. */
  readonly pair: { readonly local: DiagnosticsFacts; readonly remote: DiagnosticsFacts } | null;
  /** The number of candidates, by type and protocol. */
  readonly candidates: {
    readonly local: Readonly<Record<string, number>>;
    readonly remote: Readonly<Record<string, number>>;
  };
  /** One for each RTP stream, with its codec. */
  readonly sends: readonly DiagnosticsFacts[];
  readonly receives: readonly DiagnosticsFacts[];
}

/** A peer, as the snapshot shows it. */
export interface PeerDiagnostics extends Link {
  /** A name that is used in this report and its events only. */
  readonly name: string;
  /** The name of the transport over which we receive them; `null`: they are not in the call. */
  readonly transport: string | null;
  /** As `room.features`, of the peer; `null`: it has not said, as older clients. */
  readonly features: readonly string[] | null;
}

export interface Diagnostics {
  /** When the report was made, milliseconds since 1970. */
  readonly at: number;
  readonly versions: { readonly core: string; readonly protocol: number };
  readonly browser: {
    readonly userAgent: string;
    readonly page: DiagnosticsFacts;
    /** Parts of WebRTC that not every browser has. */
    readonly abilities: Readonly<Record<string, boolean>>;
    /** What it can decode, in its order of preference. */
    readonly codecs: readonly string[];
  };
  readonly room: {
    readonly connection: Connection;
    readonly left: LeaveReason | null;
    /** An `RtcErrorCode`. */
    readonly problem: string | null;
    /** The same for `RoomState.relayProblem`. */
    readonly relayProblem: string | null;
    readonly role: string | null;
    readonly inCall: boolean;
    readonly peers: number;
    readonly clockOffsetMs: number;
    /** The number of chat messages, by status. */
    readonly chat: Readonly<Record<string, number>>;
    /** What the room says that it takes beyond the first edition of the protocol (UN-4). */
    readonly features: readonly string[];
    /** How many keys, values and messages from the room this version did not know, and ignored (UN-2). */
    readonly unknown: number;
  };
  readonly media: {
    readonly microphone: SourceDiagnostics;
    readonly camera: SourceDiagnostics;
    readonly screen: SourceDiagnostics;
    /** The number of devices that the browser lists, by kind. */
    readonly devices: Readonly<Record<string, number>>;
  };
  readonly transports: readonly TransportDiagnostics[];
  readonly peers: readonly PeerDiagnostics[];
  /**
   * The last hundred, oldest first, since the call was under way or, without one, the first report.
   */
  readonly events: readonly DiagnosticsEvent[];
}
