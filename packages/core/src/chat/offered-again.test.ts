// Messages of an earlier stay that were on their way when it ended: the room may store them at any moment after that.
import { expect } from '@esm-bundle/chai';
import type { ChatMessage, UnsentRecord } from '@rtc-elements/protocol';

import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import { memberEntry } from '../call/testing/meeting.js';
import { ChatClient } from './chat-client.js';

const HERE = 'wss://edge.example/parties/room/test';
const LEFT = 'rtc-elements:unsent-1:left';

/** Back in a room whose newest message is number 9, with one message of before that its ack never came for. */
function comeBack({ more }: { readonly more: boolean }) {
  const room = new FakeRoomContext();
  const me = memberEntry('me', 1);
  const at = room.clock.now();
  const message = (seq: number, id: string): ChatMessage => ({
    seq,
    id,
    at,
    user: me.user,
    name: me.name,
    kind: 'text',
    text: id,
  });
  const left: UnsentRecord = {
    url: HERE,
    user: me.user,
    name: me.name,
    messages: [{ id: 'mine', text: 'mine', at }],
  };
  localStorage.setItem(LEFT, JSON.stringify(left));
  room.dispatch({
    type: 'welcomed',
    you: me,
    peers: [],
    chat: { messages: [message(9, 'nine')], more, rev: 0 },
    limits: { members: 100, meshMembers: 8, historyMessages: 10 },
    clockOffsetMs: 0,
    resumed: false,
  });
  const chat = new ChatClient(room, room.requests, {
    url: HERE,
    getName: () => me.name,
    tellRead: () => undefined,
  });
  const isAsked = new Promise<void>((resolve) => {
    const send = room.send.bind(room);
    room.send = (question) => (resolve(), send(question));
  });
  const isOffered = chat.onWelcome();
  const stored = message(10, 'mine');
  return { room, chat, isAsked, isOffered, stored };
}

const unsent = (room: FakeRoomContext): readonly string[] =>
  room.state.chat.entries.filter(({ seq }) => seq === null).map(({ id }) => id);

const kept = (): readonly string[] =>
  Object.entries(localStorage)
    .filter(([key]) => key.startsWith('rtc-elements:unsent-1:'))
    .flatMap(([, record]) => (JSON.parse(String(record)) as UnsentRecord).messages)
    .map(({ id }) => id);

describe('a message of an earlier stay', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => localStorage.clear());

  it('is not offered if the room stores it while older messages are looked through', async () => {
    const { room, chat, isAsked, isOffered, stored } = comeBack({ more: true });
    await isAsked;
    chat.receive({ type: 'chat.message', message: stored });
    room.answer({ type: 'chat.page', ref: room.ref, messages: [], more: false });
    await isOffered;
    expect(unsent(room)).to.deep.equal([]);
    expect(kept()).to.deep.equal([]);
  });

  it('is kept no longer once the room has stored it after all', async () => {
    const { room, chat, isOffered, stored } = comeBack({ more: false });
    await isOffered;
    expect(unsent(room)).to.deep.equal(['mine']);
    expect(kept()).to.deep.equal(['mine']);
    chat.receive({ type: 'chat.message', message: stored });
    expect(unsent(room)).to.deep.equal([]);
    expect(kept()).to.deep.equal([]);
  });

  it('is kept no longer once the room names it when it is reached again', async () => {
    const { room, chat, isOffered, stored } = comeBack({ more: false });
    await isOffered;
    const you = memberEntry('me', 1);
    const page = { messages: [stored], more: false, rev: 0 };
    const limits = { members: 100, meshMembers: 8, historyMessages: 10 };
    const back = { you, peers: [], chat: page, limits, clockOffsetMs: 0, resumed: true };
    room.dispatch({ type: 'welcomed', ...back });
    await chat.onWelcome();
    expect(unsent(room)).to.deep.equal([]);
    expect(kept()).to.deep.equal([]);
  });

  it('is shown as not sent no longer if an older page has it', async () => {
    const { room, isAsked, isOffered, stored } = comeBack({ more: true });
    const { id, at } = stored;
    const { user, name } = stored;
    room.dispatch({
      type: 'chat-pending',
      entry: { id, at, user, name, text: id, kind: 'text', seq: null, status: 'pending' },
    });
    await isAsked;
    room.answer({
      type: 'chat.page',
      ref: room.ref,
      messages: [{ ...stored, seq: 2 }],
      more: false,
    });
    await isOffered;
    expect(unsent(room)).to.deep.equal([]);
    expect(kept()).to.deep.equal([]);
  });
});
