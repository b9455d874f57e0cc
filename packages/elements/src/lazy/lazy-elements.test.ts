// The parts of the file that come when they are wanted.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, until } from '../../../../tests/support/show.js';
import type { RtcErrorEvent } from '../events.js';
import { loadElements, type LazyElements, setLazyElements } from './lazy-elements.js';

/** A lobby that cannot be had while `isAway`, and how often it was asked for. */
let isAway = true;
let asked = 0;
const lobby: LazyElements = {
  tags: ['rtc-lobby'],
  load: async () => {
    asked += 1;
    if (isAway) throw new TypeError('Failed to fetch dynamically imported module');
    return import('./lobby.js');
  },
};
const chat: LazyElements = {
  tags: ['rtc-chat-log', 'rtc-participants'],
  load: () => import('./chat.js'),
};

/** What would be done when the page is idle. */
const idle: (() => void)[] = [];
const keep = globalThis.requestIdleCallback;
const room = new FakeRoom({ connection: 'idle', you: null });
const element = document.createElement('rtc-room');
const errors: RtcErrorEvent[] = [];

describe('a part of the file', () => {
  before(async () => {
    setLazyElements({ lobby, chat });
    globalThis.requestIdleCallback = (task) => idle.push(task as () => void);
    element.addEventListener('rtc-error', (event) => errors.push(event));
    element.client = room;
    document.body.append(element);
    await settle(element);
  });

  after(() => {
    globalThis.requestIdleCallback = keep;
    document.body.replaceChildren();
  });

  it('says in its place that it cannot be had, and tells the page', async () => {
    await until(() => element.shadowRoot?.querySelector('.missing') != null);
    const place = find(element, '.missing');
    expect(place.getAttribute('role')).to.equal('alert');
    expect(element.shadowRoot?.querySelector('rtc-lobby')).to.equal(null);
    expect(errors.map(({ error, fatal }) => [error.code, error.retryable, fatal])).to.deep.equal([
      ['part-unavailable', true, false],
    ]);
    expect(errors[0]?.error.message).to.equal(place.querySelector('p')?.textContent);
    expect(asked).to.equal(1);
  });

  it('says so again when a second try is in vain', async () => {
    find(element, '.missing button').click();
    await until(() => errors.length === 2);
    await settle(element);
    expect(asked).to.equal(2);
    expect(find(element, '.missing button').isConnected).to.equal(true);
  });

  it('is there after a try that succeeds, and is not loaded again', async () => {
    isAway = false;
    find(element, '.missing button').click();
    await customElements.whenDefined('rtc-lobby');
    await until(() => element.shadowRoot?.querySelector('rtc-lobby') != null);
    await settle(element);
    expect(find(find(element, 'rtc-lobby'), '[part=title]').textContent).to.equal('Join standup');
    expect(element.shadowRoot?.querySelector('.missing')).to.equal(null);
    await loadElements('lobby');
    expect(asked).to.equal(3);
    expect(errors).to.have.lengthOf(2);
  });

  it('comes when the page is idle, without being wanted', async () => {
    expect(customElements.get('rtc-chat-log')).to.equal(undefined);
    expect(idle).to.have.lengthOf(1);
    idle[0]?.();
    await customElements.whenDefined('rtc-chat-log');
    expect(asked).to.equal(3);
  });
});
