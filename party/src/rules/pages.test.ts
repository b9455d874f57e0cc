// The largest frame of every kind that a room can send.
import { expect } from '@esm-bundle/chai';
import {
  type ChatMessage,
  decodeServerMessage,
  encode,
  LIMITS,
  PAGED_LISTS,
  type PagedMessage,
  type PageMessage,
  type PeerEntry,
  type ServerMessage,
  utf8Length,
} from '@rtc-elements/protocol';

import { accessMessage, OPEN_ACCESS } from './access.js';
import { emptyLedger, newestThatFit, welcomePage } from './chat.js';
import { fitsFrame, framesOf } from './pages.js';
import { addItem, emptyFeed, flush } from './presence-feed.js';
import { revise } from './revision.js';

const MEMBERS = 1_000;
const BIG = Number.MAX_SAFE_INTEGER;
const LONG_ID = 'i'.repeat(64);
const idOf = (index: number): string => String(index).padStart(64, '-');
const emoji = (count: number): string => '\u{1F600}'.repeat(count);
const NAME = emoji(LIMITS.nameLength);

const META = { m: emoji((LIMITS.metaBytes - '{"m":""}'.length) / 4) };
const ALL_MEDIA = ['microphone', 'camera', 'screen'] as const;

const entry = (index: number): PeerEntry => ({
  session: idOf(index),
  user: idOf(index),
  name: NAME,
  role: 'listener',
  can: ['chat', 'media', 'state', 'moderate'],
  joinedAt: BIG,
  state: 'reconnecting',
  call: BIG,
  media: { microphone: false, camera: false, screen: false },
  hand: false,
  meta: META,
  muted: ALL_MEDIA,
  read: BIG,
});
const entries = Array.from({ length: MEMBERS }, (_, index) => entry(index));

const plain = (seq: number): ChatMessage => ({
  seq,
  id: LONG_ID,
  at: BIG,
  user: LONG_ID,
  name: NAME,
  kind: 'text',
  text: emoji(LIMITS.textLength),
  replyTo: BIG,
  rev: BIG,
  editedAt: BIG,
});

/** As many people react to a message, with as many emoji, as a room allows. */
function adored(seq: number): ChatMessage {
  let message = plain(seq);
  for (let at = 0; at < LIMITS.reactions * LIMITS.reactionUsers; at += 1) {
    // Sixteen emoji of one letter each: what counts is that they differ.
    const request = {
      type: 'chat.react',
      ref: 'r',
      seq,
      emoji: String.fromCodePoint(0x1f600 + (at % LIMITS.reactions)),
      on: true,
    } as const;
    const revised = revise(message, request, { user: idOf(at), mayModerate: false, now: 0 });
    if (revised === 'forbidden') break;
    message = revised as ChatMessage;
  }
  return message;
}

const messages = Array.from({ length: LIMITS.pageMessages }, (_, at) => adored(BIG - 50 + at));
const ledger = { ...emptyLedger, seq: BIG, count: 100, rev: BIG };
const iceServers = [
  { urls: Array<string>(LIMITS.iceServersBytes / 512 - 1).fill('u'.repeat(509)) },
];
const candidate = { candidate: 'c'.repeat(LIMITS.candidateLength), sdpMid: 'm'.repeat(32) };
const notice = (count: number): string => emoji(count);

/** One of each type at least: the most that the rules of the room let through. */
const LARGEST: { readonly [Type in ServerMessage['type']]: readonly ServerMessage[] } = {
  welcome: [
    {
      type: 'welcome',
      session: LONG_ID,
      resumed: false,
      you: entry(0),
      peers: entries,
      seq: BIG,
      room: LONG_ID,
      iceServers,
      iceTtlMs: BIG,
      chat: welcomePage(ledger, { newest: messages, revisedSince: () => messages }, {}),
      limits: { members: BIG, meshMembers: BIG, historyMessages: BIG },
      serverTime: BIG,
      offers: [LONG_ID, LONG_ID],
      features: Array<string>(LIMITS.features).fill('f'.repeat(LIMITS.featureLength)),
    },
  ],
  wait: [{ type: 'wait' }],
  pong: [{ type: 'pong' }],
  mark: [{ type: 'mark', mark: LONG_ID }],
  error: [{ type: 'error', code: LONG_ID, detail: emoji(256), ref: LONG_ID, retryAfterMs: BIG }],
  done: [{ type: 'done', ref: LONG_ID }],
  roster: [{ type: 'roster', seq: BIG, peers: entries }],
  presence: flush(
    entries
      .flatMap(({ session, ...news }) => [
        { kind: 'joined', entry: { ...news, session } } as const,
        {
          kind: 'left',
          departed: { session: `${session.slice(1)}x`, reason: 'replaced' },
        } as const,
      ])
      .reduce(addItem, emptyFeed(0)),
  ).frames.map(({ common }) => common),
  signal: [
    // What the client may send in one frame, as `relaySignal` lets it through.
    {
      type: 'signal',
      from: LONG_ID,
      epoch: BIG,
      n: BIG,
      description: { type: 'offer', sdp: 's'.repeat(LIMITS.sdpLength) },
      candidates: Array(14).fill(candidate),
    },
  ],
  'chat.ack': [{ type: 'chat.ack', id: LONG_ID, seq: BIG, at: BIG }],
  'chat.message': [{ type: 'chat.message', message: adored(1) }],
  'chat.page': [messages, messages.map(({ seq }) => plain(seq))].map((all) => ({
    type: 'chat.page',
    ref: LONG_ID,
    messages: newestThatFit(all),
    more: false,
  })),
  typing: [{ type: 'typing', from: LONG_ID, on: false }],
  access: [
    accessMessage(
      {
        ...OPEN_ACCESS,
        waiting: entries
          .slice(0, LIMITS.waiting)
          .map(({ session, user, name }) => ({ session, user, name, since: 0 })),
        banned: entries.slice(0, LIMITS.bans).map(({ user, name }) => ({ user, name })),
      },
      true,
    ),
  ],
  state: [
    {
      type: 'state',
      entries: Array.from({ length: LIMITS.stateKeys }, (_, index) => ({
        key: idOf(index).replaceAll('-', 'k'),
        value: 'v'.repeat(LIMITS.stateBytes - 2),
        rev: BIG,
        by: LONG_ID,
      })),
      all: true,
    },
  ],
  page: [],
  notify: [
    {
      type: 'notify',
      id: LONG_ID,
      at: BIG,
      title: notice(LIMITS.noticeTitleLength),
      body: notice(LIMITS.noticeBodyLength),
      level: 'success',
      data: 'd'.repeat(LIMITS.noticeBytes - 2),
    },
  ],
  data: [{ type: 'data', from: LONG_ID, data: 'A'.repeat(LIMITS.dataLength) }],
  'data.ack': [
    {
      type: 'data.ack',
      ref: LONG_ID,
      gone: Array<string>(LIMITS.dataRecipients / 2).fill(LONG_ID),
      unable: Array<string>(LIMITS.dataRecipients / 2).fill(LONG_ID),
    },
  ],
  ice: [{ type: 'ice', ref: LONG_ID, iceServers, iceTtlMs: BIG }],
};

/** The message of which these are the frames. */
function join(frames: readonly string[]): unknown {
  const [first, ...pages] = frames.map((frame) => JSON.parse(frame) as PagedMessage | PageMessage);
  if (!first || first.type === 'page' || pages.length === 0) return first;
  const { more, ...whole } = first;
  expect(more).to.equal(true);
  expect(pages.map((page) => page.more)).to.deep.equal(
    pages.map((_, index) => index < pages.length - 1),
  );
  const list = PAGED_LISTS[whole.type];
  const parts = [first, ...pages] as readonly Partial<Record<typeof list, readonly object[]>>[];
  return { ...whole, [list]: parts.flatMap((part) => part[list] ?? []) };
}

describe('the largest frame of each kind', () => {
  for (const [type, all] of Object.entries(LARGEST)) {
    it(`[LI-1] [PG-1] fits 64 KiB, in pages if need be: ${type}`, () => {
      for (const message of all) {
        const frames = framesOf(message);
        for (const frame of frames) {
          expect(utf8Length(frame)).to.be.at.most(LIMITS.frameBytes);
          expect(fitsFrame(frame)).to.equal(true);
          const decoded = decodeServerMessage(frame);
          expect(decoded.ok || decoded.fault.detail).to.equal(true);
        }
        expect(join(frames)).to.deep.equal(JSON.parse(encode(message)));
        if (fitsFrame(encode(message))) expect(frames, 'no page without need').to.have.length(1);
      }
    });
  }

  it('[PG-1] leaves no room in a page for another item', () => {
    for (const message of [...LARGEST.roster, ...LARGEST.state, ...LARGEST.access]) {
      const frames = framesOf(message);
      for (const [index, frame] of frames.slice(0, -1).entries()) {
        const next = JSON.parse(frames[index + 1] ?? '') as PageMessage;
        const [item] = next.peers ?? next.entries ?? next.banned ?? [];
        const bytes = utf8Length(`${frame},${JSON.stringify(item)}`);
        expect(bytes, message.type).to.be.above(LIMITS.frameBytes);
      }
    }
  });

  it('[PG-1] has samples that do not fit one frame, of every message that goes on in pages', () => {
    for (const type of Object.keys(PAGED_LISTS) as PagedMessage['type'][]) {
      for (const message of LARGEST[type]) {
        expect(fitsFrame(encode(message)), type).to.equal(false);
        expect(framesOf(message).length, type).to.be.above(1);
      }
    }
    expect(LARGEST.presence.length).to.be.above(2 * (MEMBERS / LIMITS.presenceChanges) - 1);
    // What only hosts are told is not there for others, not even empty.
    const access = { type: 'access', locked: true } as const;
    expect(framesOf(access)).to.deep.equal([encode(access)]);
  });

  it('[CH-8] refuses the reaction with which a message would no longer fit', () => {
    const { reactions = {} } = adored(1);
    const bytes = utf8Length(JSON.stringify(reactions));
    expect(bytes).to.be.at.most(LIMITS.reactionBytes);
    expect(bytes).to.be.above(LIMITS.reactionBytes - 100);
    const [first] = Object.entries(reactions)[0] ?? [''];
    const takeBack = { type: 'chat.react', ref: 'r', seq: 1, emoji: first, on: false } as const;
    const user = reactions[first]?.[0] ?? '';
    const by = { user, mayModerate: false, now: 0 };
    expect(revise(adored(1), takeBack, by)).to.be.an('object');
  });
});
