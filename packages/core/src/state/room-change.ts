// The union of all changes to a RoomState. Events are derived from the same changes.
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
  /** The state of the connection. If `problem` is absent, it is cleared. */
  | { readonly type: 'connection'; readonly connection: Connection; readonly problem?: Problem }
  /** We are in the room. `resumed`: the earlier links and peers are still valid (EN-5). */
  | {
      readonly type: 'welcomed';
      readonly you: PeerEntry;
      readonly peers: readonly PeerEntry[];
      readonly chat: WelcomeChat;
      readonly limits: RoomLimits;
      readonly clockOffsetMs: number;
      readonly resumed: boolean;
    }
  /** The full roster, including ourselves. */
  | { readonly type: 'roster'; readonly peers: readonly PeerEntry[] }
  | {
      readonly type: 'presence';
      readonly joined: readonly PeerEntry[];
      readonly changed: readonly PeerChange[];
      readonly left: readonly PeerDeparture[];
    }
  | { readonly type: 'closed'; readonly reason: LeaveReason; readonly problem?: Problem }
  /** A stay that had ended is followed by another one. */
  | { readonly type: 'reopened' }
  /** Whether the room is locked and, for moderators, who is waiting or banned (MO-2, MO-3). */
  | { readonly type: 'access'; readonly access: Access }
  /** Values of the shared state. `all`: these are all the values (ST-1). */
  | {
      readonly type: 'shared-state';
      readonly entries: readonly StateEntry[];
      readonly all?: true;
    }
  // Chat.
  | { readonly type: 'chat-pending'; readonly entry: ChatEntry }
  | { readonly type: 'chat-acked'; readonly id: string; readonly seq: number; readonly at: number }
  | { readonly type: 'chat-refused'; readonly id: string; readonly problem: Problem }
  /** The author discarded a failed or pending message. */
  | { readonly type: 'chat-discarded'; readonly id: string }
  | { readonly type: 'chat-message'; readonly message: ChatMessage }
  /** A page of messages older than `before`; `null`: the newest page. */
  | { readonly type: 'chat-page'; readonly page: ChatPage; readonly before: number | null }
  | { readonly type: 'typing'; readonly session: string; readonly on: boolean }
  // Media. `local-media` comes from our own devices, the others from the call, except its end.
  | { readonly type: 'call-left' }
  /** Why no TURN server gives the call a relay that it needs; `null`: it needs none, or has it. */
  | { readonly type: 'relay'; readonly problem: Problem | null }
  /** Whether the browser plays what is attached. */
  | { readonly type: 'sound'; readonly problem: Problem | null }
  | { readonly type: 'local-media'; readonly media: LocalMediaState }
  | { readonly type: 'link'; readonly session: string; readonly link: Link }
  | { readonly type: 'tracks'; readonly session: string; readonly tracks: TrackIds }
  /** Reported by the peer directly, for times when the room is unreachable. */
  | { readonly type: 'peer-media'; readonly session: string; readonly media: MediaFlags }
  /** `session` may be our own. */
  | { readonly type: 'speaking'; readonly session: string; readonly on: boolean };
