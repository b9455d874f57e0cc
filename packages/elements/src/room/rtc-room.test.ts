import '../define.js';

import { expect } from '@esm-bundle/chai';
import { LeaveEvent, PeerJoinEvent, type RoomState } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import {
  fakeDevices,
  fakeOn,
  fakePeer,
  fakeProblem,
  FakeRoom,
  fakeYou,
} from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcTile } from '../tile/rtc-tile.js';

const { media } = new FakeRoom().getSnapshot();
const message = { id: 'a', seq: 1, at: 0, user: 'user-aisha', name: 'Aisha', text: 'hi' } as const;

const scenes: Record<string, Partial<RoomState>> = {
  lobby: { connection: 'idle', you: null, media: { ...media, devices: fakeDevices } },
  alone: {},
  call: {
    peers: [fakePeer('Aisha', { speaking: true }), fakePeer('Rahim Chowdhury', { hand: true })],
    media: { ...media, microphone: fakeOn('mic-1'), devices: fakeDevices },
  },
  trouble: {
    connection: 'reconnecting',
    media: { ...media, camera: fakeProblem('device-busy', 'Your camera is used by another app.') },
  },
  left: { connection: 'closed', left: 'left' },
};

/** Of what has no style. */
const UNSTYLED = { overflow: 'visible', borderTopLeftRadius: '0px' };

const tilesOf = (grid: Element): RtcTile[] => [
  ...(grid.shadowRoot?.querySelectorAll('rtc-tile') ?? []),
];

describe('rtc-room', () => {
  for (const [name, state] of Object.entries(scenes)) {
    it(`is accessible: ${name}, light and dark`, async () => {
      const element = await showRoom(new FakeRoom(state));
      for (const theme of ['light', 'dark'] as const) {
        element.theme = theme;
        await settle(element);
        await expectAccessible(element);
      }
    });
  }

  it('cuts round corners out of a picture once', async () => {
    const element = await showRoom(new FakeRoom({ peers: [fakePeer('Aisha')] }));
    const grid = find(element, 'rtc-grid');
    await until(() => tilesOf(grid)[0]?.hasUpdated === true);
    const cutting: string[] = [];
    let at: Node | null = tilesOf(grid)[0]?.renderRoot.querySelector('video') ?? null;
    while (at) {
      const { overflow, borderTopLeftRadius } =
        at instanceof Element ? getComputedStyle(at) : UNSTYLED;
      if (overflow !== 'visible' && borderTopLeftRadius !== '0px') cutting.push(at.nodeName);
      at =
        (at as Element).assignedSlot ?? at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null;
    }
    expect(cutting).to.deep.equal(['VIDEO']);
  });

  it('shows a lobby first, and joins with the name entered there', async () => {
    const room = new FakeRoom({ connection: 'idle', you: null });
    const element = await showRoom(room);
    const lobby = find(element, 'rtc-lobby');
    expect(room.calls).to.deep.equal(['set-microphone(true)', 'set-camera(true)']);
    find(lobby, '.primary').click();
    await settle(element);
    expect(find(lobby, '[role="alert"]').textContent?.trim()).to.equal('Enter your name first.');
    const field = find(lobby, '#name') as HTMLInputElement;
    field.value = 'Lin Wei';
    field.dispatchEvent(new Event('input'));
    find(lobby, '.primary').click();
    await settle(element);
    expect(room.calls).to.include('join("Lin Wei")');
    expect(find(element, 'rtc-grid').isConnected).to.equal(true);
  });

  it('shows the lobby to a person who is already in the chat, and enters the call from there', async () => {
    const room = new FakeRoom({ you: fakeYou({ call: 0 }), peers: [fakePeer('Aisha')] });
    const element = await showRoom(room);
    element.name = 'Lin Wei';
    await settle(element);
    const lobby = find(element, 'rtc-lobby');
    expect((find(lobby, '#name') as HTMLInputElement).value).to.equal('Lin Wei');
    expect(find(lobby, '.here').textContent).to.equal('Aisha is here');
    find(lobby, '.primary').click();
    await settle(element);
    expect(find(element, 'rtc-grid').isConnected).to.equal(true);
    const media = ['set-microphone(true)', 'set-camera(true)'];
    expect(room.calls).to.deep.equal([...media, 'enterCall()']);
  });

  it('opens the chat next to the stage, and counts what arrived before', async () => {
    const room = new FakeRoom({ peers: [fakePeer('Aisha')] });
    const element = await showRoom(room);
    const entries = [{ ...message, kind: 'text', status: 'sent' } as const];
    room.set({ chat: { entries, more: false, lastSeq: 1, lastRev: 0 } });
    await settle(element);
    const button = find(find(element, 'rtc-controls'), '[part~="button-chat"]');
    expect(button.ariaLabel).to.equal('Chat, 1 unread message');
    button.click();
    await settle(element);
    expect(find(element, 'aside rtc-chat').isConnected).to.equal(true);
    find(element, 'aside button').click();
    await settle(element);
    expect(element.shadowRoot?.querySelector('aside')).to.equal(null);
    await until(() => find(element, 'rtc-controls').shadowRoot?.activeElement === button);
  });

  it('announces who joined in its live region', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    room.set({ peers: [fakePeer('Aisha')] });
    await settle(element);
    expect(find(element, '[aria-live="polite"]').textContent).to.equal('Aisha joined');
  });

  it('dispatches events with fields', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    const said: string[] = [];
    element.addEventListener('rtc-peer-join', ({ peer }) => said.push(peer.name));
    element.addEventListener('rtc-leave', ({ reason }) => said.push(reason));
    room.dispatchEvent(new PeerJoinEvent(fakePeer('Aisha')));
    room.dispatchEvent(new LeaveEvent('left'));
    expect(said).to.deep.equal(['Aisha', 'left']);
    expect(await element.ready).to.equal(room);
  });

  it('only provides its room when it has children', async () => {
    const grid = document.createElement('rtc-grid');
    const element = await showRoom(new FakeRoom({ peers: [fakePeer('Aisha')] }), grid);
    expect(element.shadowRoot?.querySelector('rtc-controls')).to.equal(null);
    grid.style.height = '300px';
    await until(() => tilesOf(grid).length > 0);
    const tiles = tilesOf(grid);
    expect(tiles.map(({ session }) => session)).to.deep.equal(['session-aisha', '']);
  });

  it('says that nobody else is in the call if others are only in the chat', async () => {
    const element = await showRoom(new FakeRoom({ peers: [fakePeer('Noor', { call: 0 })] }));
    const slot = find(element, 'slot[name=empty]');
    expect(slot.textContent).to.contain('Nobody else is in the call yet');
    const grid = find(element, 'rtc-grid').shadowRoot;
    await until(() => grid?.querySelector('.empty:not([hidden])') != null);
  });

  it('keeps every tile where it is when somebody else speaks', async () => {
    const peers = [fakePeer('Aisha'), fakePeer('Noor'), fakePeer('Rahim')];
    const room = new FakeRoom({ peers });
    const element = await showRoom(room);
    const places = (): string[] =>
      tilesOf(find(element, 'rtc-grid')).map((tile) => `${tile.session} ${tile.style.cssText}`);
    await until(() => places().length > 0);
    const before = places();
    expect(before).to.have.lengthOf(4);
    room.set({ peers: peers.map((peer, index) => ({ ...peer, speaking: index === 2 })) });
    await settle(element);
    expect(places()).to.deep.equal(before);
  });

  it('uses the texts of the page', async () => {
    const element = await showRoom(new FakeRoom());
    element.messages = { leave: 'Verlassen' };
    await settle(element);
    const button = find(find(element, 'rtc-controls'), '[part~="button-leave"]');
    expect(button.textContent?.trim()).to.equal('Verlassen');
  });

  it('releases everything when it is removed, and nothing when it is moved', async () => {
    const room = new FakeRoom({ you: fakeYou() });
    const element = await showRoom(room);
    const listening = room.listenerCount;
    const box = document.createElement('div');
    document.body.append(box);
    box.append(element);
    await settle(element);
    expect(room.listenerCount).to.equal(listening);
    expect(room.calls).to.deep.equal([]);
    box.remove();
  });
});
