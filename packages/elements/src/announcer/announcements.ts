// Decides what to announce: compares two snapshots, so an announcement always matches what is on the
// screen.
import type { Peer, RoomState } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';

/** One sentence to announce. */
export interface Announcement {
  readonly key: MessageKey;
  readonly name?: string;
  readonly text?: string;
  /** Not the result of the local user's own action, so it is also shown as a toast. */
  readonly isNews: boolean;
}

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
  const others = wasIn ? [...announcePeers(before, after), ...announceMessages(before, after)] : [];
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
  const say = (key: MessageKey, { name }: Peer): void => {
    said.push({ key, name, isNews: true });
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
  return after.chat.entries
    .filter(({ seq, user }) => seq !== null && seq > before.lastSeq && user !== after.you?.user)
    .map(({ name, text }) => ({ key: 'saidMessage', name, text, isNews: true }));
}
