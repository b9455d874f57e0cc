// Elements that load separately: when they load, and what replaces them if they cannot.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, until } from '../../../../tests/support/show.js';
import { RtcChat } from '../chat/rtc-chat.js';
import type { RtcErrorEvent } from '../events.js';
import { lazyRoom } from '../room/lazy-room.js';
import { RtcRoom } from '../room/rtc-room.js';
import { type ElementsModule, LazyElements } from './lazy-elements.js';

/** Elements that can only be loaded while `isThere`, and how often that was tried. */
function flaky<Module extends ElementsModule>(
  load: () => Promise<Module>,
): { readonly lazy: LazyElements<Module>; asked: number; isThere: boolean } {
  const state = {
    asked: 0,
    isThere: false,
    lazy: new LazyElements(['test-element'], async () => {
      state.asked += 1;
      if (!state.isThere) throw new TypeError('Failed to fetch dynamically imported module');
      return load();
    }),
  };
  return state;
}

let count = 0;

/** An `<rtc-room>` in the page, some of whose elements load differently. */
function place(
  over: Partial<typeof RtcRoom.lazyElements>,
  setUp: (room: RtcRoom) => void,
): RtcRoom {
  const TestRoom = class extends RtcRoom {
    static override lazyElements = { ...RtcRoom.lazyElements, ...over };
  };
  customElements.define(`test-room-${(count += 1)}`, TestRoom);
  const element = new TestRoom();
  setUp(element);
  document.body.append(element);
  return element;
}

/** The pending idle callbacks. */
const idle: (() => void)[] = [];
const keep = globalThis.requestIdleCallback;

before(() => {
  globalThis.requestIdleCallback = (task) => idle.push(task as () => void);
});

after(() => {
  globalThis.requestIdleCallback = keep;
});

afterEach(() => {
  document.body.replaceChildren();
  idle.length = 0;
});

describe('elements that load later', () => {
  it('are all defined, and found in a page that uses them', async () => {
    for (const lazy of [...Object.values(lazyRoom), RtcChat.lazyElements.interface]) {
      const { elements } = await lazy.load();
      for (const [tag, element] of Object.entries(elements))
        expect(customElements.get(tag), tag).to.equal(element);
    }
    const tags = 'rtc-cursors rtc-files rtc-grid rtc-lobby rtc-stats rtc-chat-log'.split(' ');
    document.body.append(...tags.map((tag) => document.createElement(tag)));
    expect(LazyElements.inPage()).to.have.members([
      ...Object.values(lazyRoom),
      RtcChat.lazyElements.interface,
    ]);
  });

  it('are replaced by a notice if they cannot be loaded, until a retry succeeds', async () => {
    const screens = flaky(() => import('./screens.js'));
    const errors: RtcErrorEvent[] = [];
    const element = place({ screens: screens.lazy }, (room) => {
      room.addEventListener('rtc-error', (event) => errors.push(event));
      room.client = new FakeRoom({ connection: 'idle', you: null });
    });
    await until(() => element.shadowRoot?.querySelector('.missing') != null);
    const notice = find(element, '.missing');
    expect(notice.getAttribute('role')).to.equal('alert');
    expect(element.shadowRoot?.querySelector('rtc-lobby')).to.equal(null);
    expect(errors.map(({ error, fatal }) => [error.code, error.retryable, fatal])).to.deep.equal([
      ['part-unavailable', true, false],
    ]);
    expect(errors[0]?.error.message).to.equal(notice.querySelector('p')?.textContent);
    expect(screens.asked).to.equal(1);

    find(element, '.missing button').click();
    await until(() => errors.length === 2);
    await settle(element);
    expect(screens.asked).to.equal(2);
    expect(find(element, '.missing button').isConnected).to.equal(true);

    screens.isThere = true;
    find(element, '.missing button').click();
    await until(() => element.shadowRoot?.querySelector('rtc-lobby') != null);
    await settle(element);
    expect(find(find(element, 'rtc-lobby'), '[part=title]').textContent).to.equal('Join standup');
    expect(element.shadowRoot?.querySelector('.missing')).to.equal(null);
    await screens.lazy.load();
    expect(screens.asked).to.equal(3);
    expect(errors).to.have.lengthOf(2);
  });

  it('are shown as soon as another element has loaded them', async () => {
    const screens = flaky(() => import('./screens.js'));
    const element = place({ screens: screens.lazy }, (room) => {
      room.client = new FakeRoom({ connection: 'idle', you: null });
    });
    await until(() => element.shadowRoot?.querySelector('.missing') != null);
    screens.isThere = true;
    await screens.lazy.load();
    element.requestUpdate();
    await settle(element);
    expect(element.shadowRoot?.querySelector('rtc-lobby')).not.to.equal(null);
    expect(element.shadowRoot?.querySelector('.missing')).to.equal(null);
  });

  it('load ahead of time when the page is idle, but not while a call is being joined', async () => {
    const chat = flaky(() => import('./chat.js'));
    chat.isThere = true;
    const room = new FakeRoom({ connection: 'idle', you: null });
    const element = place({ chat: chat.lazy }, (one) => (one.client = room));
    await until(() => idle.length === 1);
    room.set({ connection: 'connecting' });
    idle[0]?.();
    await settle(element);
    expect(idle).to.have.lengthOf(1);
    expect(chat.asked).to.equal(0);
    room.set({ connection: 'connected' });
    await until(() => idle.length === 2);
    idle[1]?.();
    expect(chat.asked).to.equal(1);
    room.set({ connection: 'closed', left: 'left' });
    await settle(element);
    expect(idle).to.have.lengthOf(2);
  });
});

describe('the interface of a room', () => {
  it('does not delay the call, and moves nothing when it appears', async () => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const late = new LazyElements(['test-element'], () =>
      arrived.then(() => import('./interface.js')),
    );
    const element = place({ interface: late }, (room) => {
      Object.assign(room, { host: 'localhost:1', room: 'r', name: 'Noor', autojoin: true });
    });
    await until(() => element.client?.getSnapshot().connection === 'connecting');
    expect(element.shadowRoot?.querySelector('rtc-controls')).to.equal(null);
    const box = element.getBoundingClientRect();
    expect([box.height, getComputedStyle(element).display]).to.deep.equal([560, 'block']);
    arrive();
    await until(() => element.shadowRoot?.querySelector('rtc-controls') != null);
    await settle(element);
    expect(element.getBoundingClientRect()).to.deep.equal(box);
  });

  it('is replaced by a notice if it cannot be loaded, while the call goes on', async () => {
    const late = flaky(() => import('./interface.js'));
    const room = new FakeRoom();
    const element = place({ interface: late.lazy }, (one) => (one.client = room));
    await until(() => element.shadowRoot?.querySelector('.missing') != null);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(idle).to.have.lengthOf(0);
    late.isThere = true;
    find(element, '.missing button').click();
    await until(() => element.shadowRoot?.querySelector('rtc-controls') != null);
    expect(element.shadowRoot?.querySelector('.missing')).to.equal(null);
  });
});
