/** What the tour of the elements shows them: rooms and messages in every state, and all that a room can tell. */
import {
  type ChatEntry,
  ChatMessageEvent,
  ConnectionChangeEvent,
  KnockEvent,
  LeaveEvent,
  NotifyEvent,
  type Peer,
  PeerJoinEvent,
  PeerLeaveEvent,
  QualityEvent,
  RoleChangeEvent,
  RoomErrorEvent,
  type RoomState,
  RtcError,
  type Transfer,
  TrackEvent,
  TypingEvent,
} from '@rtc-elements/core';

import {
  FileDoneEvent,
  FileOfferEvent,
  FileProgressEvent,
} from '../../packages/core/src/api/files-api.js';
import { chatEntry, pendingEntry } from './chat-fixture.js';
import { fakeTransfer } from './fake-files.js';
import { fakeDevices, fakeOn, fakePeer, fakeProblem, type FakeRoom, fakeYou } from './fake-room.js';

const LINK = { status: 'connected', path: 'direct', reason: null } as const;
const STATS = {
  rttMs: 43,
  loss: 0.004,
  lossOut: null,
  inBps: 523_000,
  outBps: 1_240_000,
  transport: 'udp',
  pictureIn: { width: 640, height: 480, fps: 30 },
  pictureOut: null,
  codecs: ['VP8', 'opus'],
} as const;

const PEERS: readonly Peer[] = [
  fakePeer('Ada', { speaking: true, link: { ...LINK, quality: 'good', stats: STATS }, read: 9 }),
  fakePeer('Ben', { hand: true, link: { ...LINK, quality: 'poor', stats: STATS }, typing: true }),
  fakePeer('Chidi', { link: { ...LINK, quality: 'fair', stats: STATS } }),
  fakePeer('Dan', { link: { ...LINK, status: 'failed', quality: null, stats: null } }),
];

const FILE = { id: 'f1', name: 'plan.pdf', size: 2_400_000, type: 'application/pdf' };

/** One pixel. */
export const PICTURE = new Blob(
  [
    Uint8Array.from(
      atob(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      ),
      (letter) => letter.charCodeAt(0),
    ),
  ],
  { type: 'image/png' },
);

/** A transfer of every kind; the last one belongs to a message. */
export const TRANSFERS: readonly Transfer[] = [
  fakeTransfer({ id: 'a' }),
  fakeTransfer({ id: 'b', status: 'running', bytes: 9_000, speed: 2_000_000, secondsLeft: 70 }),
  fakeTransfer({ id: 'c', status: 'done', isTakeable: true }),
  fakeTransfer({
    id: 'd',
    status: 'interrupted',
    needsFiles: true,
    direction: 'send',
    problem: { code: 'receiver-gone', message: 'They have gone.', retryable: true },
  }),
  fakeTransfer({ id: 'e', offer: 'f1', status: 'done', isTakeable: true }),
];

/** A message of every kind. */
export const ENTRIES: readonly ChatEntry[] = [
  chatEntry(1, { text: 'See https://example.com/a', reactions: { '🎉': ['user-lin-wei'] } }),
  chatEntry(2, { replyTo: 1, editedAt: 9 }),
  chatEntry(3, { deleted: true, text: '' }),
  chatEntry(4, { text: 'a line\n'.repeat(60) }),
  chatEntry(5, { user: fakeYou().user, name: 'Lin Wei' }),
  pendingEntry('p', 'on its way'),
  chatEntry(6, { kind: 'file', file: FILE, text: 'plan.pdf (2.4 MB)' }),
  chatEntry(7, { kind: 'file', file: { ...FILE, id: 'f2' }, text: 'plan.pdf', user: 'user-gone' }),
  { ...pendingEntry('f', 'refused'), status: 'failed' },
];

const waiting = (name: string) => ({ session: `wait-${name}`, user: `user-${name}`, name });

/** A room with people in every state, for a host. */
export const BUSY: Partial<RoomState> = {
  you: fakeYou({ role: 'host', hand: true }),
  peers: PEERS,
  access: {
    locked: true,
    waiting: [waiting('eve'), waiting('femi')],
    banned: [{ user: 'user-mallory', name: 'Mallory' }],
  },
  media: {
    microphone: fakeOn('mic-1'),
    camera: fakeProblem('device-busy', 'The camera is in use.'),
    screen: fakeOn('screen'),
    speakerId: null,
    devices: fakeDevices,
  },
};

/** Dispatches every event that core has for an element. */
export function tellAll(room: FakeRoom): void {
  const [peer] = PEERS;
  const [message] = ENTRIES;
  if (!peer || !message) return;
  const [transfer] = TRANSFERS;
  if (!transfer) return;
  const notice = { type: 'notify', id: 'n', level: 'info', title: 'Hello', at: 0 } as const;
  for (const event of [
    new PeerJoinEvent(peer),
    new TrackEvent(peer, 'camera', null),
    new QualityEvent(peer, 'fair', 'network', 'good'),
    new TypingEvent(peer, true),
    new ChatMessageEvent(message),
    new KnockEvent(waiting('eve')),
    new RoleChangeEvent('host'),
    new NotifyEvent(notice),
    new RoomErrorEvent(new RtcError('flooded', 'Slower, please.'), false),
    new PeerLeaveEvent(peer, 'left'),
    new ConnectionChangeEvent('connected'),
    new FileOfferEvent(transfer),
    new FileProgressEvent(transfer),
    new FileDoneEvent(transfer, null),
    new LeaveEvent('left'),
  ])
    room.dispatchEvent(event);
  // Presence has no event of its own in core.
  room.set({ peers: [{ ...peer, hand: true, name: 'Ada L.' }, ...PEERS.slice(1)] });
}
