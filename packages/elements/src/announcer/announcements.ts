// Decides what to announce: compares two snapshots, so an announcement always matches what is on the
// screen.
import type { Peer, RoomState } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';
import type { NamedUser } from '../names/name-book.js';

/** One sentence to announce. */
export interface Announcement {
  readonly key: MessageKey;
  readonly person?: NamedUser;
  readonly text?: string;
  readonly count?: number;
  /** Not the result of the local user's own action, so it is also shown as a toast. */
  readonly isNews: boolean;
}

/** Whether a sentence is about messages, which a visible log shows and announces by itself. */
export const isMessage = (key: MessageKey): boolean =>
  key === 'saidMessage' || key === 'saidMissed';

/** How many messages are read out that come at once; of more, only the number is. */
const MOST_MESSAGES = 3;

/** The sentences for everything that changed from `before` to `after`. */
export function announce(before: RoomState, after: RoomState): readonly Announcement[] {
  if (before === after) return [];
  const own: MessageKey[] = [];
  if (before.connection !== after.connection) {
    if (after.connection === 'connected') own.push('saidConnected');
    if (after.connection === 'reconnecting') own.push('lost');
  }
  // Only in the call: in the lobby, the buttons announce their state themselves.
  if (after.connection === 'connected') own.push(...announceDevices(before, after));
  const wasIn = before.connection === 'connected' && after.connection === 'connected';
  // What was written during a break is news; what was written before the first welcome is history.
  const isBack = before.you !== null && after.connection === 'connected';
  const others = [
    ...(wasIn ? announcePeers(before, after) : []),
    ...(isBack ? announceMessages(before, after) : []),
  ];
  const hosts = wasIn ? announceHosts(before, after) : [];
  return [
    ...own.map((key) => ({ key, isNews: false })),
    ...hosts.map((key) => ({ key, isNews: true })),
    ...others,
  ];
}

function announceDevices(
  { media: before }: RoomState,
  { media: after, you }: RoomState,
): MessageKey[] {
  const changed = (source: 'microphone' | 'camera'): boolean =>
    (before[source].status === 'off') !== (after[source].status === 'off') &&
    // `announceHosts` covers what a host turned off.
    !you?.muted.includes(source);
  const said: MessageKey[] = [];
  if (changed('microphone')) {
    said.push(after.microphone.status === 'off' ? 'saidMicrophoneOff' : 'saidMicrophoneOn');
  }
  if (changed('camera'))
    said.push(after.camera.status === 'off' ? 'saidCameraOff' : 'saidCameraOn');
  return said;
}

const MUTED = {
  microphone: 'saidMutedMicrophone',
  camera: 'saidMutedCamera',
  screen: 'saidMutedScreen',
} as const;

const ROLES = {
  host: 'saidRoleHost',
  speaker: 'saidRoleSpeaker',
  listener: 'saidRoleListener',
} as const;

/** What a host did to the local user. */
function announceHosts({ you: before }: RoomState, { you: after }: RoomState): MessageKey[] {
  if (!before || !after || before === after) return [];
  const muted = after.muted.filter((source) => !before.muted.includes(source));
  const role = before.role === after.role ? [] : [ROLES[after.role]];
  return [...muted.map((source) => MUTED[source]), ...role];
}

function announcePeers(before: RoomState, after: RoomState): Announcement[] {
  if (before.peers === after.peers) return [];
  const earlier = new Map(before.peers.map((peer) => [peer.session, peer]));
  const said: Announcement[] = [];
  const say = (key: MessageKey, person: Peer): void => {
    said.push({ key, person, isNews: true });
  };
  for (const peer of after.peers) {
    const was = earlier.get(peer.session);
    earlier.delete(peer.session);
    if (!was) say('saidJoined', peer);
    else {
      if (peer.hand && !was.hand) say('saidHand', peer);
      if (peer.media.screen && !was.media.screen) say('saidScreen', peer);
    }
  }
  for (const peer of earlier.values()) say('saidLeft', peer);
  return said;
}

function announceMessages({ chat: before }: RoomState, after: RoomState): Announcement[] {
  if (after.chat.lastSeq <= before.lastSeq) return [];
  const news = after.chat.entries.filter(
    ({ seq, user }) => seq !== null && seq > before.lastSeq && user !== after.you?.user,
  );
  if (news.length > MOST_MESSAGES) {
    return [{ key: 'saidMissed', count: news.length, isNews: true }];
  }
  return news.map((entry) => ({
    key: 'saidMessage',
    person: entry,
    text: entry.text,
    isNews: true,
  }));
}
