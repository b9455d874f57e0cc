// How an element finds its room.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { ContextEvent } from '@lit/context';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { settle, showRoom } from '../../../../tests/support/show.js';
import { RtcElement } from '../base/rtc-element.js';
import { RtcRoom } from '../room/rtc-room.js';
import { roomContext } from './room-context.js';
import type { SharedRoom } from './shared-room.js';

/** An element that reveals which room it found. */
class RoomProbe extends RtcElement {
  get found(): unknown {
    return this.rtc.room;
  }
}
customElements.define('room-probe', RoomProbe);

const probe = (): RoomProbe => new RoomProbe();

/** Adds an element to the page. It is removed after the test. */
function place<Type extends Element>(element: Type): Type {
  document.body.append(element);
  return element;
}

describe('an element', () => {
  afterEach(() => document.body.replaceChildren());

  it('uses the room of the enclosing provider, and follows when that changes', async () => {
    const inside = probe();
    const [first, second] = [new FakeRoom(), new FakeRoom()];
    const provider = await showRoom(first, inside);
    expect(inside.found).to.equal(first);
    provider.client = second;
    await settle(provider);
    expect(inside.found).to.equal(second);
  });

  it('has no room while it is outside of its provider', async () => {
    const inside = probe();
    const room = new FakeRoom();
    const provider = await showRoom(room, inside);
    place(inside);
    await settle(inside);
    expect(inside.found).to.equal(null);
    provider.append(inside);
    await settle(inside);
    expect(inside.found).to.equal(room);
  });

  it('finds a provider that is defined after it', async () => {
    const late = place(document.createElement('late-room'));
    const inside = probe();
    late.append(inside);
    await settle(inside);
    expect(inside.found).to.equal(null);
    customElements.define('late-room', class extends RtcRoom {});
    const room = new FakeRoom();
    (late as RtcRoom).client = room;
    await settle(late);
    await settle(inside);
    expect(inside.found).to.equal(room);
  });

  it('switches to a nearer provider that is defined later', async () => {
    const between = document.createElement('near-room');
    const inside = probe();
    between.append(inside);
    const [outer, inner] = [new FakeRoom(), new FakeRoom()];
    const provider = await showRoom(outer, between);
    expect(inside.found).to.equal(outer);
    customElements.define('near-room', class extends RtcRoom {});
    (between as RtcRoom).client = inner;
    await settle(provider);
    expect(inside.found).to.equal(inner);
  });

  it('uses the room that `for` refers to, even if that appears later', async () => {
    const outside = place(probe());
    outside.for = 'meeting';
    await settle(outside);
    expect(outside.found).to.equal(null);
    const room = new FakeRoom();
    const provider = await showRoom(room);
    provider.id = 'meeting';
    provider.client = new FakeRoom();
    await settle(provider);
    await settle(outside);
    expect(outside.found).to.equal(provider.client);
  });
});

describe('the context of a room', () => {
  afterEach(() => document.body.replaceChildren());

  it('has a key that other bundles and elements know', () => {
    expect(roomContext).to.equal(Symbol.for('rtc-elements.room'));
  });

  /** Requests the context as a foreign element does. */
  async function ask(subscribe: boolean): Promise<{
    readonly provider: RtcRoom;
    readonly heard: (SharedRoom | null)[];
    stop(): void;
  }> {
    const foreign = document.createElement('div');
    const provider = await showRoom(new FakeRoom(), foreign);
    const heard: (SharedRoom | null)[] = [];
    let unsubscribe: (() => void) | undefined;
    foreign.dispatchEvent(
      new ContextEvent(
        roomContext,
        foreign,
        (value, stop) => {
          heard.push(value);
          unsubscribe = stop;
        },
        subscribe,
      ),
    );
    return { provider, heard, stop: () => unsubscribe?.() };
  }

  it('is provided once to a one-time request', async () => {
    const { provider, heard } = await ask(false);
    const { shared } = provider;
    provider.client = new FakeRoom();
    await settle(provider);
    expect(heard).to.deep.equal([shared]);
  });

  it('is provided on every change to a subscriber, until it unsubscribes', async () => {
    const { provider, heard, stop } = await ask(true);
    const rooms = [provider.shared];
    provider.client = new FakeRoom();
    await settle(provider);
    rooms.push(provider.shared);
    stop();
    provider.client = new FakeRoom();
    await settle(provider);
    expect(heard).to.deep.equal(rooms);
  });
});
