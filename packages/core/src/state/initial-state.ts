// The snapshot of a room before anything has happened.
import { LIMITS } from '@rtc-elements/protocol';

import { EMPTY_CHAT } from '../chat/rules/chat-log.js';
import type { Access, Link, LocalMediaState, LocalSource, RoomState } from './room-state.js';

/** The link to a peer to whom there is no connection. */
export const NO_LINK: Link = {
  status: 'none',
  path: null,
  stats: null,
  quality: null,
  reason: null,
};

/** A local source that is off. */
export const OFF: LocalSource = { status: 'off', deviceId: null, trackId: null, problem: null };

const NO_MEDIA: LocalMediaState = {
  microphone: OFF,
  camera: OFF,
  screen: OFF,
  speakerId: null,
  devices: [],
};

/** An unlocked room with nobody in the waiting room. */
export const OPEN: Access = { locked: false, waiting: [], banned: [] };

/** No shared values. Has no prototype, so that keys cannot collide with inherited ones. */
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
  callProblem: null,
  relayProblem: null,
  soundProblem: null,
});

/** The same media state with every source off; the chosen devices are kept. */
export const mediaOff = (media: LocalMediaState): LocalMediaState => ({
  ...media,
  microphone: sourceOff(media.microphone),
  camera: sourceOff(media.camera),
  screen: sourceOff(media.screen),
});

const sourceOff = ({ deviceId }: LocalSource): LocalSource => ({ ...OFF, deviceId });
