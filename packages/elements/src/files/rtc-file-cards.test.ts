// Cards for files over the stage of a call, and files that are dropped on a tile.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { RtcError, type Transfer } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { chatEntry, setEntries } from '../../../../tests/support/chat-fixture.js';
import { carrying, dragEvent } from '../../../../tests/support/drag-and-paste.js';
import { fakeTransfer } from '../../../../tests/support/fake-files.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcFileOfferEvent } from '../events.js';
import type { RtcRoom } from '../room/rtc-room.js';

afterEach(() => localStorage.clear());

async function setup() {
  const room = new FakeRoom({ peers: [fakePeer('Ada')] });
  const element = await showRoom(room);
  return { room, element };
}

const cardsIn = (element: RtcRoom): readonly string[] =>
  [...(find(element, 'rtc-file-cards').shadowRoot?.querySelectorAll('[data-transfer]') ?? [])].map(
    (card) => (card as HTMLElement).dataset['transfer'] ?? '',
  );

async function offer(room: FakeRoom, element: RtcRoom, over: Partial<Transfer>): Promise<void> {
  room.offerFiles(fakeTransfer(over));
  await settle(element);
}

describe('the cards for files', () => {
  it('are there with the first offer, accessible, and accept it', async () => {
    const { room, element } = await setup();
    await offer(room, element, { id: 'a' });
    expect(cardsIn(element)).to.deep.equal(['a']);
    await expectAccessible(element);
    find(find(element, 'rtc-file-cards'), '[data-does=accept]').click();
    await settle(element);
    expect(room.files.calls).to.deep.equal(['accept("a")']);
    expect(find(find(element, 'rtc-file-cards'), 'progress').isConnected).to.equal(true);
  });

  it('are not there for an offer that the page takes care of', async () => {
    const { room, element } = await setup();
    const told: Transfer[] = [];
    element.addEventListener('rtc-file-offer', (event: RtcFileOfferEvent) => {
      told.push(event.transfer);
      event.preventDefault();
    });
    await offer(room, element, { id: 'a' });
    expect(told.map(({ id }) => id)).to.deep.equal(['a']);
    expect(cardsIn(element)).to.deep.equal([]);
    // Nor is it declined: the page accepts it, say.
    expect(room.files.getSnapshot()[0]).to.include({ status: 'offered', isHandled: true });
    expect(room.files.calls).to.deep.equal([]);
  });

  it('are not there for an offer of which a listener of the room takes care', async () => {
    const { room, element } = await setup();
    room.addEventListener('file-offer', (event) => event.preventDefault());
    await offer(room, element, { id: 'a' });
    expect(cardsIn(element)).to.deep.equal([]);
  });

  it('are three at most, offers first, and say how many more there are', async () => {
    const { room, element } = await setup();
    await offer(room, element, { id: 'running', status: 'running' });
    for (const id of ['a', 'b', 'c', 'd']) await offer(room, element, { id });
    expect(cardsIn(element)).to.deep.equal(['a', 'b', 'c']);
    expect(find(find(element, 'rtc-file-cards'), '.more').textContent).to.equal('2 more');
  });

  it('leave files to a list on the page, and to the chat', async () => {
    const { room, element } = await setup();
    const file = { id: 'shared', name: 'plan.pdf', size: 3, type: '' };
    setEntries(room, [chatEntry(1, { kind: 'file', file })]);
    await offer(room, element, { id: 'chat', offer: 'shared', status: 'running' });
    await offer(room, element, { id: 'a' });
    expect(cardsIn(element)).to.deep.equal(['a']);
    const files = document.createElement('rtc-files');
    element.id = 'call';
    files.for = 'call';
    document.body.append(files);
    await settle(files);
    await settle(element);
    expect(cardsIn(element)).to.deep.equal([]);
    files.remove();
    await settle(element);
    expect(cardsIn(element)).to.deep.equal(['a']);
  });

  it('are there at once where files were on their way when the page was closed', async () => {
    const { room, element } = await setup();
    await offer(room, element, { id: 'a', status: 'running' });
    expect(localStorage.getItem('rtc-elements:files:standup')).to.equal('');
    room.files.change('a', { status: 'done' });
    await settle(element);
    expect(localStorage.getItem('rtc-elements:files:standup')).to.equal(null);
  });
});

describe('a tile', () => {
  const drag = (type: 'dragover' | 'drop'): DragEvent =>
    dragEvent(type, carrying([new File(['a'], 'plan.pdf')]));

  async function withTile() {
    const all = await setup();
    await until(() => find(all.element, 'rtc-grid').shadowRoot?.querySelector('rtc-tile') != null);
    const tiles = [
      ...(find(all.element, 'rtc-grid').shadowRoot?.querySelectorAll('rtc-tile') ?? []),
    ];
    const [theirs, own] = [tiles.find(({ self }) => !self), tiles.find(({ self }) => self)];
    if (!theirs || !own) throw new Error('no tiles');
    return { ...all, theirs, own };
  }

  it('sends to its person what is dropped on it, and shows that beforehand', async () => {
    const { room, element, theirs } = await withTile();
    theirs.dispatchEvent(drag('dragover'));
    await settle(element);
    expect(find(theirs, '[part=drop]').textContent.trim()).to.equal('Send to Ada');
    await expectAccessible(theirs);
    theirs.dispatchEvent(drag('drop'));
    await until(() => room.files.calls.length > 0);
    expect(room.files.calls).to.deep.equal(['offer(["plan.pdf"], "session-ada")']);
    await until(() => cardsIn(element).length === 1);
    expect(theirs.shadowRoot?.querySelector('[part=drop]')).to.equal(null);
  });

  it('says over the stage why nothing was sent, until that is dismissed', async () => {
    const { room, element, theirs } = await withTile();
    room.files.failure = new RtcError('unsupported', 'Ada uses an older version.');
    theirs.dispatchEvent(drag('drop'));
    await until(
      () => find(element, 'rtc-file-cards').shadowRoot?.querySelector('.failure') != null,
    );
    const card = find(find(element, 'rtc-file-cards'), '.failure');
    expect(card.textContent).to.contain('Not sent. Ada uses an older version.');
    card.querySelector('button')?.click();
    await settle(element);
    expect(card.isConnected).to.equal(false);
  });

  it('of our own takes nothing, and no file that misses a tile makes the browser leave the call', async () => {
    const { room, element, own } = await withTile();
    for (const place of [own, find(element, '.stage')]) {
      const over = drag('dragover');
      place.dispatchEvent(over);
      expect(over.defaultPrevented).to.equal(true);
      expect(over.dataTransfer?.dropEffect).to.equal('none');
    }
    expect(room.files.calls).to.deep.equal([]);
  });
});
