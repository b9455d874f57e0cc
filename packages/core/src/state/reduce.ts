// The reducer: the only place that computes the next snapshot. Pure.
import {
  addMessage,
  addPage,
  addPending,
  addWelcomePage,
  acknowledge,
  discard,
  refuse,
} from '../chat/rules/chat-log.js';
import { applyValues } from '../shared-state/rules/apply-values.js';
import { callProblemOf } from './call-place.js';
import { initialState, mediaOff, NO_LINK, NO_VALUES, OPEN } from './initial-state.js';
import { isSame, mapShared, patch } from './patch.js';
import type { RoomChange } from './room-change.js';
import type { Peer, RoomState, You } from './room-state.js';
import { applyLink, applyRosterDelta, replaceRoster } from './roster.js';

type Change<Type extends RoomChange['type']> = Extract<RoomChange, { type: Type }>;

/** What became of messages that were sent before the room was left. */
const AFTER_CLOSED: ReadonlySet<RoomChange['type']> = new Set([
  'chat-acked',
  'chat-refused',
  'chat-discarded',
]);

/**
 * Returns the state after `change`, or the same object if nothing differs. In a closed room only our own messages change,
 * until it is reopened.
 */
export function reduce(state: RoomState, change: RoomChange): RoomState {
  const isClosed = state.connection === 'closed';
  if (change.type === 'reopened') {
    // Devices and limits are as they were.
    const { room, media, limits, clockOffsetMs } = state;
    return isClosed ? { ...initialState(room), media, limits, clockOffsetMs } : state;
  }
  if (isClosed && !AFTER_CLOSED.has(change.type)) return state;
  const changes = withCallProblem(state, changesOf(state, change));
  for (const key in changes) {
    const name = key as keyof RoomState;
    if (!Object.is(state[name], changes[name])) return { ...state, ...changes };
  }
  return state;
}

/** Whether the call has a place for us depends on who else is in it. */
function withCallProblem(state: RoomState, changes: Partial<RoomState>): Partial<RoomState> {
  const { you = state.you, peers = state.peers } = changes;
  return you === state.you && peers === state.peers
    ? changes
    : { ...changes, callProblem: callProblemOf(you, peers) };
}

function changesOf(
  state: RoomState,
  change: Exclude<RoomChange, { type: 'reopened' }>,
): Partial<RoomState> {
  switch (change.type) {
    case 'connection':
      return {
        connection: change.connection,
        problem: share(state.problem, change.problem ?? null),
      };
    case 'welcomed':
      return welcome(state, change);
    case 'roster':
      return roster(state, change);
    case 'presence':
      return presence(state, change);
    case 'closed':
      return {
        connection: 'closed',
        left: change.reason,
        problem: change.problem ?? null,
        relayProblem: null,
        soundProblem: null,
        peers: [],
        media: share(state.media, mediaOff(state.media)),
      };
    case 'access':
      return { access: patch(state.access, change.access) };
    case 'shared-state':
      return { sharedState: applyValues(state.sharedState, change).after };
    case 'call-left':
      return callLeft(state);
    case 'relay':
      return relay(state, change);
    case 'link':
      return { peers: applyLink(state.peers, change.session, change.link) };
    case 'tracks':
      return patchPeer(state, change.session, { tracks: change.tracks });
    case 'peer-media':
      return patchPeer(state, change.session, { media: change.media });
    case 'typing':
      return patchPeer(state, change.session, { typing: change.on });
    case 'speaking':
      return change.session === state.you?.session
        ? { you: patch(state.you, { speaking: change.on }) }
        : patchPeer(state, change.session, { speaking: change.on });
    case 'sound':
      return { soundProblem: share(state.soundProblem, change.problem) };
    case 'local-media':
      return { media: patch(state.media, change.media) };
    default:
      return chat(state, change);
  }
}

type ChatChange = Extract<RoomChange, { type: `chat-${string}` }>;

function chat(state: RoomState, change: ChatChange): Partial<RoomState> {
  const before = state.chat;
  switch (change.type) {
    case 'chat-pending':
      return { chat: addPending(before, change.entry) };
    case 'chat-acked':
      return { chat: acknowledge(before, change, state.you?.user) };
    case 'chat-refused':
      return { chat: refuse(before, change.id, change.problem) };
    case 'chat-discarded':
      return { chat: discard(before, change.id) };
    case 'chat-page':
      return { chat: addPage(before, change.page, change.before) };
    case 'chat-message': {
      const { user, rev } = change.message;
      return {
        chat: addMessage(before, change.message),
        // The message being typed has arrived, unless this is a revision of an old one.
        peers: mapShared(state.peers, (peer) =>
          peer.typing && peer.user === user && !rev ? { ...peer, typing: false } : peer,
        ),
      };
    }
  }
}

function welcome(state: RoomState, change: Change<'welcomed'>): Partial<RoomState> {
  // In a new session nobody knows our earlier links, so they are set up again (SG-5).
  const known = change.resumed ? state.peers : [];
  return {
    connection: 'connected',
    problem: null,
    you: patch<You>(state.you ?? { ...change.you, speaking: false }, change.you),
    peers: replaceRoster(known, change.peers, change.you.session),
    chat: addWelcomePage(state.chat, change.chat),
    // If these differ from the defaults, the room sends them next (MO-2, ST-1).
    access: OPEN,
    sharedState: change.resumed ? state.sharedState : NO_VALUES,
    limits: share(state.limits, change.limits),
    clockOffsetMs: change.clockOffsetMs,
  };
}

function roster(state: RoomState, change: Change<'roster'>): Partial<RoomState> {
  const { you } = state;
  if (!you) return {};
  const own = change.peers.find((entry) => entry.session === you.session);
  return {
    you: own ? patch(you, own) : you,
    peers: replaceRoster(state.peers, change.peers, you.session),
  };
}

function presence(state: RoomState, change: Change<'presence'>): Partial<RoomState> {
  const { you } = state;
  if (!you) return {};
  const isOwn = (item: { readonly session: string }): boolean => item.session === you.session;
  return {
    you: patch(patch(you, change.joined.find(isOwn) ?? {}), change.changed.find(isOwn) ?? {}),
    peers: applyRosterDelta(state.peers, change, you.session),
  };
}

/** Every link is closed and every device released; lingering peers are removed (SG-5). */
function callLeft(state: RoomState): Partial<RoomState> {
  const present = state.peers.filter(({ lingering }) => !lingering);
  return {
    peers: mapShared(present.length === state.peers.length ? state.peers : present, (peer) =>
      patch(peer, { tracks: {}, link: NO_LINK }),
    ),
    media: share(state.media, mediaOff(state.media)),
    relayProblem: null,
  };
}

function relay(state: RoomState, { problem }: Change<'relay'>): Partial<RoomState> {
  // Without a network nothing is known about relays. The call tries again when the room is back.
  if (problem && state.connection !== 'connected') return {};
  return { relayProblem: share(state.relayProblem, problem) };
}

const patchPeer = (
  state: RoomState,
  session: string,
  changes: Partial<Peer>,
): Partial<RoomState> => ({
  peers: mapShared(state.peers, (peer) => (peer.session === session ? patch(peer, changes) : peer)),
});

const share = <T>(before: T, after: T): T => (isSame(before, after) ? before : after);
