import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';

import { fakePeer, fakeState } from '../../../../tests/support/fake-room.js';
import { announce } from '../announcer/announcements.js';
import { whoIsHere } from '../lobby/who-is-here.js';
import { deriveRoomName } from '../session/derive-room-name.js';
import { initials } from '../view/person.js';
import { en, type MessageKey } from './en.js';
import { localize, type MessageParams } from './localize.js';

const t = (key: MessageKey, params?: MessageParams): string => localize(undefined, en, key, params);

describe('localize', () => {
  it('fills in names and picks by count', () => {
    expect(t('joinRoom', { room: 'standup' })).to.equal('Join standup');
    expect(t('peopleCount', { count: 1 })).to.equal('1 person in the room');
    expect(t('peopleCount', { count: 4 })).to.equal('4 people in the room');
  });

  it('prefers the texts of the page', () => {
    expect(localize({ leave: 'Verlassen' }, en, 'leave')).to.equal('Verlassen');
    expect(localize({ leave: 'Verlassen' }, en, 'chat')).to.equal('Chat');
  });
});

describe('whoIsHere', () => {
  it('names two people, and counts the rest', () => {
    const say = (count: number, ...names: string[]): string => whoIsHere({ count, names }, t);
    expect(whoIsHere(null, t)).to.equal('');
    expect(say(0)).to.equal('Nobody is here yet');
    expect(say(1, 'Aisha')).to.equal('Aisha is here');
    expect(say(2, 'Aisha', 'Noor')).to.equal('Aisha and Noor are here');
    expect(say(3, 'Aisha', 'Noor', 'Lin')).to.equal('Aisha, Noor and 1 more is here');
    expect(say(9, 'Aisha', 'Noor')).to.equal('Aisha, Noor and 7 more are here');
    expect(say(5)).to.equal('5 people are here');
  });
});

describe('initials', () => {
  it('takes the first letters of the first and the last word', () => {
    expect(initials('Rahim Chowdhury')).to.equal('RC');
    expect(initials('aisha')).to.equal('A');
    expect(initials('Ana de la Cruz')).to.equal('AC');
    expect(initials('😀 Smile')).to.equal('😀S');
    expect(initials('')).to.equal('');
  });

  it('splits no flag, no joined emoji and no letter from its marks', () => {
    expect(initials('🇩🇪 Team')).to.equal('🇩🇪T');
    expect(initials('👨‍👩‍👧 Lee')).to.equal('👨‍👩‍👧L');
    expect(initials('👍🏽')).to.equal('👍🏽');
    expect(initials('🏴󠁧󠁢󠁥󠁮󠁧󠁿 Fan')).to.equal('🏴󠁧󠁢󠁥󠁮󠁧󠁿F');
    expect(initials('E\u0301va N\u0303o')).to.equal('E\u0301N\u0303');
    expect(initials('नि मा')).to.equal('निमा');
    expect(initials('\u200EAnn \u200BLee')).to.equal('AL');
  });
});

describe('deriveRoomName', () => {
  const page = { host: 'example.com', pathname: '/team/Stand up.html' };

  it('turns the path of a page into an allowed name', () => {
    expect(deriveRoomName('', page)).to.equal('team-Stand-up');
    expect(deriveRoomName('', { ...page, pathname: '/' })).to.equal('home');
  });

  it('names none for a page without a host: all of these would share it, or tell a path', () => {
    for (const pathname of ['srcdoc', '/home/lin/call.html']) {
      expect(deriveRoomName('edge.example', { host: '', pathname })).to.equal('');
    }
  });

  it('separates pages of different sites on a shared host', () => {
    expect(deriveRoomName('edge.example', page)).to.equal('example-com-team-Stand-up');
  });

  it('separates long paths with the same end', () => {
    const long = 'x'.repeat(80);
    const one = deriveRoomName('', { ...page, pathname: `/a/${long}` });
    const two = deriveRoomName('', { ...page, pathname: `/b/${long}` });
    expect(one).to.match(/^[A-Za-z0-9_-]{1,64}$/);
    expect(one).not.to.equal(two);
  });
});

describe('announce', () => {
  const keys = (...states: ReturnType<typeof fakeState>[]): string[] =>
    announce(states[0]!, states[1]!).map(({ key }) => key);

  it('announces nothing for the same snapshot', () => {
    const state = fakeState();
    expect(announce(state, state)).to.deep.equal([]);
  });

  it('announces who joined, left, raised a hand and shares a screen', () => {
    const aisha = fakePeer('Aisha');
    const before = fakeState({ peers: [aisha, fakePeer('Noor')] });
    const shares = { ...aisha, hand: true, media: { ...aisha.media, screen: true } };
    const after = fakeState({ peers: [shares, fakePeer('Lin')] });
    expect(keys(before, after)).to.deep.equal(['saidHand', 'saidScreen', 'saidJoined', 'saidLeft']);
  });

  it('does not announce people who were there before', () => {
    const before = fakeState({ connection: 'connecting' });
    expect(keys(before, fakeState({ peers: [fakePeer('Aisha')] }))).to.deep.equal([
      'saidConnected',
    ]);
  });

  const said = (seq: number): ChatEntry => ({
    ...{ id: `m${seq}`, seq, at: 0, user: 'user-aisha', name: 'Aisha', text: `line ${seq}` },
    kind: 'text',
    status: 'sent',
  });
  const chatOf = (...seqs: number[]) => ({
    entries: seqs.map((seq) => said(seq)),
    more: false,
    lastSeq: seqs.at(-1) ?? 0,
    lastRev: 0,
  });

  it('announces what others wrote during a break, in one sentence if it is much', () => {
    const lost = fakeState({ connection: 'reconnecting', chat: chatOf(1) });
    const back = announce(lost, fakeState({ chat: chatOf(1, 2, 3) }));
    expect(back.map(({ key, text = '' }) => `${key} ${text}`)).to.deep.equal([
      'saidConnected ',
      'saidMessage line 2',
      'saidMessage line 3',
    ]);
    const much = announce(lost, fakeState({ chat: chatOf(1, 2, 3, 4, 5) }));
    expect(much.map(({ key, count = 0 }) => `${key} ${count}`)).to.deep.equal([
      'saidConnected 0',
      'saidMissed 4',
    ]);
    expect(t('saidMissed', { count: 4 })).to.equal('4 new messages');
  });

  it('announces no history', () => {
    const before = fakeState({ connection: 'connecting', you: null });
    expect(keys(before, fakeState({ chat: chatOf(1, 2) }))).to.deep.equal(['saidConnected']);
  });

  it('announces new messages of others, not own ones', () => {
    const message = { seq: 1, at: 0, name: 'Aisha', kind: 'text', status: 'sent' } as const;
    const entries = [
      { ...message, id: 'a', user: 'user-aisha', text: 'hi' },
      { ...message, id: 'b', seq: 2, user: 'user-lin-wei', text: 'hello' },
    ];
    const after = fakeState({ chat: { entries, more: false, lastSeq: 2, lastRev: 0 } });
    expect(announce(fakeState(), after).map(({ text }) => text)).to.deep.equal(['hi']);
  });
});
