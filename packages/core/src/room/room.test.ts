import { expect } from '@esm-bundle/chai';
import {
  type ClientMessage,
  CLOSE,
  encode,
  mayRetryAfterClose,
  type PeerEntry,
  type ServerMessage,
  type WelcomeMessage,
} from '@rtc-elements/protocol';

import { FakeCall } from '../../../../tests/support/fake-call.js';
import { FakeClock } from '../../../../tests/support/fake-clock.js';
import type { RtcError } from '../state/errors.js';
import { completeOptions, type RoomOptions } from '../api/options.js';
import type { SocketHandlers, SocketTarget } from '../ports.js';
import { createPrepareCall } from '../call/call.js';
import { RoomClient } from './room.js';

const you: PeerEntry = {
  session: 'me',
  user: 'u-me',
  name: 'Me',
  role: 'speaker',
  joinedAt: 0,
  state: 'active',
  call: 0,
  media: { microphone: false, camera: false, screen: false },
  hand: false,
  meta: {},
  muted: [],
  read: 0,
};

const welcome: WelcomeMessage = {
  type: 'welcome',
  session: 'me',
  resumed: false,
  you,
  peers: [],
  seq: 0,
  room: 'r',
  iceServers: [],
  chat: { messages: [], more: false, rev: 0 },
  limits: { members: 100, meshMembers: 8, historyMessages: 10 },
  serverTime: 0,
};

const line = (seq: number, more: object = {}) => ({
  seq,
  id: `id-${seq}`,
  at: seq,
  user: 'u-ann',
  name: 'Ann',
  kind: 'text' as const,
  text: `text ${seq}`,
  ...more,
});

/** A room whose other end is this test. The test opens sockets and makes them fail. */
class Bench {
  readonly clock = new FakeClock();
  readonly urls: string[] = [];
  readonly sent: ClientMessage[] = [];
  readonly events: Event[] = [];
  readonly room: RoomClient;
  handlers: SocketHandlers | null = null;
  opened = 0;
  #getTarget: () => Promise<SocketTarget> = () => Promise.resolve({ url: '' });

  constructor(options: Partial<RoomOptions> = {}) {
    this.room = new RoomClient(
      completeOptions({
        host: 'http://house.test',
        room: 'r',
        name: 'Me',
        call: false,
        ports: {
          clock: this.clock,
          openSocket: (getTarget, handlers) => {
            this.opened += 1;
            this.#getTarget = getTarget;
            this.handlers = handlers;
            return {
              send: (text) => {
                this.sent.push(JSON.parse(text) as ClientMessage);
                return true;
              },
              reconnect: () => undefined,
              close: () => undefined,
            };
          },
        },
        ...options,
      }),
      { call: async () => createPrepareCall((host, complete) => new FakeCall(host, complete)) },
    );
    for (const type of ['message', 'message-revised', 'role-change', 'notify', 'error'] as const) {
      this.room.addEventListener(type, (event) => this.events.push(event));
    }
  }

  get state() {
    return this.room.getSnapshot();
  }

  /** Opens the connection. */
  async open(): Promise<void> {
    this.urls.push((await this.#getTarget()).url);
    this.handlers?.onOpen();
    await this.clock.advanceAsync(0);
  }

  /** Makes an attempt fail before it is connected; the address keeps the reason. */
  async fail(): Promise<void> {
    await this.#getTarget().catch(() => undefined);
    await this.end(1006);
  }

  async end(code: number): Promise<void> {
    this.handlers?.onClose({ code, reason: '', willRetry: mayRetryAfterClose(code) });
    await this.clock.advanceAsync(0);
  }

  async hear(message: ServerMessage): Promise<void> {
    this.handlers?.onMessage(encode(message));
    await this.clock.advanceAsync(0);
  }

  async enter(changes: Partial<WelcomeMessage> = {}): Promise<void> {
    const joined = this.room.join();
    await this.open();
    await this.hear({ ...welcome, ...changes });
    await joined;
  }

  last<Type extends ClientMessage['type']>(type: Type): Extract<ClientMessage, { type: Type }> {
    const found = this.sent.filter((message) => message.type === type).at(-1);
    return found as Extract<ClientMessage, { type: Type }>;
  }
}

const codeOf = (verb: Promise<unknown>): Promise<unknown> =>
  verb.then(
    () => 'fine',
    (error: unknown) => (error as RtcError).code,
  );

describe('a room', () => {
  it('[EN-7] puts a token into the URL, and asks for a fresh one at every new connection', async () => {
    const fixed = new Bench({ token: 'a.b.c' });
    await fixed.enter();
    expect(fixed.urls).to.deep.equal(['ws://house.test/parties/room/r?token=a.b.c']);
    let asked = 0;
    const bench = new Bench({ token: 'no', tokenProvider: async () => `t${(asked += 1)}` });
    await bench.enter();
    await bench.end(1006);
    await bench.open();
    expect(bench.urls.map((url) => url.split('=')[1])).to.deep.equal(['t1', 't2']);
    expect(bench.last('hello').resume).to.equal('me');
  });

  it('[EN-7] shows a failing provider as a retryable problem', async () => {
    let fails = true;
    const bench = new Bench({
      tokenProvider: async () => {
        if (fails) throw new Error('no network');
        return 't';
      },
    });
    const joined = bench.room.join();
    await bench.fail();
    expect(bench.state.connection).to.equal('connecting');
    expect(bench.state.problem).to.include({ code: 'auth', retryable: true });
    fails = false;
    await bench.open();
    await bench.hear(welcome);
    await joined;
    expect(bench.state.problem).to.equal(null);
  });

  it('[EN-7] answers 4401 with one fresh token, then gives up', async () => {
    const bench = new Bench({ tokenProvider: async () => 't' });
    const joined = codeOf(bench.room.join());
    await bench.open();
    await bench.end(4401);
    await bench.open();
    expect([bench.opened, bench.state.connection]).to.deep.equal([2, 'connecting']);
    await bench.end(4401);
    expect(await joined).to.equal('auth');
    expect([bench.opened, bench.state.left]).to.deep.equal([2, 'token-expired']);
    const fixed = new Bench({ token: 'old' });
    const refused = codeOf(fixed.room.join());
    await fixed.open();
    await fixed.end(4401);
    expect([await refused, fixed.opened]).to.deep.equal(['auth', 1]);
  });

  it('[LI-4] returns on its own after a flood, not before it may, as the same session', async () => {
    const bench = new Bench();
    await bench.enter();
    await bench.hear({ type: 'error', code: 'rate-limited', detail: '', retryAfterMs: 12_000 });
    await bench.end(4429);
    expect(bench.state.connection).to.equal('reconnecting');
    expect(bench.state.problem).to.include({ code: 'flooded', retryAfterMs: 12_000 });
    const again = bench.room.join();
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await bench.clock.advanceAsync(11_999);
    expect(bench.opened).to.equal(1);
    await bench.clock.advanceAsync(1);
    expect(bench.opened).to.equal(2);
    await bench.open();
    expect(bench.last('hello').resume).to.equal(welcome.session);
    await bench.hear({ ...welcome, resumed: true });
    await again;
    expect([bench.state.connection, bench.state.problem]).to.deep.equal(['connected', null]);
    await bench.end(4429);
    await bench.room.leave();
    expect(bench.clock.pending).to.equal(0);
  });

  it('[EN-4] comes back to a room that cannot be opened when it has said, and no sooner', async () => {
    const bench = new Bench();
    const joined = codeOf(bench.room.join());
    await bench.open();
    const refusal = { type: 'error', code: 'unavailable', detail: '' } as const;
    await bench.hear({ ...refusal, retryAfterMs: 7_000 });
    await bench.end(CLOSE.retryLater);
    expect(bench.state.problem).to.include({ code: 'host-unreachable', retryAfterMs: 7_000 });
    window.dispatchEvent(new Event('online'));
    await bench.clock.advanceAsync(6_999);
    expect(bench.opened).to.equal(1);
    await bench.clock.advanceAsync(1);
    await bench.open();
    await bench.hear(welcome);
    expect([await joined, bench.state.problem]).to.deep.equal(['fine', null]);
    // A refusal of a request says nothing about a connection that breaks later.
    await bench.hear({ ...refusal, ref: 'x', retryAfterMs: 7_000 });
    await bench.end(CLOSE.retryLater);
    expect(bench.opened).to.equal(2);
    expect(bench.state).to.include({ connection: 'reconnecting', problem: null });
    await bench.room.leave();
  });

  it('[LI-5] [LI-6] waits as long as it is told where too many come from its address, and says why', async () => {
    const bench = new Bench();
    const joined = codeOf(bench.room.join());
    await bench.open();
    await bench.hear({ type: 'error', code: 'rate-limited', detail: '', retryAfterMs: 3_000 });
    await bench.end(CLOSE.retryLater);
    expect(bench.state.problem).to.include({ code: 'flooded', retryAfterMs: 3_000 });
    await bench.clock.advanceAsync(3_000);
    await bench.open();
    await bench.hear(welcome);
    expect([await joined, bench.state.problem]).to.deep.equal(['fine', null]);
    await bench.room.leave();
  });

  it('[MO-3] waits in the waiting room until it is admitted or turned away', async () => {
    const bench = new Bench();
    const joined = codeOf(bench.room.join());
    await bench.open();
    expect(bench.last('hello').knock).to.equal(true);
    await bench.hear({ type: 'wait' });
    expect(bench.state.connection).to.equal('waiting');
    // Long after the timeout for a room that does not answer.
    await bench.clock.advanceAsync(26_000);
    expect(bench.last('ping')).to.deep.equal({ type: 'ping' });
    await bench.hear({ type: 'pong' });
    await bench.hear(welcome);
    expect(await joined).to.equal('fine');
    const denied = new Bench();
    const outcome = codeOf(denied.room.join());
    await denied.open();
    await denied.hear({ type: 'wait' });
    await denied.end(4423);
    expect([await outcome, denied.state.left]).to.deep.equal(['forbidden', 'room-closed']);
  });

  it('[CH-7] reports how far we have read at most every 2 s, and only forward', async () => {
    const bench = new Bench();
    await bench.enter({ chat: { messages: [line(1), line(2)], more: false, rev: 0 } });
    const told = (): unknown[] =>
      bench.sent.flatMap((message) => (message.type === 'presence.set' ? [message.read] : []));
    bench.room.chat.markRead();
    bench.room.chat.markRead(1);
    bench.room.chat.markRead(5);
    bench.room.chat.markRead(7);
    expect(told()).to.deep.equal([2]);
    await bench.clock.advanceAsync(1_999);
    expect(told()).to.deep.equal([2]);
    await bench.clock.advanceAsync(1);
    expect(told()).to.deep.equal([2, 7]);
    await bench.clock.advanceAsync(10_000);
    bench.room.chat.markRead(8);
    expect(told()).to.deep.equal([2, 7, 8]);
  });

  it('[CH-8] shows revisions as such, and reports the latest known one when it reconnects', async () => {
    const bench = new Bench();
    await bench.enter({ chat: { messages: [line(1)], more: false, rev: 4 } });
    await bench.hear({ type: 'chat.message', message: line(2) });
    await bench.hear({ type: 'chat.message', message: line(1, { rev: 5, text: 'new' }) });
    await bench.hear({ type: 'chat.message', message: line(1, { rev: 5, text: 'new' }) });
    expect(bench.events.map((event) => event.type)).to.deep.equal(['message', 'message-revised']);
    expect(bench.state.chat.entries[0]?.text).to.equal('new');
    await bench.end(1006);
    await bench.open();
    expect(bench.last('hello')).to.include({ lastSeq: 2, lastRev: 5 });
  });

  it('[CH-8] sends which message a message replies to', async () => {
    const bench = new Bench();
    const sent = bench.room.chat.send('yes', { replyTo: 3 });
    expect(bench.state.chat.entries[0]?.replyTo).to.equal(3);
    await bench.enter();
    const { id, replyTo } = bench.last('chat.send');
    expect(replyTo).to.equal(3);
    await bench.hear({ type: 'chat.ack', id, seq: 1, at: 1 });
    expect((await sent).seq).to.equal(1);
    expect(bench.state.chat.entries[0]).to.include({ replyTo: 3, status: 'sent' });
    const refused = codeOf(bench.room.chat.send('no'));
    const ref = bench.last('chat.send').id;
    await bench.hear({ type: 'error', code: 'forbidden', detail: '', ref });
    expect(await refused).to.equal('not-allowed');
  });

  it('[MO-1] reports a change of our role', async () => {
    const bench = new Bench();
    await bench.enter();
    const changed = [{ session: 'me', role: 'host' as const }];
    await bench.hear({ type: 'presence', seq: 1, changed });
    const [event] = bench.events as (Event & { role: string })[];
    expect([event?.type, event?.role]).to.deep.equal(['role-change', 'host']);
  });

  it('[NO-1] passes on what a backend announces, in order, and nothing that cannot be decoded', async () => {
    const bench = new Bench();
    await bench.enter();
    const notice = { type: 'notify', at: 1, title: 'Soon over', level: 'warning' } as const;
    await bench.hear({ ...notice, id: 'a' });
    bench.handlers?.onMessage('{"type":"notify"}');
    bench.handlers?.onMessage('{"type":"of-a-newer-room"}');
    await bench.hear({ ...notice, id: 'b' });
    const told = (bench.events as (Event & { notice: { id: string; title: string } })[]).map(
      ({ type, notice: { id, title } }) => [type, id, title],
    );
    expect(told).to.deep.equal([
      ['notify', 'a', 'Soon over'],
      ['notify', 'b', 'Soon over'],
    ]);
  });

  it('[ST-1] starts with no values and an unlocked room in a new session', async () => {
    const bench = new Bench();
    await bench.enter();
    await bench.hear({ type: 'access', locked: true });
    await bench.hear({ type: 'state', entries: [{ key: 'a', value: 1, rev: 1, by: 'u' }] });
    expect(bench.room.sharedState.get('a')?.value).to.equal(1);
    expect(bench.room.sharedState.get('toString')).to.equal(null);
    await bench.end(1006);
    await bench.open();
    await bench.hear({ ...welcome, resumed: true });
    expect(bench.state.access.locked).to.equal(false);
    expect(bench.room.sharedState.get('a')?.value).to.equal(1);
    await bench.end(1006);
    await bench.open();
    await bench.hear(welcome);
    expect(bench.room.sharedState.get('a')).to.equal(null);
  });

  it('[EN-8] renews the credentials in a call, but not in a chat', async () => {
    const iceTtlMs = 10_000;
    const chat = new Bench();
    await chat.enter({ iceTtlMs });
    await chat.clock.advanceAsync(8_000);
    expect(chat.last('ice.get')).to.equal(undefined);
    const entering = chat.room.enterCall();
    await chat.clock.advanceAsync(0);
    await chat.hear({ type: 'presence', seq: 1, changed: [{ session: 'me', call: 1 }] });
    await entering;
    await chat.clock.advanceAsync(0);
    expect(chat.last('ice.get')?.type, 'they are nearly over').to.equal('ice.get');
    const call = new Bench({ call: true });
    await call.enter({ iceTtlMs, you: { ...you, call: 1 } });
    await call.clock.advanceAsync(8_000);
    expect(call.last('ice.get')?.type).to.equal('ice.get');
  });

  it('[EN-4] ends with the reason why the room refused us', async () => {
    const bench = new Bench();
    const joined = codeOf(bench.room.join());
    await bench.open();
    await bench.end(4411);
    expect(await joined).to.equal('banned');
    expect(bench.state.connection).to.equal('closed');
  });
});
