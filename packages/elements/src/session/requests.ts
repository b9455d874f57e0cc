/**
 * What an element can ask of its room (`rtc-request`), and how a room carries it out: a table with one
 * function per request. A new request is one entry in `RequestMap` and one in `CARRY_OUT`.
 */
import type { MediaSource, Role } from '@rtc-elements/protocol';

import type { Panel, SharedRoom } from './shared-room.js';

/** Makes a toggle absolute: on with `true`, off with `false`, the opposite of now without it. */
interface Toggle {
  readonly force?: boolean;
}

interface OfMessage {
  /** The number of the message in its room. */
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

/** The parameters of each request, by its name. */
export interface RequestMap {
  /** Enters the call, or the chat alone with `call: false`. */
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
  /** `null` is the default output of the system. */
  readonly 'use-speaker': { readonly deviceId: string | null };
  readonly 'enable-sound': object;

  readonly 'send-message': { readonly text: string; readonly replyTo?: number };
  readonly 'edit-message': OfMessage & { readonly text: string };
  readonly 'delete-message': OfMessage;
  readonly react: OfMessage & { readonly emoji: string; readonly on: boolean };
  /** A message of ours that failed, by the id that we gave it. */
  readonly 'retry-message': { readonly id: string };
  readonly 'discard-message': { readonly id: string };
  readonly 'set-typing': { readonly on: boolean };
  /** One more page of older messages. */
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
}

type RequestName = keyof RequestMap;

/** One request: its name in `do`, its parameters beside it. */
export type RtcAction<Name extends RequestName = RequestName> = {
  [Each in Name]: { readonly do: Each } & RequestMap[Each];
}[Name];

/** How a request ended: carried out, stopped by a listener, or failed with this error. */
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
  'enable-sound': (shared) => shared.sound.enable(),

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
};

/** Carries a request out in a room. Never rejects: the outcome is the error that the room gave. */
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
