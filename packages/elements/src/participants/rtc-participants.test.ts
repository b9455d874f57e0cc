import '../define.js';

import { expect } from '@esm-bundle/chai';
import { type RoomState, RtcError } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { carrying } from '../../../../tests/support/drag-and-paste.js';
import { fakePeer, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcParticipants } from './rtc-participants.js';

describe('rtc-participants', () => {
  it('is accessible, and lists everybody with their media', async () => {
    const media = { microphone: false, camera: true, screen: false };
    const peers = [fakePeer('Aisha', { media, hand: true }), fakePeer('Noor', { call: 0 })];
    const list = document.createElement('rtc-participants');
    await showRoom(new FakeRoom({ peers }), list);
    await expectAccessible(list);
    const lines = [...(list.shadowRoot?.querySelectorAll('li') ?? [])].map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(lines).to.have.lengthOf(3);
    expect(lines[0]).to.contain('Lin Wei You');
    expect(lines[1]).to.contain('Aisha').and.contain('hand raised').and.contain('Microphone off');
    expect(lines[2]).to.contain('Noor chat only').and.not.contain('Camera');
  });

  const cem = { session: 'session-cem', user: 'user-cem', name: 'Cem' };
  const dora = { user: 'user-dora', name: 'Dora' };

  async function setup(over: Partial<RoomState> = {}): Promise<{
    readonly room: FakeRoom;
    readonly list: RtcParticipants;
  }> {
    const room = new FakeRoom({
      you: fakeYou({ role: 'host' }),
      peers: [fakePeer('Aisha', { hand: true, muted: ['microphone'] })],
      access: { locked: true, waiting: [cem], banned: [dora] },
      ...over,
    });
    const list = document.createElement('rtc-participants');
    await showRoom(room, list);
    return { room, list };
  }

  const button = (list: RtcParticipants, words: string): HTMLElement => {
    const all = [...(list.shadowRoot?.querySelectorAll('button') ?? [])];
    const found = all.find(({ textContent }) => textContent.trim() === words);
    if (!found) throw new Error(`No button ${words}`);
    return found;
  };

  /** The words in the menu of Aisha, once it was opened. */
  const openMenu = async (list: RtcParticipants): Promise<readonly string[]> => {
    find(list, '[data-menu="session-aisha"]').click();
    await settle(list);
    const items = [...(list.shadowRoot?.querySelectorAll('[role=menuitem]') ?? [])];
    return items.map(({ textContent }) => textContent.trim());
  };

  it('has the host’s tools for a person whose token allows moderation, whatever the role', async () => {
    const { list } = await setup({ you: fakeYou({ can: ['moderate'] }) });
    expect(await openMenu(list)).to.include('Ban');
    const other = await setup({ you: fakeYou({ role: 'host', can: ['chat'] }) });
    expect(await openMenu(other.list)).to.deep.equal(['Send a file…']);
  });

  it('is accessible for a host, with a menu open as well', async () => {
    const { list } = await setup();
    await expectAccessible(list);
    find(list, '[data-menu="session-aisha"]').click();
    await settle(list);
    await expectAccessible(list);
  });

  it('offers a host only what would change something, by keyboard', async () => {
    const { room, list } = await setup();
    expect(await openMenu(list)).to.deep.equal([
      'Send a file…',
      'Mute microphone',
      'Turn camera off',
      'Lower hand',
      'Make host',
      'Make listener',
      'Remove',
      'Ban',
    ]);
    const root = list.shadowRoot;
    expect(root?.activeElement === root?.querySelector('[role=menuitem]')).to.equal(true);
    root?.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }),
    );
    (root?.activeElement as HTMLElement).click();
    await settle(list);
    expect(room.calls).to.deep.equal(['ban("user-aisha")']);
    expect(root?.activeElement).to.equal(find(list, '[data-menu="session-aisha"]'));
  });

  it('shows a host who is waiting and who is banned, and carries out the decisions', async () => {
    const { room, list } = await setup();
    const first = find(list, 'section');
    expect(first.textContent).to.contain('Waiting to come in').and.contain('Cem');
    for (const words of ['Admit', 'Deny', 'Let back in', 'Unlock room'])
      button(list, words).click();
    await settle(list);
    expect(room.calls).to.deep.equal([
      'admit("session-cem")',
      'deny("session-cem")',
      'unban("user-dora")',
      'lock(false)',
    ]);
    expect(button(list, 'Lock room').isConnected).to.equal(true);
  });

  it('keeps every button in view, however long a name is', async () => {
    const name = 'Chen-Ludovica Featherstonehaugh-Montgomery of the Harbour';
    const { list } = await setup({
      peers: [fakePeer(name)],
      access: { locked: true, waiting: [{ ...cem, name }], banned: [{ ...dora, name }] },
    });
    list.style.width = '320px';
    const { right } = list.getBoundingClientRect();
    for (const one of list.shadowRoot?.querySelectorAll('li button') ?? [])
      expect(one.getBoundingClientRect().right, one.textContent).to.be.at.most(right);
  });

  it('asks before it ends the room for everybody', async () => {
    const { room, list } = await setup();
    button(list, 'End for everybody').click();
    const dialog = list.shadowRoot?.querySelector('dialog') as HTMLDialogElement;
    expect(dialog.open).to.equal(true);
    await expectAccessible(list);
    button(list, 'Cancel').click();
    expect(dialog.open).to.equal(false);
    expect(room.calls).to.deep.equal([]);
    button(list, 'End for everybody').click();
    find(list, 'dialog .sure').click();
    await settle(list);
    expect(room.calls).to.deep.equal(['close()']);
  });

  it('shows roles and mutes to everybody, and the tools only to a host', async () => {
    const { list } = await setup({ you: fakeYou() });
    const peer = [...(list.shadowRoot?.querySelectorAll('li') ?? [])][1];
    expect(peer?.textContent).to.contain('muted by a host');
    expect(list.shadowRoot?.querySelector('section, dialog')).to.equal(null);
    expect(await openMenu(list)).to.deep.equal(['Send a file…']);
  });

  describe('sends a file to one person, from their menu', () => {
    /** What the person chooses in the browser's picker; `null`: closes it. */
    let chosen: readonly File[] | null = null;
    beforeEach(() => {
      HTMLInputElement.prototype.click = function (this: HTMLInputElement): void {
        const data = carrying(chosen ?? []);
        if (chosen) this.files = data.files;
        this.dispatchEvent(new Event(chosen ? 'change' : 'cancel'));
      };
    });
    afterEach(() => {
      Reflect.deleteProperty(HTMLInputElement.prototype, 'click');
    });

    const send = async (list: RtcParticipants): Promise<void> => {
      await openMenu(list);
      // By keyboard: the first item has the focus.
      (list.shadowRoot?.activeElement as HTMLElement).click();
      await settle(list);
    };

    it('by keyboard, and the focus returns to the button', async () => {
      const { room, list } = await setup({ you: fakeYou() });
      find(list, '[data-menu="session-aisha"]').click();
      await settle(list);
      await expectAccessible(list);
      (list.shadowRoot?.activeElement as HTMLElement).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
      );
      await settle(list);
      chosen = [new File(['one'], 'plan.pdf'), new File(['two'], 'map.png')];
      await send(list);
      await until(() => room.files.calls.length > 0);
      expect(room.files.calls).to.deep.equal(['offer(["plan.pdf","map.png"], "session-aisha")']);
      const opener = find(list, '[data-menu="session-aisha"]');
      expect(list.shadowRoot?.activeElement === opener).to.equal(true);
    });

    it('or does not, once the picker is closed', async () => {
      const { room, list } = await setup({ you: fakeYou() });
      chosen = null;
      await send(list);
      expect(room.files.calls).to.deep.equal([]);
    });

    it('and says why that did not work', async () => {
      const { room, list } = await setup({ you: fakeYou() });
      room.files.failure = new RtcError('unsupported', 'Their page takes no files.');
      chosen = [new File(['one'], 'plan.pdf')];
      await send(list);
      await until(() => !find(list, '.failure').hidden);
      expect(find(list, '.failure').textContent).to.contain('Their page takes no files.');
    });

    it('unless we are a listener, who can send none', async () => {
      const { list } = await setup({ you: fakeYou({ role: 'listener' }) });
      expect(list.shadowRoot?.querySelector('[data-menu]')).to.equal(null);
    });
  });

  it('says why the room refused a request', async () => {
    const { room, list } = await setup();
    room.moderation.lock = () => Promise.reject(new RtcError('not-allowed', 'Only hosts can.'));
    button(list, 'Unlock room').click();
    await until(() => !find(list, '.failure').hidden);
    expect(find(list, '.failure').textContent).to.contain('Only hosts can.');
  });
});
