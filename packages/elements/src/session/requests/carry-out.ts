/**
 * The requests that an element can make of its room (`rtc-request`), and a table of functions that
 * carry them out. To add a request, add an entry to `RequestMap` and one to `CARRY_OUT`.
 */
import type { MediaSource, Role } from '@rtc-elements/protocol';

import type { Panel, SharedRoom } from '../shared-room.js';

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

interface OfUser {
  /** The user id of the peer in the snapshot. */
  readonly user: string;
}

/** The parameters of each request, by name. */
export interface RequestMap {
  /** Joins the call, or only the chat with `call: false`. */
  readonly join: { readonly name?: string; readonly call?: boolean };
  readonly leave: object;
  readonly rejoin: object;
  readonly 'toggle-microphone': Toggle;
  readonly 'toggle-camera': Toggle;
  readonly 'toggle-screen': Toggle;
  readonly 'toggle-hand': Toggle;
  readonly 'toggle-panel': Toggle & { readonly panel: Panel };
  readonly 'use-microphone': { readonly deviceId: string };
  readonly 'use-camera': { readonly deviceId: string };
  /** `null` is the system's default output. */
  readonly 'use-speaker': { readonly deviceId: string | null };
  readonly 'enable-sound': object;

  readonly 'send-message': { readonly text: string; readonly replyTo?: number };
  readonly 'edit-message': OfMessage & { readonly text: string };
  readonly 'delete-message': OfMessage;
  readonly react: OfMessage & { readonly emoji: string; readonly on: boolean };
  /** The `id` of the local user's failed message. */
  readonly 'retry-message': { readonly id: string };
  readonly 'discard-message': { readonly id: string };
  readonly 'set-typing': { readonly on: boolean };
  /** Loads a page of older messages. */
  readonly 'load-history': object;

  readonly 'mute-person': OfPeer & { readonly source: MediaSource };
  readonly 'lower-hand': OfPeer;
  readonly 'set-role': OfPeer & { readonly role: Role };
  readonly 'remove-person': OfPeer;
  readonly 'ban-person': OfUser;
  readonly 'unban-person': OfUser;
  readonly 'lock-room': { readonly on: boolean };
  readonly 'admit-person': OfPeer;
  readonly 'deny-person': OfPeer;
  readonly 'close-room': object;
  /** Tries again to connect to a peer that was given up. */
  readonly 'retry-peer': OfPeer;
}

type RequestName = keyof RequestMap;

/** A request: `do` is its name, the other fields are its parameters. */
export type RtcAction<Name extends RequestName = RequestName> = {
  [Each in Name]: { readonly do: Each } & RequestMap[Each];
}[Name];

/** The outcome of a request: carried out, prevented by a listener, or the error. */
export type RequestOutcome = 'done' | 'prevented' | Error;

const CARRY_OUT: {
  readonly [Name in RequestName]: (shared: SharedRoom, action: RequestMap[Name]) => unknown;
} = {
  join: (shared, { name, call }) => shared.join(name, call),
  leave: ({ room }) => room.leave(),
  rejoin: (shared) => shared.rejoin(),
  'toggle-microphone': (shared, { force = isOff(shared, 'microphone') }) =>
    shared.setDevice('microphone', force),
  'toggle-camera': (shared, { force = isOff(shared, 'camera') }) =>
    shared.setDevice('camera', force),
  'toggle-screen': (shared, { force = isOff(shared, 'screen') }) => {
    const { media } = shared.room;
    return force ? media.shareScreen({ audio: true }) : media.stopScreen();
  },
  'toggle-hand': ({ room }, { force = !room.getSnapshot().you?.hand }) =>
    room.setPresence({ hand: force }),
  'toggle-panel': (shared, { panel, force }) => shared.togglePanel(panel, force),
  'use-microphone': (shared, { deviceId }) => shared.setDevice('microphone', deviceId),
  'use-camera': (shared, { deviceId }) => shared.setDevice('camera', deviceId),
  'use-speaker': ({ room }, { deviceId }) => room.media.setSpeaker(deviceId),
  'enable-sound': ({ playback }) => playback.sound.enable(),

  'send-message': ({ room }, { text, replyTo }) =>
    room.chat.send(text, ...(replyTo ? [{ replyTo }] : [])),
  'edit-message': ({ room }, { seq, text }) => room.chat.edit(seq, text),
  'delete-message': ({ room }, { seq }) => room.chat.delete(seq),
  react: ({ room }, { seq, emoji, on }) => room.chat.react(seq, emoji, on),
  'retry-message': ({ room }, { id }) => room.chat.retry(id),
  'discard-message': ({ room }, { id }) => room.chat.discard(id),
  'set-typing': ({ room }, { on }) => room.chat.setTyping(on),
  'load-history': ({ room }) => room.chat.history(),

  'mute-person': ({ room }, { session, source }) => room.moderation.mute(session, source),
  'lower-hand': ({ room }, { session }) => room.moderation.lowerHand(session),
  'set-role': ({ room }, { session, role }) => room.moderation.setRole(session, role),
  'remove-person': ({ room }, { session }) => room.moderation.remove(session),
  'ban-person': ({ room }, { user }) => room.moderation.ban(user),
  'unban-person': ({ room }, { user }) => room.moderation.unban(user),
  'lock-room': ({ room }, { on }) => room.moderation.lock(on),
  'admit-person': ({ room }, { session }) => room.moderation.admit(session),
  'deny-person': ({ room }, { session }) => room.moderation.deny(session),
  'close-room': ({ room }) => room.moderation.close(),
  'retry-peer': ({ room }, { session }) => room.retryPeer(session),
};

/** Carries out a request. Never rejects: if it fails, the outcome is the error. */
export async function carryOut<Name extends RequestName>(
  action: RtcAction<Name>,
  shared: SharedRoom,
): Promise<RequestOutcome> {
  try {
    await CARRY_OUT[action.do](shared, action);
    return 'done';
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const isOff = ({ room }: SharedRoom, source: 'microphone' | 'camera' | 'screen'): boolean =>
  room.getSnapshot().media[source].status === 'off';
