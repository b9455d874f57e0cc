/** The requests that an element can make of its room: their parameters, and what they result in. */
import type {
  Diagnostics,
  FileOffer,
  FileSelection,
  FileSink,
  NetworkReport,
  OfferOptions,
  PresenceUpdate,
  RoomPeople,
  RtcError,
  ScreenOptions,
  SimulatedFault,
} from '@rtc-elements/core';
import type { ChatPage, Json, MediaSource, Role, ShownSize } from '@rtc-elements/protocol';

import type { Panel } from '../interface-state.js';

/** What a request takes, beside `do`, and the `value` of its outcome. */
export interface RequestType<Parameters = object, Value = void> {
  readonly parameters: Parameters;
  readonly value: Value;
}

/** `true` turns on, `false` turns off; without it, the request toggles. */
interface Toggle {
  readonly force?: boolean;
}

interface OfMessage {
  /** The number of the message in the room. */
  readonly seq: number;
}

interface OfPeer {
  /** The session id of the peer in the snapshot. */
  readonly session: string;
}

interface OfTransfer {
  /** The id of the transfer in the list. */
  readonly id: string;
}

interface OfUser {
  /** The user id of the peer in the snapshot. */
  readonly user: string;
}

interface OfValue {
  readonly key: string;
  /** Only if the stored value still has this revision; 0: only if there is none. */
  readonly rev?: number;
}

/** Every request, by name. What each of them does is described in core, at the method of `Room` that it calls. */
export interface RequestMap {
  /** Joins the room and its call; from the chat, enters the call. `call: false`: the chat only. */
  readonly join: RequestType<{ readonly name?: string; readonly call?: boolean }>;
  readonly leave: RequestType;
  /** Joins again after the stay has ended, with devices as the person left them. */
  readonly rejoin: RequestType;
  /** Leaves the call, but stays in the chat. */
  readonly 'leave-call': RequestType;
  /** Moves the call to another engine, or to the `mesh`. */
  readonly 'move-call': RequestType<{ readonly engine: string }>;
  readonly 'set-presence': RequestType<PresenceUpdate>;
  /** Who is in the room, without joining it. */
  readonly 'peek-room': RequestType<object, RoomPeople>;

  readonly 'toggle-microphone': RequestType<Toggle>;
  readonly 'toggle-camera': RequestType<Toggle>;
  readonly 'toggle-screen': RequestType<Toggle>;
  readonly 'toggle-hand': RequestType<Toggle>;
  /** Its value is the panel that is open afterwards. */
  readonly 'toggle-panel': RequestType<Toggle & { readonly panel: Panel }, Panel | null>;
  /** Shares a screen, with options that `toggle-screen` does not take. */
  readonly 'share-screen': RequestType<ScreenOptions>;
  readonly 'use-microphone': RequestType<{ readonly deviceId: string }>;
  readonly 'use-camera': RequestType<{ readonly deviceId: string }>;
  /** `null` is the system's default output. */
  readonly 'use-speaker': RequestType<{ readonly deviceId: string | null }>;
  readonly 'enable-sound': RequestType;
  /** Says how large somebody's picture is shown, in device pixels; `null`: it is not shown. */
  readonly 'show-picture': RequestType<
    OfPeer & { readonly source: 'camera' | 'screen'; readonly size: ShownSize | null }
  >;

  readonly 'send-message': RequestType<
    { readonly text: string; readonly replyTo?: number },
    { readonly id: string; readonly seq: number; readonly at: number }
  >;
  readonly 'edit-message': RequestType<OfMessage & { readonly text: string }>;
  readonly 'delete-message': RequestType<OfMessage>;
  readonly react: RequestType<OfMessage & { readonly emoji: string; readonly on: boolean }>;
  /** The `id` of the local user's failed message. */
  readonly 'retry-message': RequestType<{ readonly id: string }>;
  readonly 'discard-message': RequestType<{ readonly id: string }>;
  /** Makes the composer answer a message, or edit it; `null`: write a new one. */
  readonly 'target-message': RequestType<{
    readonly seq: number | null;
    readonly edits?: boolean;
  }>;
  readonly 'set-typing': RequestType<{ readonly on: boolean }>;
  /** Without `seq`, marks everything as read, and the unread count becomes 0. */
  readonly 'mark-read': RequestType<{ readonly seq?: number }>;
  /** Loads a page of messages; without parameters, of older ones. */
  readonly 'load-history': RequestType<
    { readonly before?: number; readonly after?: number; readonly limit?: number },
    ChatPage
  >;
  readonly 'search-messages': RequestType<
    { readonly query: string; readonly before?: number; readonly limit?: number },
    ChatPage
  >;

  /** Offers files to a session, to several, or to everybody whose page takes files. */
  readonly 'send-files': RequestType<{ readonly files: FileSelection } & OfferOptions, FileOffer>;
  /** Keeps files ready, and tells of them in the chat: `text` says the same in words. */
  readonly 'share-files': RequestType<
    { readonly files: FileSelection; readonly text: string; readonly replyTo?: number },
    { readonly id: string; readonly seq: number; readonly at: number }
  >;
  /** Asks a session for what it shares. Its value is the id of the transfer. */
  readonly 'request-files': RequestType<
    OfPeer & { readonly shared: string; readonly sink?: FileSink },
    string
  >;
  readonly 'accept-transfer': RequestType<OfTransfer & { readonly sink?: FileSink }>;
  /** `reason`: what the sender reads. */
  readonly 'decline-transfer': RequestType<OfTransfer & { readonly reason?: string }>;
  readonly 'pause-transfer': RequestType<OfTransfer>;
  /** `files`: the same files again, for a transfer that needs them. */
  readonly 'resume-transfer': RequestType<OfTransfer & { readonly files?: FileSelection }>;
  readonly 'cancel-transfer': RequestType<OfTransfer>;
  /** Takes a transfer off the list, with what is kept of it. */
  readonly 'discard-transfer': RequestType<OfTransfer>;
  /** Its value is what was received. */
  readonly 'take-transfer': RequestType<OfTransfer, File>;

  readonly 'set-value': RequestType<OfValue & { readonly value: Json }>;
  readonly 'delete-value': RequestType<OfValue>;

  readonly 'mute-person': RequestType<OfPeer & { readonly source: MediaSource }>;
  readonly 'lower-hand': RequestType<OfPeer>;
  readonly 'set-role': RequestType<OfPeer & { readonly role: Role }>;
  readonly 'remove-person': RequestType<OfPeer>;
  readonly 'ban-person': RequestType<OfUser>;
  readonly 'unban-person': RequestType<OfUser>;
  readonly 'lock-room': RequestType<{ readonly on: boolean }>;
  readonly 'admit-person': RequestType<OfPeer>;
  readonly 'deny-person': RequestType<OfPeer>;
  readonly 'close-room': RequestType;

  /** Tries again to connect to a peer that was given up. */
  readonly 'retry-peer': RequestType<OfPeer>;
  readonly simulate: RequestType<{ readonly fault: SimulatedFault }>;
  readonly diagnose: RequestType<object, Diagnostics>;
  readonly 'check-network': RequestType<object, NetworkReport>;
}

export type RequestName = keyof RequestMap;

export type ParametersOf<Name extends RequestName> = RequestMap[Name]['parameters'];
export type ValueOf<Name extends RequestName> = RequestMap[Name]['value'];

/** A request: `do` is its name, the other fields are its parameters. */
export type RtcAction<Name extends RequestName = RequestName> = {
  [Each in Name]: { readonly do: Each } & ParametersOf<Each>;
}[Name];

/**
 * What became of a request. `done`: it was carried out; `value` is what it results in, if anything.
 * `prevented`: a listener called `preventDefault()`.
 */
export type RequestOutcome<Name extends RequestName = RequestName> =
  | { readonly status: 'done'; readonly value: ValueOf<Name> }
  | { readonly status: 'prevented' }
  | { readonly status: 'failed'; readonly error: RtcError };
