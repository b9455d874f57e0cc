// Files in a chat: what others get, what we send, and what is left when the sender is gone.
import '../../define.js';

import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';
import { RtcError } from '@rtc-elements/core';

import { expectAccessible } from '../../../../../tests/support/axe.js';
import { chatEntry, mountChat, setEntries } from '../../../../../tests/support/chat-fixture.js';
import { carrying, dragEvent, pasteEvent } from '../../../../../tests/support/drag-and-paste.js';
import { fakeTransfer } from '../../../../../tests/support/fake-files.js';
import { fakePeer, fakeYou } from '../../../../../tests/support/fake-room.js';
import { settle, until } from '../../../../../tests/support/show.js';
import { RtcChat } from '../rtc-chat.js';

const FILE = { id: 'f1', name: 'plan.pdf', size: 2_400_000, type: 'application/pdf' };
const theirs = chatEntry(1, { kind: 'file', file: FILE, text: 'plan.pdf (2.4 MB)' });

afterEach(() => document.body.replaceChildren());

async function setup(entry: ChatEntry = theirs, peers = [fakePeer('Ada')]) {
  const fixture = await mountChat();
  await RtcChat.lazyElements.files.load();
  fixture.room.set({ peers });
  setEntries(fixture.room, [entry]);
  await until(() => fixture.find('rtc-chat-file') !== null);
  const box = fixture.find('rtc-chat-file') as HTMLElement;
  await settle(box);
  const text = (): string =>
    (box.shadowRoot?.textContent ?? '').replace(/[\s\u00A0\u202F]+/g, ' ').trim();
  const button = (): HTMLElement | null => box.shadowRoot?.querySelector('button') ?? null;
  return { ...fixture, box, text, button };
}

describe('a file in the chat', () => {
  it('has its name and size, and a button that gets it; what the message says in words is not repeated', async () => {
    const { room, chat, text, button, find } = await setup();
    expect(text()).to.equal('plan.pdf 2.4 MB Download');
    expect(find('[part~=text]')).to.equal(null);
    expect(button()?.getAttribute('aria-label')).to.equal('Download: plan.pdf');
    await expectAccessible(chat);
    button()?.click();
    await until(() => text().includes('Waiting for the connection'));
    expect(room.files.calls).to.deep.equal(['request("f1", "session-ada")']);
  });

  it('shows the progress, and a picture once it is there', async () => {
    const { room, text, box, chat } = await setup();
    const one = { id: 't', offer: 'f1', size: 2_400_000 } as const;
    room.files.set([fakeTransfer({ ...one, status: 'running', bytes: 600_000 })]);
    await settle(box);
    expect(text()).to.contain('600 kB of 2.4 MB');
    expect(box.shadowRoot?.querySelector('progress')?.value).to.equal(0.25);
    await expectAccessible(chat);
    room.files.previews.set('t', new Blob(['x'], { type: 'image/png' }));
    room.files.change('t', { status: 'done', isTakeable: true });
    await until(() => box.shadowRoot?.querySelector('img') !== null);
    expect(text()).to.contain('Received');
    const names = [...(box.shadowRoot?.querySelectorAll('button') ?? [])].map((one) =>
      one.textContent.trim(),
    );
    expect(names).to.deep.equal(['Save']);
  });

  it('is no longer available when the sender is gone', async () => {
    const { room, text, button, box } = await setup();
    room.set({ peers: [] });
    await settle(box);
    expect(text()).to.equal('plan.pdf 2.4 MB No longer available');
    expect(button()).to.equal(null);
  });

  it('is no longer available when no session of the sender has it, until another one comes', async () => {
    const { room, text, button, box } = await setup(theirs, [
      fakePeer('Ada'),
      fakePeer('Ada', { session: 'session-2' }),
    ]);
    room.files.request = async (shared, from) => {
      room.files.calls.push(`request ${shared} ${from}`);
      throw new RtcError('not-found', 'They do not share it any more.');
    };
    button()?.click();
    await until(() => text().includes('No longer available'));
    expect(room.files.calls).to.deep.equal(['request f1 session-ada', 'request f1 session-2']);
    room.set({ peers: [fakePeer('Ada', { session: 'session-3' })] });
    await settle(box);
    expect(text()).to.contain('Download');
  });

  it('says why it did not come, and can be asked for again', async () => {
    const { room, text, button, box } = await setup();
    room.files.failure = new RtcError('no-space', 'There is no space for it.');
    button()?.click();
    await until(() => text().includes('There is no space for it.'));
    expect(text()).to.contain('Download');
    const problem = {
      code: 'file-corrupt',
      message: 'It did not arrive whole.',
      retryable: false,
    } as const;
    room.files.set([fakeTransfer({ offer: 'f1', status: 'failed', problem })]);
    await settle(box);
    expect(button()?.textContent.trim()).to.equal('Download');
  });

  it('of our own says how many get it, and how many have it', async () => {
    const own = { ...theirs, user: fakeYou().user, name: 'Lin Wei' };
    const { room, text, button, box } = await setup(own);
    expect([text(), button()]).to.deep.equal(['plan.pdf 2.4 MB', null]);
    const to = (id: string, progress: number) =>
      fakeTransfer({ id, offer: 'f1', direction: 'send', status: 'running', progress });
    room.files.set([to('a', 0.2), to('b', 0.6)]);
    await settle(box);
    expect(text()).to.contain('Sending to 2 people');
    expect(box.shadowRoot?.querySelector('progress')?.value).to.be.closeTo(0.4, 1e-9);
    for (const id of ['a', 'b']) room.files.change(id, { status: 'done' });
    await settle(box);
    expect(text()).to.contain('Sent to 2 people');
  });

  it('is gone with its message, and an unknown kind is its text', async () => {
    const { room, find, rendered } = await setup();
    setEntries(room, [chatEntry(1, { deleted: true, text: '' })]);
    await rendered();
    expect(find('rtc-chat-file')).to.equal(null);
    setEntries(room, [chatEntry(1, { text: 'plan.pdf (2.4 MB)' })]);
    await rendered();
    expect(find('[part~=text]')?.textContent).to.equal('plan.pdf (2.4 MB)');
  });
});

describe('the composer of a chat', () => {
  const aFile = (name: string): File => new File(['one'], name);

  const event = (type: 'paste' | 'drop' | 'dragover', ...files: readonly File[]): Event => {
    const data = carrying(files);
    return type === 'paste' ? pasteEvent(data) : dragEvent(type, data);
  };

  it('holds what is pasted and dropped until it is sent, and tells the room of each', async () => {
    const { chat, room, find, findAll, rendered } = await mountChat();
    const field = find('textarea') as HTMLTextAreaElement;
    const paste = event('paste', aFile('clip.png'));
    field.dispatchEvent(paste);
    expect(paste.defaultPrevented).to.equal(true);
    chat.dispatchEvent(event('dragover', aFile('plan.pdf')));
    await rendered();
    expect(find('.drop')?.textContent.trim()).to.equal('Let go to attach');
    chat.dispatchEvent(event('drop', aFile('plan.pdf')));
    await until(() => findAll('.attachments li').length === 2);
    await expectAccessible(chat);
    expect(room.files.calls).to.deep.equal([]);
    field.value = 'Both of them:';
    field.dispatchEvent(new Event('input'));
    await rendered();
    find('.send')?.click();
    await until(() => room.files.calls.length === 2);
    await until(() => room.calls.filter((call) => call.startsWith('send')).length === 3);
    expect(room.files.calls).to.deep.equal(['share(["clip.png"])', 'share(["plan.pdf"])']);
    expect(room.calls.filter((call) => call.startsWith('send'))[0]).to.equal(
      'send("Both of them:")',
    );
    expect(room.calls.join()).to.match(
      /send\("plan\.pdf \(3.byte\)", \{"file":\{"id":"shared-\d+","name":"plan.pdf"/,
    );
    await until(() => findAll('.attachments li').length === 0);
  });

  it('takes files off again, and leaves text that is pasted to the field', async () => {
    const { find, findAll, rendered, room } = await mountChat();
    const field = find('textarea') as HTMLTextAreaElement;
    const paste = pasteEvent(carrying([aFile('table.png')], 'a table'));
    field.dispatchEvent(paste);
    expect(paste.defaultPrevented).to.equal(false);
    field.dispatchEvent(event('paste', aFile('a.txt')));
    await rendered();
    findAll('.attachments button')[0]?.click();
    await rendered();
    expect(findAll('.attachments li')).to.have.lengthOf(0);
    expect((find('.send') as HTMLButtonElement).disabled).to.equal(true);
    expect(room.files.calls).to.deep.equal([]);
  });

  it('keeps what the room did not take, and says why', async () => {
    const { room, find, findAll, rendered } = await mountChat();
    room.files.failure = new RtcError('unsupported', 'This room is of an older version.');
    find('textarea')?.dispatchEvent(event('paste', aFile('a.txt'), aFile('b.txt')));
    await rendered();
    find('.send')?.click();
    await until(() => find('#note')?.textContent.includes('older version') === true);
    expect(findAll('.attachments li')).to.have.lengthOf(2);
    find('.send')?.click();
    await until(() => findAll('.attachments li').length === 0);
    expect(room.files.calls.slice(1)).to.deep.equal(['share(["a.txt"])', 'share(["b.txt"])']);
  });

  it('cannot edit what was said of a file', async () => {
    const own = { ...theirs, user: fakeYou().user, name: 'Lin Wei' };
    const { chat, find } = await setup(own);
    find('textarea')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }));
    expect(chat.rtc.shared?.target).to.equal(null);
  });
});
