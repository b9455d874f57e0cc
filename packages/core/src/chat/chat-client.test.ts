import { expect } from '@esm-bundle/chai';

import { FakeRoomContext, outcome } from '../../../../tests/support/fake-room-context.js';
import { ChatClient } from './chat-client.js';

const setUp = () => {
  const room = new FakeRoomContext();
  const chat = new ChatClient(room, room.requests, {
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
