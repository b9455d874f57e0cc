// One of every message, with every key that it can have.
import type { ChatMessage, ClientMessage, PeerEntry, ServerMessage } from '@rtc-elements/protocol';

const media = { microphone: true, camera: false, screen: true };

const entry = (session: string): PeerEntry => ({
  session,
  user: `user-of-${session}`,
  name: 'Aisha',
  role: 'host',
  can: ['chat', 'media'],
  joinedAt: 1_795_233_600_000,
  state: 'away',
  call: 2,
  media,
  hand: true,
  meta: { seat: 4, note: null },
  muted: ['camera'],
  read: 3,
});

const message: ChatMessage = {
  seq: 3,
  id: 'message-3',
  at: 1_795_233_600_000,
  user: 'user',
  name: 'Ben',
  kind: 'text',
  text: 'hello',
  replyTo: 2,
  rev: 1,
  editedAt: 1_795_233_600_001,
  reactions: { '\u{1F44D}': ['user'] },
};
const file = { id: 'file-5', name: 'plan.pdf', size: 2_048, type: 'application/pdf' };
const filed: ChatMessage = {
  ...message,
  seq: 5,
  id: 'message-5',
  kind: 'file',
  text: 'plan.pdf',
  file,
};
const deleted: ChatMessage = { ...message, seq: 4, id: 'message-4', text: '', deleted: true };

const candidate = {
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'u',
};
const signal = {
  epoch: 1,
  n: 0,
  description: { type: 'offer', sdp: 'v=0' },
  re: 0,
  sources: { 0: 'microphone', 1: 'camera' },
  candidates: [candidate],
  decline: true,
} as const;

const stateEntry = { key: 'topic', value: { a: [1] }, rev: 1, by: 'user' };

const iceServers = [{ urls: ['turn:turn.example.com'], username: 'u', credential: 'c' }];

/** `welcome` first. */
export const serverSamples: readonly ServerMessage[] = [
  {
    type: 'welcome',
    session: 'a',
    resumed: false,
    you: entry('a'),
    peers: [entry('b'), entry('c')],
    more: true,
    seq: 7,
    room: 'standup',
    iceServers,
    iceTtlMs: 60_000,
    chat: { messages: [message, deleted], more: true, rev: 2, revised: [message] },
    limits: { members: 100, meshMembers: 8, historyMessages: 1_000 },
    serverTime: 1_795_233_600_000,
    offers: ['b', null],
    features: ['later'],
  },
  { type: 'wait' },
  { type: 'pong' },
  { type: 'mark', mark: 'm' },
  { type: 'error', code: 'rate-limited', detail: 'too much', ref: 'r', retryAfterMs: 500 },
  { type: 'done', ref: 'r' },
  { type: 'roster', seq: 8, peers: [entry('a'), entry('b')], more: true },
  {
    type: 'presence',
    seq: 9,
    joined: [entry('d')],
    changed: [
      {
        session: 'b',
        name: 'Ben',
        role: 'listener',
        state: 'active',
        call: 0,
        media,
        hand: false,
        meta: {},
        muted: [],
        read: 4,
      },
    ],
    left: [{ session: 'c', reason: 'lost' }],
  },
  { type: 'signal', from: 'b', ...signal },
  { type: 'chat.ack', id: 'message-5', seq: 5, at: 1_795_233_600_000 },
  { type: 'chat.message', message },
  { type: 'chat.message', message: filed },
  { type: 'chat.page', ref: 'r', messages: [message, deleted], more: false },
  { type: 'typing', from: 'b', on: true },
  {
    type: 'access',
    locked: true,
    waiting: [{ session: 'e', user: 'e', name: 'Eve' }],
    banned: [{ user: 'f', name: 'Fay' }],
    more: true,
  },
  { type: 'state', entries: [stateEntry], all: true, more: true },
  {
    type: 'page',
    peers: [entry('d')],
    banned: [{ user: 'g', name: 'Gus' }],
    entries: [stateEntry],
    more: false,
  },
  {
    type: 'notify',
    id: 'n',
    at: 1_795_233_600_000,
    title: 'Soon',
    body: 'The room closes.',
    level: 'warning',
    data: { minutes: 5 },
  },
  { type: 'data', from: 'b', data: 'AGhlbGxv' },
  { type: 'data.ack', ref: 'r', gone: ['c'], unable: ['d'] },
  { type: 'ice', ref: 'r', iceServers, iceTtlMs: 60_000 },
];

/** `hello` first. */
export const clientSamples: readonly ClientMessage[] = [
  {
    type: 'hello',
    protocol: 1,
    name: 'Aisha',
    key: 'k'.repeat(21),
    call: true,
    media,
    meta: { seat: 4 },
    resume: 'a',
    lastSeq: 3,
    lastRev: 1,
    offers: [{ description: { type: 'offer', sdp: 'v=0' }, sources: { 0: 'camera' } }],
    knock: true,
    capabilities: ['later'],
  },
  { type: 'leave' },
  { type: 'ping' },
  { type: 'ack', mark: 'm' },
  { type: 'signal', to: 'b', ...signal },
  { type: 'chat.send', id: 'message-5', text: 'hello', replyTo: 3, after: 'message-4', file },
  { type: 'chat.edit', ref: 'r', seq: 3, text: 'hallo' },
  { type: 'chat.delete', ref: 'r', seq: 3 },
  { type: 'chat.react', ref: 'r', seq: 3, emoji: '\u{1F44D}', on: true },
  { type: 'chat.history', ref: 'r', before: 3, limit: 50 },
  { type: 'chat.search', ref: 'r', query: 'hello', before: 9, limit: 10 },
  { type: 'typing', on: true },
  {
    type: 'presence.set',
    name: 'Aisha',
    state: 'away',
    call: false,
    media,
    hand: true,
    meta: {},
    read: 3,
  },
  { type: 'roster.get' },
  { type: 'moderate', ref: 'r', action: 'mute', session: 'b', source: 'camera' },
  { type: 'moderate', ref: 'r', action: 'role', session: 'b', role: 'host' },
  { type: 'moderate', ref: 'r', action: 'ban', user: 'f' },
  { type: 'moderate', ref: 'r', action: 'lock', on: true },
  { type: 'state.set', ref: 'r', key: 'topic', value: { a: [1] }, rev: 0 },
  { type: 'data.send', ref: 'r', to: ['b'], data: 'AGhlbGxv' },
  { type: 'ice.get', ref: 'r' },
];
