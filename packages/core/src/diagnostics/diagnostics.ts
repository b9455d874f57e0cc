// What `Room.diagnostics()` returns: plain data, and nothing in it that people said, are called or live at.
import type {
  Connection,
  LeaveReason,
  LinkPath,
  LinkStats,
  LinkStatus,
  LocalSource,
  Quality,
  QualityReason,
} from '../state/room-state.js';

/** What a browser says of something, by the names that the W3C gave it. */
export type DiagnosticsFacts = Readonly<Record<string, string | number | boolean>>;

/** Something that happened, as the report's reader should know it. */
export interface DiagnosticsEvent {
  /** Milliseconds since 1970, by the clock of this machine. */
  readonly at: number;
  /** `connection`, `call`, `socket`, `page`, `error`, `simulated`, a device, or a peer such as `peer-1`. */
  readonly what: string;
  /** How it is from then on, or what was done. Failures by their `RtcErrorCode`. */
  readonly is: string;
}

/** One of our sources. */
export interface SourceDiagnostics {
  readonly status: LocalSource['status'];
  /** An `RtcErrorCode`. */
  readonly problem: string | null;
  /** Its track and the settings of it, while it is on. */
  readonly track: DiagnosticsFacts | null;
}

/** One link. */
export interface LinkDiagnostics {
  /** A name for this report and its events only. */
  readonly peer: string;
  readonly status: LinkStatus;
  readonly path: LinkPath | null;
  readonly quality: Quality | null;
  /** What it suffers from, where it is not good. */
  readonly reason: QualityReason | null;
  /** Over the last second. */
  readonly stats: LinkStats | null;
  /** As `RTCPeerConnection.connectionState`; `mute`: connected, but its control channel is closed. */
  readonly state: string;
  /** Counts the connections of this link, whichever side began them. */
  readonly epoch: number;
  /** What its recovery on our side has tried since the call was under way. */
  readonly restarts: number;
  readonly rebuilds: number;
  /** ICE and DTLS, and the figures of the selected pair. */
  readonly transport: DiagnosticsFacts;
  /** The selected pair; addresses by their kind only. */
  readonly pair: { readonly local: DiagnosticsFacts; readonly remote: DiagnosticsFacts } | null;
  /** How many candidates there are, by type and protocol. */
  readonly candidates: {
    readonly local: Readonly<Record<string, number>>;
    readonly remote: Readonly<Record<string, number>>;
  };
  /** One for each stream of media, with its codec. */
  readonly sends: readonly DiagnosticsFacts[];
  readonly receives: readonly DiagnosticsFacts[];
}

export interface Diagnostics {
  /** When it was made. */
  readonly at: number;
  readonly versions: { readonly core: string; readonly protocol: number };
  readonly browser: {
    readonly userAgent: string;
    readonly page: DiagnosticsFacts;
    /** Parts of WebRTC that not every browser has. */
    readonly abilities: Readonly<Record<string, boolean>>;
    /** What it can decode, best first. */
    readonly codecs: readonly string[];
  };
  readonly room: {
    readonly connection: Connection;
    readonly left: LeaveReason | null;
    /** An `RtcErrorCode`. */
    readonly problem: string | null;
    readonly role: string | null;
    readonly inCall: boolean;
    readonly peers: number;
    readonly clockOffsetMs: number;
    /** Lines of the chat by their status. */
    readonly chat: Readonly<Record<string, number>>;
  };
  readonly media: {
    readonly microphone: SourceDiagnostics;
    readonly camera: SourceDiagnostics;
    readonly screen: SourceDiagnostics;
    /** How many the browser lists, by kind. */
    readonly devices: Readonly<Record<string, number>>;
  };
  readonly links: readonly LinkDiagnostics[];
  /** The last hundred, oldest first: from when the call was under way, or else from the first report. */
  readonly events: readonly DiagnosticsEvent[];
}
