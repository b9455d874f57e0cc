// What a room looks like before anything has happened to it.
import { LIMITS } from '@rtc-elements/protocol';

import { EMPTY_CHAT } from '../chat/rules/chat-log.js';
import type { Access, Link, LocalMediaState, LocalSource, RoomState } from './room-state.js';

/** No connection to a peer. */
export const NO_LINK: Link = {
  status: 'none',
  path: null,
  stats: null,
  quality: null,
  reason: null,
};

/** Nothing of ours is open. */
export const OFF: LocalSource = { status: 'off', deviceId: null, trackId: null, problem: null };

const NO_MEDIA: LocalMediaState = {
  microphone: OFF,
  camera: OFF,
  screen: OFF,
  speakerId: null,
  devices: [],
};

/** The door is open and nobody stands there. */
export const OPEN: Access = { locked: false, waiting: [], banned: [] };

/** Without a prototype, so that no key of a room can meet one. */
export const NO_VALUES: RoomState['sharedState'] = Object.create(null) as RoomState['sharedState'];

/** The snapshot of a room that nobody has joined yet. */
export const initialState = (room: string): RoomState => ({
  connection: 'idle',
  room,
  you: null,
  peers: [],
  chat: EMPTY_CHAT,
  media: NO_MEDIA,
  access: OPEN,
  sharedState: NO_VALUES,
  limits: {
    members: LIMITS.members,
    meshMembers: LIMITS.meshMembers,
    historyMessages: LIMITS.historyMessages,
  },
  clockOffsetMs: 0,
  left: null,
  problem: null,
});

/** The same devices and choices, with everything off. */
export const mediaOff = (media: LocalMediaState): LocalMediaState => ({
  ...media,
  microphone: sourceOff(media.microphone),
  camera: sourceOff(media.camera),
  screen: sourceOff(media.screen),
});

const sourceOff = ({ deviceId }: LocalSource): LocalSource => ({ ...OFF, deviceId });
