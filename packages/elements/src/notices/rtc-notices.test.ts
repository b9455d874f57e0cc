import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { ChatEntry, RtcErrorCode } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { chatEntry } from '../../../../tests/support/chat-fixture.js';
import { fakeProblem, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom } from '../../../../tests/support/show.js';
import type { RtcNotices } from './rtc-notices.js';

const { media } = new FakeRoom().getSnapshot();
const busy = fakeProblem('device-busy', 'Your camera is used by another app.');

async function setup(room: FakeRoom): Promise<RtcNotices> {
  const notices = document.createElement('rtc-notices');
  await showRoom(room, notices);
  return notices;
}

const texts = (notices: RtcNotices): string[] =>
  [...(notices.shadowRoot?.querySelectorAll('p') ?? [])].map((p) =>
    p.textContent.replace(/\s+/g, ' ').trim(),
  );

describe('rtc-notices', () => {
  it('is accessible', async () => {
    const notices = await setup(new FakeRoom({ media: { ...media, camera: busy } }));
    await expectAccessible(notices);
  });

  it('says what is wrong with a device, and tries again', async () => {
    const room = new FakeRoom({ media: { ...media, camera: busy } });
    const notices = await setup(room);
    expect(texts(notices)).to.deep.equal(['Your camera is used by another app.']);
    find(notices, '.primary').click();
    await settle(notices);
    expect(room.calls).to.deep.equal(['set-camera(true)']);
    expect(texts(notices)).to.deep.equal([]);
  });

  it('can be dismissed, and appears again when the cause occurs again', async () => {
    const room = new FakeRoom({ media: { ...media, camera: busy } });
    const notices = await setup(room);
    find(notices, '[aria-label="Dismiss"]').click();
    await settle(notices);
    expect(texts(notices)).to.deep.equal([]);
    room.set({ media });
    await settle(notices);
    room.set({ media: { ...media, camera: busy } });
    await settle(notices);
    expect(texts(notices)).to.have.lengthOf(1);
  });

  it('tells a person who talks while muted, and turns the microphone on', async () => {
    const room = new FakeRoom({ you: { ...fakeYou(), speaking: true } });
    const notices = await setup(room);
    expect(texts(notices)).to.deep.equal(['You are muted: nobody hears you.']);
    await expectAccessible(notices);
    find(notices, '.primary').click();
    await settle(notices);
    expect(room.calls).to.deep.equal(['set-microphone(true)']);
    expect(texts(notices)).to.deep.equal([]);
  });

  it('shows no card for a screen picker that was closed', async () => {
    const screen = fakeProblem('screen-cancelled', 'Nothing was shared.');
    const notices = await setup(new FakeRoom({ media: { ...media, screen } }));
    expect(texts(notices)).to.deep.equal([]);
  });

  it('says that the call is full for as long as it is, in the words of the page if it has some', async () => {
    const message = 'The call is full.';
    const callProblem = { code: 'call-full', message, retryable: false } as const;
    const room = new FakeRoom({ callProblem });
    const notices = await setup(room);
    expect(texts(notices)).to.deep.equal([message]);
    expect(find(notices, '.card').getAttribute('role')).to.equal('status');
    await expectAccessible(notices);
    if (!notices.rtc.shared) throw new Error('no room');
    notices.rtc.shared.setMessages(notices, { 'problem.call-full': 'Kein Platz.' });
    await settle(notices);
    expect(texts(notices)).to.deep.equal(['Kein Platz.']);
    room.set({ callProblem: null });
    await settle(notices);
    expect(texts(notices)).to.deep.equal([]);
  });

  it('fills the device into the words of the page', async () => {
    const notices = await setup(new FakeRoom({ media: { ...media, camera: busy } }));
    if (!notices.rtc.shared) throw new Error('no room');
    notices.rtc.shared.setMessages(notices, {
      'problem.device-busy': '{device} belegt.',
      camera: 'Kamera',
    });
    await settle(notices);
    expect(texts(notices)).to.deep.equal(['Kamera belegt.']);
  });

  it('says that the connection is lost while the call goes on', async () => {
    const notices = await setup(new FakeRoom({ connection: 'reconnecting' }));
    expect(texts(notices)[0]).to.match(/^Connection lost/);
    expect(find(notices, '.card').getAttribute('role')).to.equal('alert');
  });

  const RELAY: readonly [code: RtcErrorCode, text: RegExp][] = [
    ['turn-refused', /^The relay does not accept the pass/],
    ['turn-forbidden', /^The relay refuses to carry this call/],
    ['turn-quota', /^The relay gives you no more connections/],
    ['turn-capacity', /^The relay is full/],
    ['turn-unreachable', /^The relay cannot be reached/],
    ['turn-missing', /^This call uses only relays/],
    ['turn-of-a-newer-core' as RtcErrorCode, /^What core says$/],
  ];
  for (const [code, text] of RELAY) {
    it(`says why a call has no relay that it needs: ${code}`, async () => {
      const relayProblem = { code, message: 'What core says', retryable: true };
      const room = new FakeRoom({ relayProblem });
      const notices = await setup(room);
      expect(texts(notices)).to.have.lengthOf(1);
      expect(texts(notices)[0]).to.match(text);
      expect(find(notices, '.card').getAttribute('role')).to.equal('alert');
      await expectAccessible(notices);
      room.set({ relayProblem: null });
      await settle(notices);
      expect(texts(notices)).to.deep.equal([]);
    });
  }

  it('says that messages were not sent while no chat shows them, and shows them', async () => {
    const { chat } = new FakeRoom().getSnapshot();
    const failed = (id: string): ChatEntry =>
      chatEntry(1, { id, seq: null, status: 'failed', user: 'user-me' });
    const chatOf = (...entries: ChatEntry[]) => ({ chat: { ...chat, entries } });
    const room = new FakeRoom(chatOf(failed('one')));
    const notices = document.createElement('rtc-notices');
    const { shared } = await showRoom(room, notices);
    expect(texts(notices)).to.deep.equal(['1 message was not sent.']);
    expect(find(notices, '.card').getAttribute('role')).to.equal('status');
    await expectAccessible(notices);
    find(notices, '[aria-label="Dismiss"]').click();
    await settle(notices);
    expect(texts(notices)).to.deep.equal([]);
    room.set(chatOf(failed('one'), failed('two'), chatEntry(1)));
    await settle(notices);
    expect(texts(notices)).to.deep.equal(['2 messages were not sent.']);
    find(notices, '.primary').click();
    await settle(notices);
    expect(shared?.panel).to.equal('chat');
    expect(texts(notices)).to.deep.equal([]);
    shared?.togglePanel('chat', false);
    await settle(notices);
    expect(texts(notices)).to.have.lengthOf(1);
    const log = {};
    shared?.owners.claim('visible-log', log);
    shared?.notify();
    await settle(notices);
    expect(texts(notices)).to.deep.equal([]);
    shared?.owners.release('visible-log', log);
    room.set(chatOf(chatEntry(1)));
    await settle(notices);
    expect(texts(notices)).to.deep.equal([]);
  });

  it('offers a button for blocked sound', async () => {
    const room = new FakeRoom();
    const notices = document.createElement('rtc-notices');
    await showRoom(room, notices);
    room.set({ soundProblem: { code: 'playback-blocked', message: 'Click.', retryable: true } });
    await settle(notices);
    find(notices, '.primary').click();
    await settle(notices);
    expect(room.calls).to.deep.equal(['start-sound()']);
  });

  const cem = { session: 'session-cem', user: 'user-cem', name: 'Cem' };
  const access = {
    locked: true,
    waiting: [cem, { ...cem, session: 'b', name: 'Ben' }],
    banned: [],
  };

  it('shows a host one join request at a time, and admits or denies it', async () => {
    const room = new FakeRoom({ you: fakeYou({ role: 'host' }), access });
    const notices = await setup(room);
    await expectAccessible(notices);
    expect(texts(notices)).to.deep.equal(['Cem would like to join and 1 more']);
    find(notices, '.primary').click();
    room.set({ access: { ...access, waiting: access.waiting.slice(1) } });
    await settle(notices);
    expect(texts(notices)).to.deep.equal(['Ben would like to join']);
    find(notices, '.plain').click();
    await settle(notices);
    expect(room.calls).to.deep.equal(['admit("session-cem")', 'deny("b")']);
  });

  it('shows join requests to nobody else, whatever the snapshot contains', async () => {
    expect(texts(await setup(new FakeRoom({ access })))).to.deep.equal([]);
  });
});
