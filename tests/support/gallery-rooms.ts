/** What a room may be like. Each shows something that the others do not: plurals, problems, rights. */
import type { ChatEntry, RoomState, Transfer } from '@rtc-elements/core';

import { fakeTransfer } from './fake-files.js';
import { fakeDevices, fakeOn, fakePeer, fakeYou } from './fake-room.js';

const AT = Date.UTC(2026, 2, 4, 10, 0);

const message = (seq: number, name: string, over: Partial<ChatEntry> = {}): ChatEntry => ({
  id: `id-${seq}`,
  seq,
  at: AT + seq * 60_000,
  user: `user-${name.toLowerCase()}`,
  name,
  text: `Message ${seq} with a link: https://example.com/${seq}.`,
  kind: 'text',
  status: 'sent',
  ...over,
});

const waiting = (name: string) => ({
  session: `wait-${name.toLowerCase()}`,
  user: `user-${name.toLowerCase()}`,
  name,
});

/** By name. */
export const ROOMS: Readonly<Record<string, Partial<RoomState>>> = {
  alone: {},
  busy: {
    you: fakeYou({ role: 'host', hand: true }),
    peers: [
      fakePeer('Ada', { speaking: true }),
      fakePeer('Béla', {
        hand: true,
        typing: true,
        media: { microphone: false, camera: false, screen: false },
        link: {
          status: 'connected',
          path: 'relayed',
          stats: null,
          quality: 'poor',
          reason: 'network',
        },
      }),
      fakePeer('Chidi', { state: 'reconnecting', typing: true, read: 4 }),
    ],
    access: {
      locked: true,
      waiting: [waiting('Dara'), waiting('Eve'), waiting('Femi')],
      banned: [{ user: 'user-mallory', name: 'Mallory' }],
    },
    chat: {
      entries: [
        message(1, 'Ada', { reactions: { '🎉': ['user-ada', 'user-lin-wei'] } }),
        message(2, 'Ada', { editedAt: AT + 200_000, replyTo: 1 }),
        message(3, 'Béla', { deleted: true, text: '' }),
        message(4, 'Lin Wei', { user: 'user-lin-wei' }),
        message(5, 'Ada', {
          kind: 'file',
          text: 'plan.pdf (2.4 MB)',
          file: { id: 'f1', name: 'plan.pdf', size: 2_400_000, type: 'application/pdf' },
        }),
        message(6, 'Lin Wei', { user: 'user-lin-wei', seq: null, status: 'pending' }),
      ],
      more: true,
      lastSeq: 5,
      lastRev: 0,
    },
    media: {
      microphone: fakeOn('mic-1'),
      camera: fakeOn('cam-1'),
      screen: { status: 'off', deviceId: null, trackId: null, problem: null },
      speakerId: null,
      devices: fakeDevices,
    },
  },
  waiting: { connection: 'waiting', you: null },
  over: {
    connection: 'closed',
    you: null,
    left: 'removed',
    problem: { code: 'removed', message: 'You were removed from the room.', retryable: false },
  },
};

/** Files on their way in each of them that is not over, as far as they look different. */
export const TRANSFERS: readonly Transfer[] = [
  fakeTransfer({ id: 'sent', direction: 'send', status: 'done', name: 'notes.txt', type: '' }),
  fakeTransfer({
    id: 'gone',
    status: 'interrupted',
    kind: 'folder',
    name: 'Holidays',
    count: 214,
    size: 2_400_000_000,
    bytes: 900_000_000,
    problem: {
      code: 'sender-gone',
      message: 'Ada has left. It goes on when they are back.',
      retryable: true,
    },
  }),
  fakeTransfer({
    id: 'running',
    direction: 'send',
    status: 'running',
    name: 'A film with a long name that does not fit in one line (final, really).mp4',
    type: 'video/mp4',
    size: 1_200_000_000,
    bytes: 480_000_000,
    speed: 12_400_000,
    secondsLeft: 58,
  }),
  fakeTransfer({ id: 'offered', size: 2_400_000 }),
];
