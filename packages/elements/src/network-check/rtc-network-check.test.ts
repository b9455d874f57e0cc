import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, openRoom, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcNetworkCheck } from './rtc-network-check.js';

const real = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch };

/** A room that answers a ping with `answer()`, or is unreachable with `fail()`. */
class FakeSocket {
  static readonly OPEN = 1;
  static readonly made: FakeSocket[] = [];
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readyState = 0;
  isClosed = false;

  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }

  answer(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  fail(): void {
    this.onclose?.(new CloseEvent('close', { code: 1006 }));
  }

  send(): void {
    this.onmessage?.(new MessageEvent('message', { data: '{"type":"pong"}' }));
  }

  close(): void {
    this.isClosed = true;
  }
}

async function setup(): Promise<RtcNetworkCheck> {
  const lobby = find(await openRoom(new FakeRoom({ connection: 'idle', you: null })), 'rtc-lobby');
  return find(lobby, 'rtc-network-check');
}

/** Starts a check with the button. Resolves with the socket that it opens. */
async function begin(element: RtcNetworkCheck): Promise<FakeSocket> {
  const before = FakeSocket.made.length;
  find(element, '[part=check]').click();
  await until(() => FakeSocket.made.length > before);
  return FakeSocket.made.at(-1) as FakeSocket;
}

const verdict = (element: RtcNetworkCheck): string => find(element, '[role=status]').textContent;

describe('rtc-network-check', () => {
  beforeEach(() => {
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    globalThis.fetch = async () => Response.json({ iceServers: [] });
  });
  afterEach(() => {
    Object.assign(globalThis, real);
  });

  it('is accessible, before a check and after', async () => {
    const element = await setup();
    await expectAccessible(element);
    (await begin(element)).answer();
    await until(() => element.report !== null);
    await settle(element);
    await expectAccessible(element);
  });

  it('shows the result in the lobby, and can check again', async () => {
    const element = await setup();
    expect(verdict(element)).to.equal('Not checked yet');
    const socket = await begin(element);
    await settle(element);
    expect(verdict(element)).to.equal('Checking your connection…');
    expect(find(element, '[part=check]').ariaDisabled).to.equal('true');
    socket.answer();
    await until(() => element.report !== null);
    await settle(element);
    expect(verdict(element)).to.equal('Your connection is good.');
    expect(find(element, '[part~=good]').part.contains('verdict')).to.equal(true);
    expect(socket.isClosed).to.equal(true);
    expect(find(element, '[part=check]').textContent.trim()).to.equal('Check again');
    (await begin(element)).fail();
    await until(() => element.report?.quality === 'poor');
    await settle(element);
    expect(verdict(element)).to.contain('The room cannot be reached.');
  });

  it('checks nothing for a room that the page created, as it does not know its host', async () => {
    const before = FakeSocket.made.length;
    const element = await showRoom(new FakeRoom({ connection: 'idle', you: null }));
    const check = find(find(element, 'rtc-lobby'), 'rtc-network-check');
    expect(check.shadowRoot?.querySelector('button')).to.equal(null);
    expect(await check.check()).to.equal(null);
    expect(FakeSocket.made).to.have.lengthOf(before);
  });

  it('closes what it opened when it is removed', async () => {
    const element = await setup();
    const socket = await begin(element);
    const { parentNode } = element;
    element.remove();
    await until(() => socket.isClosed);
    parentNode?.append(element);
    await settle(element);
    await until(() => verdict(element) === 'Not checked yet');
  });
});
