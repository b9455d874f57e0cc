// Requests of elements that are not ours.
import '../../define.js';

import { expect } from '@esm-bundle/chai';

import { FakeRoom, fakeYou } from '../../../../../tests/support/fake-room.js';
import { REQUESTS } from '../../../../../tests/support/requests.js';
import { openRoom, settle, showRoom, until } from '../../../../../tests/support/show.js';
import { RtcRequestEvent } from '../../events.js';
import type { RtcRoom } from '../../room/rtc-room.js';
import type { RequestOutcome } from './request-map.js';

const EVENT = { bubbles: true, composed: true, cancelable: true };

/** A request as any script can make it, and its outcome, which has to be there after the dispatch. */
function ask(from: EventTarget, detail: unknown, init: EventInit = {}): Promise<RequestOutcome> {
  const event = new CustomEvent('rtc-request', { ...EVENT, ...init, detail });
  from.dispatchEvent(event);
  return (event as unknown as { readonly result: Promise<RequestOutcome> }).result;
}

/** `done`, `prevented`, or the code of the error. */
async function endOf(result: Promise<RequestOutcome>): Promise<string> {
  const outcome = await result;
  return outcome.status === 'failed' ? outcome.error.code : outcome.status;
}

async function setup(): Promise<{
  readonly room: FakeRoom;
  readonly foreign: HTMLElement;
  readonly provider: RtcRoom;
}> {
  const room = new FakeRoom({ you: fakeYou({ call: 0 }) });
  const foreign = document.createElement('button');
  return { room, foreign, provider: await showRoom(room, foreign) };
}

/** Adds an element to the page. It is removed after the test. */
function place<Type extends Element>(element: Type): Type {
  document.body.append(element);
  return element;
}

/** What was asked of a room, beside what its interface does by itself. */
const callsOn = (room: FakeRoom): readonly string[] =>
  room.calls.filter((call) => !call.startsWith('markRead'));

/** Fails a test in which something throws into the page. */
const thrown: unknown[] = [];
const onThrown = (event: ErrorEvent | PromiseRejectionEvent): void =>
  void thrown.push('reason' in event ? event.reason : event.error);

before(() => {
  addEventListener('error', onThrown);
  addEventListener('unhandledrejection', onThrown);
});

after(() => {
  removeEventListener('error', onThrown);
  removeEventListener('unhandledrejection', onThrown);
});

afterEach(() => {
  document.body.replaceChildren();
  expect(thrown).to.deep.equal([]);
});

describe('a request of an element that is not ours', () => {
  for (const [name, [parameters, ...calls]] of Object.entries(REQUESTS)) {
    it(`is carried out, and can be prevented by the page: ${name}`, async () => {
      const { room, foreign } = await setup();
      const action = { ...parameters, do: name };
      const veto = (event: RtcRequestEvent): void => {
        expect(event.action.do).to.equal(name);
        event.preventDefault();
      };
      for (const isCapture of [true, false]) {
        document.addEventListener('rtc-request', veto, { capture: isCapture, once: true });
        expect(await endOf(ask(foreign, action))).to.equal('prevented');
      }
      expect(callsOn(room)).to.deep.equal([]);
      expect(await endOf(ask(foreign, action))).to.equal('done');
      const made = [...room.calls, ...room.files.calls];
      expect(made.map((call) => call.replace(/shared-\d+/, 'shared'))).to.include.members([
        ...calls,
      ]);
    });
  }

  it('can be prevented by whoever hears it last', async () => {
    const { room, foreign } = await setup();
    addEventListener('rtc-request', (event) => event.preventDefault(), { once: true });
    expect(await endOf(ask(foreign, { do: 'leave' }))).to.equal('prevented');
    expect(callsOn(room)).to.deep.equal([]);
  });

  it('is not carried out if the page could not prevent it', async () => {
    const { room, foreign } = await setup();
    const result = ask(foreign, { do: 'leave' }, { cancelable: false });
    expect(await endOf(result)).to.equal('protocol');
    expect(callsOn(room)).to.deep.equal([]);
  });

  it('can be an event of our class, or any event with an action', async () => {
    const { room, foreign } = await setup();
    const ours = new RtcRequestEvent({ do: 'send-message', text: 'hi' });
    foreign.dispatchEvent(ours);
    const outcome = await ours.result;
    expect(outcome.status === 'done' && outcome.value.seq).to.equal(1);
    const plain = Object.assign(new Event('rtc-request', EVENT), {
      action: { do: 'leave' },
      result: null as Promise<RequestOutcome> | null,
    });
    foreign.dispatchEvent(plain);
    expect((await plain.result)?.status).to.equal('done');
    expect(callsOn(room)).to.deep.equal(['send("hi")', 'leave()']);
  });
});

describe('the room of such a request', () => {
  it('is that of the nearest element, and of no other', async () => {
    const [outer, inner] = [new FakeRoom(), new FakeRoom()];
    const nearer = document.createElement('rtc-room');
    const chat = document.createElement('rtc-chat');
    const foreign = document.createElement('button');
    nearer.client = inner;
    chat.append(foreign);
    nearer.append(chat);
    await showRoom(outer, nearer);
    await settle(nearer);
    expect(await endOf(ask(foreign, { do: 'toggle-hand' }))).to.equal('done');
    expect(callsOn(inner)).to.deep.equal(['setPresence({"hand":true})']);
    expect(callsOn(outer)).to.deep.equal([]);
  });

  for (const mode of ['open', 'closed'] as const) {
    it(`is found from inside of a shadow root: ${mode}`, async () => {
      const { room, foreign } = await setup();
      const host = document.createElement('div');
      const button = document.createElement('button');
      host.attachShadow({ mode }).append(button);
      foreign.replaceWith(host);
      expect(await endOf(ask(button, { do: 'leave' }))).to.equal('done');
      expect(callsOn(room)).to.deep.equal(['leave()']);
    });
  }

  it('is that on which the event is dispatched, even if that does not bubble', async () => {
    const { room, provider } = await setup();
    const result = ask(provider, { do: 'leave' }, { bubbles: false, composed: false });
    expect(await endOf(result)).to.equal('done');
    expect(callsOn(room)).to.deep.equal(['leave()']);
  });

  it('is the one that the element names in `for`, as an attribute or a property', async () => {
    const { room, provider } = await setup();
    provider.id = 'meeting';
    const elsewhere = place(document.createElement('my-button'));
    elsewhere.setAttribute('for', 'meeting');
    expect(await endOf(ask(elsewhere, { do: 'toggle-hand', force: true }))).to.equal('done');
    const byProperty = Object.assign(place(document.createElement('my-button')), {
      for: 'meeting',
    });
    expect(await endOf(ask(byProperty, { do: 'leave' }))).to.equal('done');
    expect(callsOn(room)).to.deep.equal(['setPresence({"hand":true})', 'leave()']);
  });

  it('is the one in `for` rather than the one around, also from the shadow root of the element', async () => {
    const [around, named] = [new FakeRoom(), new FakeRoom()];
    const [host, button] = [document.createElement('my-bar'), document.createElement('button')];
    host.setAttribute('for', 'other');
    host.attachShadow({ mode: 'open' }).append(button);
    await showRoom(around, host);
    const other = await showRoom(named);
    other.id = 'other';
    expect(await endOf(ask(button, { do: 'leave' }))).to.equal('done');
    expect([callsOn(around), callsOn(named)]).to.deep.equal([[], ['leave()']]);
    host.setAttribute('for', 'missing');
    expect(await endOf(ask(button, { do: 'leave' }))).to.equal('not-found');
    expect(callsOn(around)).to.deep.equal([]);
  });

  it('is not what a label is for', async () => {
    const { room, foreign } = await setup();
    const label = document.createElement('label');
    label.htmlFor = 'name';
    foreign.replaceWith(label);
    label.append(foreign);
    expect(await endOf(ask(foreign, { do: 'leave' }))).to.equal('done');
    expect(callsOn(room)).to.deep.equal(['leave()']);
  });

  it('may be opened in the same task', async () => {
    const provider = document.createElement('rtc-room');
    const foreign = document.createElement('button');
    const room = new FakeRoom();
    provider.client = room;
    provider.append(foreign);
    place(provider);
    expect(await endOf(ask(foreign, { do: 'leave' }))).to.equal('done');
    expect(callsOn(room)).to.deep.equal(['leave()']);
  });

  it('is missing, which is an error, wherever the event is dispatched', async () => {
    const outside = place(document.createElement('button'));
    expect(await endOf(ask(outside, { do: 'leave' }))).to.equal('not-found');
    const nowhere = document.createElement('button');
    const event = new RtcRequestEvent({ do: 'leave' });
    nowhere.dispatchEvent(event);
    expect(await endOf(event.result)).to.equal('not-found');
    expect(await endOf(new RtcRequestEvent({ do: 'leave' }).result)).to.equal('not-found');
  });
});

describe('a bad request', () => {
  const bad: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'leave'],
    ['no name', {}],
    ['an unknown name', { do: 'self-destruct' }],
    ['a name of a prototype', { do: 'constructor' }],
    ['another one', { do: '__proto__' }],
    ['and another', { do: 'toString' }],
    ['a name that is a symbol', { do: Symbol('leave') }],
    ['a name that is an object', { do: { toString: () => 'leave' } }],
    [
      'a name that throws',
      {
        get do(): never {
          throw new Error('no');
        },
      },
    ],
    [
      'a parameter that throws something that throws',
      {
        do: 'lock-room',
        get on(): never {
          throw new Proxy(new Error('no'), { getPrototypeOf: refuse, get: refuse });
        },
      },
    ],
    ['a proxy that refuses', new Proxy({}, { get: refuse, has: refuse, getPrototypeOf: refuse })],
    ['an inherited parameter of a wrong type', Object.create({ do: 'lock-room', on: 'yes' })],
    ['an infinite size', { do: 'show-picture', session: 's', source: 'camera', size: Infinity }],
    ['a fraction of a message', { do: 'delete-message', seq: 1.5 }],
    ['an id as large as a frame', { do: 'lower-hand', session: 'x'.repeat(65_536) }],
    ['nested metadata', { do: 'set-presence', meta: { a: { b: 1 } } }],
    ['a list as metadata', { do: 'set-presence', meta: [1] }],
    ['a value that is no JSON', { do: 'set-value', key: 'k', value: { n: 1n } }],
    ['a value that contains itself', { do: 'set-value', key: 'k', value: cyclic() }],
    ['a value deeper than a frame', { do: 'set-value', key: 'k', value: deep(8) }],
  ];

  function refuse(): never {
    throw new TypeError('refused');
  }

  function cyclic(): object {
    const value: { self?: object } = {};
    return Object.assign(value, { self: value });
  }

  function deep(levels: number): unknown {
    return levels === 0 ? 1 : [deep(levels - 1)];
  }

  for (const [title, detail] of bad) {
    it(`is refused, and the room does not notice: ${title}`, async () => {
      const { room, foreign } = await setup();
      const outcome = await ask(foreign, detail);
      expect(outcome.status === 'failed' && outcome.error.code).to.equal('protocol');
      expect(callsOn(room)).to.deep.equal([]);
      expect(await endOf(ask(foreign, { do: 'leave' }))).to.equal('done');
    });
  }

  it('is one that lacks any parameter that is needed, or has any of a wrong type', async () => {
    for (const [name, [parameters]] of Object.entries(REQUESTS)) {
      for (const key of Object.keys(parameters)) {
        const { room, foreign } = await setup();
        const outcome = await ask(foreign, { ...parameters, do: name, [key]: Symbol('wrong') });
        expect(outcome.status === 'failed' && outcome.error.message).to.include(`"${key}"`);
        expect(callsOn(room), name).to.deep.equal([]);
        foreign.closest('rtc-room')?.remove();
      }
    }
  });

  it('gets the value that was checked, and nothing that was not asked for', async () => {
    const { room, foreign } = await setup();
    let reads = 0;
    const detail = {
      do: 'send-message',
      get text(): unknown {
        reads += 1;
        return reads === 1 ? 'hi' : Symbol('changed');
      },
      replyTo: 7,
      priority: 'high',
    };
    expect(await endOf(ask(foreign, detail))).to.equal('done');
    expect(callsOn(room)).to.deep.equal(['send("hi", {"replyTo":7})']);
    const value = { a: [deep(5)], ['__proto__']: 1 };
    expect(await endOf(ask(foreign, { do: 'set-value', key: 'k', value }))).to.equal('done');
    expect(room.calls.at(-1)).to.equal('set-value("k", {"a":[[[[[[1]]]]]],"__proto__":1}, {})');
  });

  it('may be an event that cannot be changed', async () => {
    const { room, foreign } = await setup();
    const event = Object.freeze(
      Object.assign(new Event('rtc-request', EVENT), { action: { do: 'leave' } }),
    );
    foreign.dispatchEvent(event);
    await until(() => callsOn(room).length > 0);
    expect(callsOn(room)).to.deep.equal(['leave()']);
  });
});

describe('a thousand requests at once', () => {
  it('are refused but for a few, and our own elements and other rooms do not notice', async () => {
    const { room, foreign, provider } = await setup();
    const results = Array.from({ length: 1_000 }, () =>
      ask(foreign, { do: 'lower-hand', session: 's' }),
    );
    const own = provider.rtc.request({ do: 'toggle-hand' });
    const other = await showRoom(new FakeRoom());
    expect(await endOf(ask(other, { do: 'toggle-hand' }))).to.equal('done');
    expect(await endOf(own)).to.equal('done');
    const ends = await Promise.all(results.map(endOf));
    expect(ends.filter((end) => end === 'done')).to.have.lengthOf(20);
    expect(ends.filter((end) => end === 'flooded')).to.have.lengthOf(980);
    expect(callsOn(room).filter((call) => call.startsWith('lowerHand'))).to.have.lengthOf(20);

    const refused = await results.at(-1);
    expect(refused?.status === 'failed' && refused.error.retryable).to.equal(true);
    let end = 'flooded';
    while (end === 'flooded') {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      end = await endOf(ask(foreign, { do: 'leave' }));
    }
    expect(end).to.equal('done');
  });
});

describe('a request of one of our elements', () => {
  it('fails, rather than seeming prevented, while there is no room', async () => {
    const element = document.createElement('rtc-room');
    element.room = 'not a name';
    place(element);
    await settle(element);
    const outcome = await element.rtc.request({ do: 'leave' });
    expect(outcome.status === 'failed' && outcome.error.code).to.equal('bad-room-name');
  });

  it('is carried out in the task of the click, as before a listener returns', async () => {
    const room = new FakeRoom();
    const provider = await openRoom(room);
    void provider.rtc.request({ do: 'toggle-screen', force: true });
    expect(callsOn(room)).to.deep.equal(['set-screen(true)']);
  });
});
