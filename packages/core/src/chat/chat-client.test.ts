import { expect } from '@esm-bundle/chai';

import type { ChatSendMessage } from '@rtc-elements/protocol';

import { FakeRoomContext, outcome } from '../../../../tests/support/fake-room-context.js';
import { ChatClient } from './chat-client.js';

const setUp = () => {
  const room = new FakeRoomContext();
  const chat = new ChatClient(room, room.requests, {
    url: 'wss://edge.example/parties/room/test',
    getName: () => 'Me',
    tellRead: () => undefined,
  });
  return { room, chat };
};

describe('ChatClient', () => {
  it('[CH-8] requests revisions, and checks each request first', async () => {
    const { room, chat } = setUp();
    const verbs = [
      chat.edit(3, ' new '),
      chat.delete(3),
      chat.react(3, '👍'),
      chat.react(3, '👍', false),
    ];
    for (const { type, ...message } of [...room.sent]) {
      expect(type).to.match(/^chat\./);
      if ('ref' in message) room.answer({ type: 'done', ref: message.ref });
    }
    await Promise.all(verbs);
    expect(room.sent[0]).to.include({ type: 'chat.edit', seq: 3, text: 'new' });
    expect(room.sent[3]).to.include({ type: 'chat.react', emoji: '👍', on: false });
    expect(await outcome(chat.edit(3, '  '))).to.equal('text-empty');
    expect(await outcome(chat.edit(3, 'x'.repeat(4_001)))).to.equal('text-too-long');
    expect(await outcome(chat.react(3, 'yes'))).to.equal('protocol');
    expect(room.sent).to.have.length(4);
  });

  it('[CH-10] says what a message comes after, to rooms that keep the order; others get one at a time', async () => {
    const { room, chat } = setUp();
    const sends = ['one', 'two', 'three'].map((text) => outcome(chat.send(text)));
    expect(room.sent).to.have.length(1);
    room.takes.push('chat-order');
    room.requests.onUnreachable();
    room.requests.onWelcome();
    const first = room.ref;
    room.answer({ type: 'chat.ack', id: first, seq: 1, at: 1 });
    const [second, third] = room.sent.slice(-2) as ChatSendMessage[];
    expect(second).not.to.have.property('after');
    expect(third?.after).to.equal(second?.id);
    room.refuse('forbidden');
    room.requests.onUnreachable();
    room.requests.onWelcome();
    expect(room.sent.at(-1)).to.deep.equal(second);
    room.answer({ type: 'chat.ack', id: second?.id ?? '', seq: 2, at: 1 });
    expect((await Promise.all(sends)).at(-1)).to.equal('not-allowed');
  });

  it('[CH-11] says what a file is to rooms that keep that, and only its text to others', async () => {
    const { room, chat } = setUp();
    const file = { id: 'f1', name: 'plan.pdf', size: 3, type: 'Text/HTML; charset=utf-8' };
    const kept = { ...file, type: 'text/html' };
    void outcome(chat.send('plan.pdf', { file, replyTo: 1 }));
    expect(room.state.chat.entries[0]).to.deep.include({ kind: 'file', file: kept, replyTo: 1 });
    expect(room.sent[0]).not.to.have.property('file');
    room.takes.push('chat-files');
    room.requests.onUnreachable();
    room.requests.onWelcome();
    expect(room.sent.at(-1)).to.deep.include({ type: 'chat.send', file: kept, replyTo: 1 });
    room.refuse('forbidden');
    chat.retry(room.state.chat.entries[0]?.id ?? '');
    expect(room.sent.at(-1)).to.deep.include({ file: kept, replyTo: 1 });
    room.answer({ type: 'chat.ack', id: room.ref, seq: 2, at: 1 });
    expect(room.state.chat.entries[0]).to.deep.include({ kind: 'file', file: kept, seq: 2 });
  });

  it('[CH-11] refuses a file that no room keeps, and one for a room that keeps none', async () => {
    const { room, chat } = setUp();
    const file = { id: 'f1', name: 'plan.pdf', size: 3, type: '' };
    for (const wrong of [{ name: 'a/b' }, { name: 'a\\b' }, { name: ' ' }, { id: 'no id' }]) {
      const sent = chat.send('x', { file: { ...file, ...wrong } });
      expect(await outcome(sent), JSON.stringify(wrong)).to.equal('bad-argument');
    }
    room.state = { ...room.state, connection: 'connected' };
    expect(await outcome(chat.send('x', { file }))).to.equal('unsupported');
    expect(room.sent).to.deep.equal([]);
    expect(room.state.chat.entries).to.deep.equal([]);
  });

  it('[CH-9] finds messages without putting them into the log', async () => {
    const { room, chat } = setUp();
    const found = chat.search(' Cake ', { before: 9, limit: 500 });
    expect(room.sent[0]).to.include({ type: 'chat.search', query: 'Cake', before: 9, limit: 50 });
    room.answer({ type: 'chat.page', ref: room.ref, messages: [], more: true });
    expect(await found).to.deep.equal({ messages: [], more: true });
    expect(await outcome(chat.search(' '))).to.equal('text-empty');
  });

  it('[CH-2] requests pages in both directions, even across a broken connection', async () => {
    const { room, chat } = setUp();
    const later = chat.history({ after: 7, limit: 2 });
    expect(room.sent[0]).to.include({ type: 'chat.history', after: 7, limit: 2 });
    room.requests.onUnreachable();
    room.requests.onWelcome();
    expect(room.sent[1]).to.deep.equal(room.sent[0]);
    const message = {
      seq: 8,
      id: 'x',
      at: 1,
      user: 'u',
      name: 'U',
      kind: 'text',
      text: 'hi',
    } as const;
    room.answer({ type: 'chat.page', ref: room.ref, messages: [message], more: false });
    expect((await later).messages).to.deep.equal([message]);
    expect(room.state.chat.entries, 'returned only').to.deep.equal([]);
    const older = chat.history();
    expect(chat.history()).to.equal(older);
    room.refuse('rate-limited', 500);
    room.clock.advance(500);
    expect(room.sent).to.have.length(4);
    room.answer({ type: 'chat.page', ref: room.ref, messages: [message], more: false });
    await older;
    expect(room.state.chat.entries).to.have.length(1);
  });
});
