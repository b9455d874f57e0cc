// What a room keeps of a file in its chat, and what clients are told that know nothing of files.
import { expect } from '@esm-bundle/chai';
import {
  type ChatFile,
  type ChatMessage,
  CLIENT_CAPABILITIES,
  type ClientMessage,
  LIMITS,
} from '@rtc-elements/protocol';

import { House } from '../support/house/house.js';
import type { RawClient } from '../support/house/raw-client.js';

const file: ChatFile = {
  id: 'file-1',
  name: 'plan.pdf',
  size: 2_400_000,
  type: 'application/pdf',
};
const text = 'plan.pdf (2.4 MB)';
const capabilities = [...CLIENT_CAPABILITIES];

/** Ann and Ben know files, Old does not. */
async function setup() {
  const house = new House();
  const [ann, ben, old] = [house.client(), house.client(), house.client()];
  await ann.join('Ann', { capabilities });
  await ben.join('Ben', { capabilities });
  await old.join('Old');
  await house.advance(100);
  const sendFile = async (client: RawClient, over: Partial<ChatFile> = {}): Promise<void> => {
    const id = `m${Math.random()}`.replace('.', '');
    client.send({ type: 'chat.send', id, text, file: { ...file, ...over } });
    await house.settle();
  };
  return { house, ann, ben, old, sendFile };
}

const plain = (message: ChatMessage | undefined): unknown => JSON.parse(JSON.stringify(message));

describe('a file in the chat', () => {
  it('[CH-11] is kept as what its author says of it, for everybody and for those who come later', async () => {
    const { house, ann, ben, sendFile } = await setup();
    await sendFile(ann);
    const { message } = ben.last('chat.message');
    expect(plain(message)).to.deep.include({ kind: 'file', text, file });
    const { chat, features } = await house.client().join('Late', { capabilities });
    expect(chat.messages.map(plain)).to.deep.equal([plain(message)]);
    expect(features).to.include('chat-files');
    ben.send({ type: 'chat.search', ref: 'r', query: 'plan', limit: 10 });
    await house.settle();
    expect(ben.last('chat.page').messages[0]?.file).to.deep.include(file);
  });

  it('[CH-11] [UN-4] is its text to a client that did not say that it ignores what it does not know', async () => {
    const { house, ann, old, sendFile } = await setup();
    await sendFile(ann);
    await ann.ask({ type: 'chat.react', seq: 1, emoji: '👍', on: true });
    old.send({ type: 'chat.history', ref: 'r', limit: 10 });
    await house.settle();
    const later = await house.client().join('Later, and old');
    const seen = [
      ...old.all('chat.message').map(({ message }) => message),
      ...old.last('chat.page').messages,
      ...later.chat.messages,
    ];
    expect(seen).to.have.length(4);
    for (const message of seen) {
      expect(message).to.include({ kind: 'text', text });
      expect(message).not.to.have.property('file');
    }
    expect(seen.at(-1)?.reactions).to.deep.equal({ '👍': [ann.last('welcome').you.user] });
  });

  it('[CH-11] [CH-8] cannot be edited; deleted, nothing of it stays', async () => {
    const { house, ann, ben, sendFile } = await setup();
    await sendFile(ann);
    expect(await ann.ask({ type: 'chat.edit', seq: 1, text: 'holiday.jpg' })).to.equal('forbidden');
    expect(await ann.ask({ type: 'chat.delete', seq: 1 })).to.equal('done');
    const { message } = ben.last('chat.message');
    expect(message).to.include({ kind: 'text', text: '', deleted: true });
    expect(message).not.to.have.property('file');
    expect(JSON.stringify([...house.store.entries.values()])).not.to.match(/plan|file-1/);
  });

  const WRONG: readonly (readonly [string, object])[] = [
    ['a name with a path', { name: '../secret' }],
    ['a name with a Windows path', { name: 'c:\\secret' }],
    ['no name', { name: '' }],
    ['a name that turns round', { name: 'exe.\u202Egpj' }],
    ['a name of controls', { name: 'a\u0007' }],
    ['a name that is too long', { name: 'n'.repeat(LIMITS.fileNameLength + 1) }],
    ['the folder above', { name: '..' }],
    ['a negative size', { size: -1 }],
    ['half a byte', { size: 0.5 }],
    ['a type with parameters', { type: 'text/html; charset=utf-8' }],
    ['a type that is none', { type: 'javascript:alert(1)' }],
    ['an id that is none', { id: '__proto__ ' }],
    ['an address', { url: 'https://example.com/plan.pdf' }],
  ];
  for (const [title, over] of WRONG) {
    it(`[CH-11] is refused with ${title}, and nobody hears of it`, async () => {
      const { house, ann, ben } = await setup();
      const send = { type: 'chat.send', id: 'wrong', text, file: { ...file, ...over } };
      ann.send(send as unknown as ClientMessage);
      await house.settle();
      expect(ann.last('error')).to.include({ code: 'bad-shape', ref: 'wrong' });
      expect(ben.all('chat.message')).to.deep.equal([]);
    });
  }

  it('[CH-11] may have any size and name that a file can have', async () => {
    const { ann, ben, sendFile } = await setup();
    await sendFile(ann, { name: 'Ω ☂️ 文件 (1).tar.gz', size: Number.MAX_SAFE_INTEGER, type: '' });
    await sendFile(ann, { name: 'n'.repeat(LIMITS.fileNameLength), size: 0 });
    expect(ben.all('chat.message')).to.have.length(2);
  });
});
