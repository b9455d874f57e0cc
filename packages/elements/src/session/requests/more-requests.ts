/**
 * What is loaded with the interface, or when a request first needs it: how to take requests of elements
 * that are not ours, those that a page makes by a method, and the carriers that are not needed within a click.
 */
import {
  type ChatEntry,
  checkNetwork,
  peekRoom,
  type RoomOptions,
  RtcError,
} from '@rtc-elements/core';

import type { SharedRoom } from '../shared-room.js';
import type { Carriers } from './carrier.js';
import { FILE_CARRIERS } from './file-requests.js';

export { sendFiles } from '../../files/send-files.js';
export { answerForeignRequest } from './foreign-requests.js';

/** The checks that run now: a second request for the same room waits for the first one. */
const checks = new WeakMap<SharedRoom, ReturnType<typeof checkNetwork>>();

export const MORE_CARRIERS: Partial<Carriers> = {
  ...FILE_CARRIERS,
  'leave-call': (shared) => shared.leaveCall(),
  'move-call': ({ room }, { engine }) => room.moveCall(engine),
  'set-presence': ({ room }, update) => room.setPresence(update),
  'peek-room': (shared) => peekRoom(optionsOf(shared)),

  'share-screen': ({ room }, options) => room.media.shareScreen(options),
  'show-picture': ({ room }, { session, source, size }) => room.show(session, source, size),

  'edit-message': ({ room }, { seq, text }) => room.chat.edit(seq, text),
  'delete-message': ({ room }, { seq }) => room.chat.delete(seq),
  react: ({ room }, { seq, emoji, on }) => room.chat.react(seq, emoji, on),
  'target-message': (shared, { seq, edits = false }) => {
    const entry = seq === null ? null : findMessage(shared, seq);
    shared.setTarget(entry && { entry, edits });
  },
  'mark-read': (shared, { seq }) =>
    seq === undefined ? shared.markRead() : shared.room.chat.markRead(seq),
  'search-messages': ({ room }, { query, ...options }) => room.chat.search(query, options),

  'set-value': ({ room }, { key, value, ...options }) => room.sharedState.set(key, value, options),
  'delete-value': ({ room }, { key, ...options }) => room.sharedState.delete(key, options),

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
  simulate: ({ room }, { fault }) => room.simulate(fault),
  diagnose: ({ room }) => room.diagnostics(),
  'check-network': (shared) => {
    const running = checks.get(shared) ?? checkNetwork(optionsOf(shared));
    checks.set(shared, running);
    return running.finally(() => checks.delete(shared));
  },
};

/** The options of a room that an element opened. */
function optionsOf(shared: SharedRoom): RoomOptions {
  if (!shared.isAdopted) return shared.options;
  throw new RtcError(
    'not-found',
    'The page created this room, so only the page knows its options. Call the function of core with them.',
  );
}

function findMessage({ room }: SharedRoom, seq: number): ChatEntry {
  const found = room.getSnapshot().chat.entries.find((entry) => entry.seq === seq);
  if (found) return found;
  throw new RtcError('not-found', `Message ${seq} is not shown. Load it first, by "load-history".`);
}
