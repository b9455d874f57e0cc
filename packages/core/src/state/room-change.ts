// The one union of everything that can happen to a RoomState. Events are derived from the same changes.
import type {
  ChatMessage,
  ChatPage,
  MediaFlags,
  PeerChange,
  PeerDeparture,
  PeerEntry,
  RoomLimits,
  StateEntry,
  WelcomeChat,
} from '@rtc-elements/protocol';

import type {
  Access,
  ChatEntry,
  Connection,
  LeaveReason,
  Link,
  LocalMediaState,
  Problem,
  TrackIds,
} from './room-state.js';

export type RoomChange =
  /** The socket side of things; `problem` absent clears it. */
  | { readonly type: 'connection'; readonly connection: Connection; readonly problem?: Problem }
  /** In. `resumed`: links and peers of before still hold (EN-5). */
  | {
      readonly type: 'welcomed';
      readonly you: PeerEntry;
      readonly peers: readonly PeerEntry[];
      readonly chat: WelcomeChat;
      readonly limits: RoomLimits;
      readonly clockOffsetMs: number;
      readonly resumed: boolean;
    }
  /** The whole roster anew, ourselves included. */
  | { readonly type: 'roster'; readonly peers: readonly PeerEntry[] }
  | {
      readonly type: 'presence';
      readonly joined: readonly PeerEntry[];
      readonly changed: readonly PeerChange[];
      readonly left: readonly PeerDeparture[];
    }
  | { readonly type: 'closed'; readonly reason: LeaveReason; readonly problem?: Problem }
  /** Whether the room is locked, and whom those who may moderate see waiting or banned (MO-2, MO-3). */
  | { readonly type: 'access'; readonly access: Access }
  /** Values of the shared state; `all`: there are no others (ST-1). */
  | {
      readonly type: 'shared-state';
      readonly entries: readonly StateEntry[];
      readonly all?: true;
    }
  // Chat.
  | { readonly type: 'chat-pending'; readonly entry: ChatEntry }
  | { readonly type: 'chat-acked'; readonly id: string; readonly seq: number; readonly at: number }
  | { readonly type: 'chat-refused'; readonly id: string; readonly problem: Problem }
  /** A failed or pending line was taken back by its author. */
  | { readonly type: 'chat-discarded'; readonly id: string }
  | { readonly type: 'chat-message'; readonly message: ChatMessage }
  /** A page from before `before`, or the newest. */
  | { readonly type: 'chat-page'; readonly page: ChatPage; readonly before: number | null }
  | { readonly type: 'typing'; readonly session: string; readonly on: boolean }
  // Media, all told by the call, but for its end.
  | { readonly type: 'call-left' }
  | { readonly type: 'local-media'; readonly media: LocalMediaState }
  | { readonly type: 'link'; readonly session: string; readonly link: Link }
  | { readonly type: 'tracks'; readonly session: string; readonly tracks: TrackIds }
  /** Told by the peer directly, for while the room is out of reach. */
  | { readonly type: 'peer-media'; readonly session: string; readonly media: MediaFlags }
  /** `session` is our own, too. */
  | { readonly type: 'speaking'; readonly session: string; readonly on: boolean };
