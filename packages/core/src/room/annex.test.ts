import { expect } from '@esm-bundle/chai';
import {
  type ClientMessage,
  encode,
  type ErrorMessage,
  type IceServer,
  type ServerMessage,
} from '@rtc-elements/protocol';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import type { RtcError } from '../state/errors.js';
import type { AnnexHost } from '../ports.js';
import { initialState } from '../state/initial-state.js';
import { reduce } from '../state/reduce.js';
import type { RoomState } from '../state/room-state.js';
import { createAnnex } from './annex.js';

/** A room reduced to what the annex needs of it. */
class Desk {
  readonly clock = new FakeClock();
  readonly sent: ClientMessage[] = [];
  readonly events: Event[] = [];
  readonly errors: RtcError[] = [];
  readonly servers: (readonly IceServer[])[] = [];
  isReachable = true;
  state: RoomState = initialState('test');
  readonly #host: AnnexHost = {
    clock: this.clock,
    getSnapshot: () => this.state,
    dispatch: (change) => {
      this.state = reduce(this.state, change);
    },
    send: (message) => {
      if (this.isReachable) this.sent.push(message);
      return this.isReachable;
    },
    dispatchEvent: (event) => void this.events.push(event),
    reportError: (error) => void this.errors.push(error),
    useIce: ({ servers }) => void this.servers.push(servers),
  };
  readonly annex = createAnnex(this.#host);

  /** The `ref` of what was asked last. */
  get ref(): string {
    const message = this.sent.at(-1);
    return message && 'ref' in message ? message.ref : '';
  }

  hear(message: ServerMessage): void {
    this.annex.receive(encode(message));
  }

  refuse(code: ErrorMessage['code'], retryAfterMs?: number): void {
    const when = retryAfterMs === undefined ? {} : { retryAfterMs };
    this.annex.hear({ type: 'error', code, detail: '', ref: this.ref, ...when });
  }
}

const outcome = (verb: Promise<unknown>): Promise<unknown> =>
  verb.then(
    (value) => value ?? 'done',
    (error: unknown) => (error as RtcError).code,
  );

describe('the annex', () => {
  it('[MO-2] settles each request with the answer of the room to it', async () => {
    const desk = new Desk();
    const { moderation } = desk.annex;
    const first = outcome(moderation.mute('a', 'microphone'));
    const firstRef = desk.ref;
    const second = outcome(moderation.setRole('b', 'listener'));
    desk.refuse('not-found');
    desk.hear({ type: 'done', ref: firstRef });
    expect(await first).to.equal('done');
    expect(await second).to.equal('not-found');
    const said = desk.sent.map((message) => ({ ...message, ref: '' }));
    expect(said).to.deep.equal([
      { type: 'moderate', action: 'mute', session: 'a', source: 'microphone', ref: '' },
      { type: 'moderate', action: 'role', session: 'b', role: 'listener', ref: '' },
    ]);
    expect(desk.clock.pending).to.equal(0);
  });

  it('[MO-2] names every refusal, and says when to come back', async () => {
    const desk = new Desk();
    for (const [fault, code] of [
      ['forbidden', 'not-allowed'],
      ['not-found', 'not-found'],
      ['conflict', 'conflict'],
      ['rate-limited', 'flooded'],
      ['not-stored', 'host-unreachable'],
      ['bad-shape', 'protocol'],
    ] as const) {
      const verb = outcome(desk.annex.moderation.close());
      desk.refuse(fault);
      expect(await verb, fault).to.equal(code);
    }
    const verb = desk.annex.moderation.close();
    desk.refuse('rate-limited', 700);
    const error = await verb.catch((cause: unknown) => cause as RtcError);
    expect(error).to.include({ code: 'flooded', retryable: true, retryAfterMs: 700 });
  });

  it('leaves no request without an end', async () => {
    const desk = new Desk();
    desk.isReachable = false;
    expect(await outcome(desk.annex.moderation.lock(true))).to.equal('host-unreachable');
    desk.isReachable = true;
    const lost = outcome(desk.annex.moderation.lock(true));
    desk.annex.onUnreachable();
    expect(await lost).to.equal('host-unreachable');
    const slow = outcome(desk.annex.moderation.lock(true));
    desk.clock.advance(10_000);
    expect(await slow).to.equal('timeout');
    const left = outcome(desk.annex.moderation.lock(true));
    desk.annex.close();
    expect(await left).to.equal('aborted');
    expect(desk.clock.pending).to.equal(0);
  });

  it('[MO-3] shows the door, and tells of each knock once', () => {
    const desk = new Desk();
    const eve = { session: 'e', user: 'eve', name: 'Eve' };
    const dan = { session: 'd', user: 'dan', name: 'Dan' };
    desk.hear({ type: 'access', locked: true, waiting: [eve] });
    desk.hear({ type: 'access', locked: true, waiting: [eve, dan], banned: [] });
    expect(desk.state.access).to.deep.equal({ locked: true, waiting: [eve, dan], banned: [] });
    expect(desk.events.map((event) => event.type)).to.deep.equal(['knock', 'knock']);
    desk.hear({ type: 'access', locked: false });
    expect(desk.state.access).to.deep.equal({ locked: false, waiting: [], banned: [] });
    desk.hear({ type: 'access', locked: true, waiting: [dan] });
    expect(desk.events).to.have.length(3);
  });

  it('[ST-1] keeps the values of the room, and tells what is new in them', () => {
    const desk = new Desk();
    const entry = (key: string, value: number | null, rev: number) => ({
      key,
      value,
      rev,
      by: 'u',
    });
    desk.hear({
      type: 'state',
      entries: [entry('a', 1, 1), entry('constructor', 2, 2)],
      all: true,
    });
    desk.hear({ type: 'state', entries: [entry('a', 1, 1)] });
    expect(Object.keys(desk.state.sharedState)).to.deep.equal(['a', 'constructor']);
    expect(Object.getPrototypeOf(desk.state.sharedState)).to.equal(null);
    desk.hear({ type: 'state', entries: [entry('a', null, 3)] });
    expect(Object.keys(desk.state.sharedState)).to.deep.equal(['constructor']);
    desk.hear({ type: 'state', entries: [entry('b', 5, 4)], all: true });
    expect(Object.keys(desk.state.sharedState)).to.deep.equal(['b']);
    const told = desk.events.map((event) => {
      const { entries } = event as Event & { entries: readonly { key: string; value: unknown }[] };
      return entries.map(({ key, value }) => `${key}=${String(value)}`).join();
    });
    expect(told).to.deep.equal(['a=1,constructor=2', 'a=null', 'b=5,constructor=null']);
  });

  it('[ST-1] sets a value with the revision it is built on, and refuses what no room would take', async () => {
    const desk = new Desk();
    const { values } = desk.annex;
    const verb = outcome(values.set('slide', { n: 2 }, { rev: 0 }));
    expect(desk.sent.at(-1)).to.deep.equal({
      type: 'state.set',
      ref: desk.ref,
      key: 'slide',
      value: { n: 2 },
      rev: 0,
    });
    desk.refuse('conflict');
    expect(await verb).to.equal('conflict');
    const gone = outcome(values.delete('slide'));
    desk.hear({ type: 'done', ref: desk.ref });
    expect(await gone).to.equal('done');
    expect(await outcome(values.set('no spaces', 1))).to.equal('protocol');
    expect(await outcome(values.set('big', 'x'.repeat(2_048)))).to.equal('protocol');
    expect(desk.sent).to.have.length(2);
  });

  it('[NO-1] hands on what a backend tells', () => {
    const desk = new Desk();
    desk.hear({ type: 'notify', id: 'n1', at: 5, title: 'Soon over', level: 'warning' });
    const [event] = desk.events as (Event & { notice: { title: string } })[];
    expect([event?.type, event?.notice.title]).to.deep.equal(['notify', 'Soon over']);
    desk.annex.receive('{"type":"notify"}');
    desk.annex.receive('{"type":"of-a-newer-room"}');
    expect(desk.events).to.have.length(1);
  });

  it('[CH-8] asks for revisions, and sees to what is asked', async () => {
    const desk = new Desk();
    const { chat } = desk.annex;
    const verbs = [
      chat.edit(3, ' new '),
      chat.delete(3),
      chat.react(3, '👍'),
      chat.react(3, '👍', false),
    ];
    for (const { type, ...message } of [...desk.sent]) {
      expect(type).to.match(/^chat\./);
      if ('ref' in message) desk.hear({ type: 'done', ref: message.ref });
    }
    await Promise.all(verbs);
    expect(desk.sent[0]).to.include({ type: 'chat.edit', seq: 3, text: 'new' });
    expect(desk.sent[3]).to.include({ type: 'chat.react', emoji: '👍', on: false });
    expect(await outcome(chat.edit(3, '  '))).to.equal('text-empty');
    expect(await outcome(chat.edit(3, 'x'.repeat(4_001)))).to.equal('text-too-long');
    expect(await outcome(chat.react(3, 'yes'))).to.equal('protocol');
    expect(desk.sent).to.have.length(4);
  });

  it('[CH-9] finds lines without putting them into the log', async () => {
    const desk = new Desk();
    const found = desk.annex.chat.search(' Cake ', { before: 9, limit: 500 });
    expect(desk.sent[0]).to.include({ type: 'chat.search', query: 'Cake', before: 9, limit: 50 });
    desk.hear({ type: 'chat.page', ref: desk.ref, messages: [], more: true });
    expect(await found).to.deep.equal({ messages: [], more: true });
    expect(await outcome(desk.annex.chat.search(' '))).to.equal('text-empty');
  });

  it('[CH-2] asks for pages both ways, over a broken connection, too', async () => {
    const desk = new Desk();
    const { chat } = desk.annex;
    const later = chat.history({ after: 7, limit: 2 });
    expect(desk.sent[0]).to.include({ type: 'chat.history', after: 7, limit: 2 });
    desk.annex.onUnreachable();
    desk.annex.onWelcome();
    expect(desk.sent[1]).to.deep.equal(desk.sent[0]);
    const line = {
      seq: 8,
      id: 'x',
      at: 1,
      user: 'u',
      name: 'U',
      kind: 'text',
      text: 'hi',
    } as const;
    desk.hear({ type: 'chat.page', ref: desk.ref, messages: [line], more: false });
    expect((await later).messages).to.deep.equal([line]);
    expect(desk.state.chat.entries, 'returned only').to.deep.equal([]);
    const older = chat.history();
    expect(chat.history()).to.equal(older);
    desk.refuse('rate-limited', 500);
    desk.clock.advance(500);
    expect(desk.sent).to.have.length(4);
    desk.hear({ type: 'chat.page', ref: desk.ref, messages: [line], more: false });
    await older;
    expect(desk.state.chat.entries).to.have.length(1);
  });

  it('[EN-8] asks for fresh ICE servers before 80 % of their time is over', async () => {
    const desk = new Desk();
    desk.annex.keepIce({ servers: [], ttlMs: 100_000, since: desk.clock.now() });
    desk.clock.advance(49_999);
    expect(desk.sent).to.have.length(0);
    for (let ms = 0; ms < 30_001 && desk.sent.length === 0; ms += 100) desk.clock.advance(100);
    expect(desk.sent.map(({ type }) => type)).to.deep.equal(['ice.get']);
    desk.refuse('rate-limited', 900);
    await desk.clock.advanceAsync(900);
    expect(desk.sent).to.have.length(2);
    const iceServers = [{ urls: ['turn:x'] }];
    desk.hear({ type: 'ice', ref: desk.ref, iceServers, iceTtlMs: 10_000 });
    await desk.clock.advanceAsync(4_999);
    expect(desk.servers).to.deep.equal([iceServers]);
    expect(desk.sent).to.have.length(2);
    await desk.clock.advanceAsync(3_001);
    expect(desk.sent).to.have.length(3);
    desk.annex.onUnreachable();
    await desk.clock.advanceAsync(100_000);
    expect(desk.sent, 'the next welcome brings others').to.have.length(3);
    expect(desk.clock.pending).to.equal(0);
  });

  it('[EN-8] asks at once when a server refuses its credentials, but not again and again', async () => {
    const desk = new Desk();
    for (let refusal = 0; refusal < 5; refusal += 1) desk.annex.onTurnRefused();
    expect(desk.sent).to.have.length(1);
    expect(desk.errors.map(({ code }) => code)).to.include('turn-refused');
    desk.hear({ type: 'ice', ref: desk.ref, iceServers: [] });
    await desk.clock.advanceAsync(30_000);
    desk.annex.onTurnRefused();
    expect(desk.sent).to.have.length(2);
  });

  it('[EN-4] says what it means that a room will not have us', () => {
    const { annex } = new Desk();
    for (const [cause, code, reason] of [
      [4401, 'auth', 'token-expired'],
      [4403, 'forbidden', 'removed'],
      [4404, 'bad-room-name', 'room-closed'],
      [4409, 'replaced', 'replaced'],
      [4410, 'removed', 'removed'],
      [4411, 'banned', 'banned'],
      [4423, 'forbidden', 'room-closed'],
      [4400, 'protocol', 'network'],
      ['bad-version', 'version-mismatch', 'network'],
      ['room-full', 'room-full', 'room-closed'],
    ] as const) {
      const refusal = annex.explain(cause);
      expect([refusal.error.code, refusal.reason], String(cause)).to.deep.equal([code, reason]);
    }
  });
});
