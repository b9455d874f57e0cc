// What is worth saying about a change: derived from two snapshots, so it cannot disagree with the picture.
import type { Peer, RoomState } from '@rtc-elements/core';

import type { MessageKey } from '../locales/en.js';

/** One sentence. `who`: shown as a toast, too. */
export interface Announcement {
  readonly key: MessageKey;
  readonly name?: string;
  readonly text?: string;
  readonly isAboutOthers: boolean;
}

/** The sentences for everything that changed from `before` to `after`; none for the first snapshot. */
export function announce(before: RoomState, after: RoomState): readonly Announcement[] {
  if (before === after) return [];
  const own: MessageKey[] = [];
  if (before.connection !== after.connection) {
    if (after.connection === 'connected') own.push('saidConnected');
    if (after.connection === 'reconnecting') own.push('lost');
  }
  // Words about devices are for the call; in the lobby the buttons say it themselves.
  if (after.connection === 'connected') own.push(...announceDevices(before, after));
  const wasIn = before.connection === 'connected' && after.connection === 'connected';
  const others = wasIn ? [...announcePeers(before, after), ...announceMessages(before, after)] : [];
  return [...own.map((key) => ({ key, isAboutOthers: false })), ...others];
}

function announceDevices({ media: before }: RoomState, { media: after }: RoomState): MessageKey[] {
  const changed = (source: 'microphone' | 'camera'): boolean =>
    (before[source].status === 'off') !== (after[source].status === 'off');
  const said: MessageKey[] = [];
  if (changed('microphone')) {
    said.push(after.microphone.status === 'off' ? 'saidMicrophoneOff' : 'saidMicrophoneOn');
  }
  if (changed('camera'))
    said.push(after.camera.status === 'off' ? 'saidCameraOff' : 'saidCameraOn');
  return said;
}

function announcePeers(before: RoomState, after: RoomState): Announcement[] {
  if (before.peers === after.peers) return [];
  const earlier = new Map(before.peers.map((peer) => [peer.session, peer]));
  const said: Announcement[] = [];
  const say = (key: MessageKey, { name }: Peer): void => {
    said.push({ key, name, isAboutOthers: true });
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
    .map(({ name, text }) => ({ key: 'saidMessage', name, text, isAboutOthers: true }));
}
