// How an element finds its room.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Room } from '@rtc-elements/core';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { openRoom, settle, showRoom, until } from '../../../../tests/support/show.js';
import { RtcElement } from '../base/rtc-element.js';
import { RtcRoom } from '../room/rtc-room.js';
import { roomContext } from './room-context.js';

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

/** A context request as an element makes it that uses no library. */
class PlainRequest extends Event {
  readonly context = Symbol.for('rtc-elements.room');
  constructor(
    readonly contextTarget: Element,
    readonly callback: (value: Room | null, unsubscribe?: () => void) => void,
    readonly subscribe: boolean,
  ) {
    super('context-request', { bubbles: true, composed: true });
  }
}

/** What an element that is not ours was given, and how it stops listening. */
interface Heard {
  readonly rooms: (Room | null)[];
  /** Held here, as whoever waits for a provider is only referred to weakly. */
  readonly callback: (value: Room | null, unsubscribe?: () => void) => void;
  stop(): void;
}

/** Asks for the room on `target`, as an element that is not ours does. */
function ask(foreign: Element, { subscribe = true, target = foreign } = {}): Heard {
  const rooms: (Room | null)[] = [];
  let unsubscribe: (() => void) | undefined;
  const callback: Heard['callback'] = (value, stop) => {
    // A provider that appears in between tells what is known already.
    if (value !== rooms.at(-1)) rooms.push(value);
    if (unsubscribe !== stop) unsubscribe?.();
    unsubscribe = stop;
  };
  target.dispatchEvent(new PlainRequest(foreign, callback, subscribe));
  return { rooms, callback, stop: () => unsubscribe?.() };
}

describe('the context of a room', () => {
  afterEach(() => document.body.replaceChildren());

  it('has a key that other bundles and elements know', () => {
    expect(roomContext).to.equal(Symbol.for('rtc-elements.room'));
  });

  it('is the public room, once for a one-time request', async () => {
    const room = new FakeRoom();
    const foreign = document.createElement('div');
    const provider = await showRoom(room, foreign);
    const { rooms } = ask(foreign, { subscribe: false });
    provider.client = new FakeRoom();
    await settle(provider);
    expect(rooms).to.deep.equal([room]);
  });

  it('is given to a subscriber on every change, until it unsubscribes', async () => {
    const [first, second] = [new FakeRoom(), new FakeRoom()];
    const foreign = document.createElement('div');
    const provider = await showRoom(first, foreign);
    const { rooms, stop } = ask(foreign);
    provider.client = second;
    await settle(provider);
    stop();
    provider.client = new FakeRoom();
    await settle(provider);
    expect(rooms).to.deep.equal([first, second]);
  });

  it('stays what it is when somebody joins again', async () => {
    const room = new FakeRoom();
    const foreign = document.createElement('div');
    const provider = await openRoom(room);
    provider.append(foreign);
    await settle(provider);
    const { rooms } = ask(foreign);
    room.set({ connection: 'closed', left: 'left' });
    await provider.shared?.rejoin();
    expect(rooms).to.deep.equal([room]);
    expect(provider.client).to.equal(room);
  });

  it('reaches through shadow roots', async () => {
    const room = new FakeRoom();
    const [outer, inner] = [document.createElement('div'), document.createElement('div')];
    outer.attachShadow({ mode: 'closed' }).append(inner);
    await showRoom(room, outer);
    expect(ask(inner).rooms).to.deep.equal([room]);
  });

  it('is given to an element elsewhere that asks on the room, in its own name', async () => {
    const room = new FakeRoom();
    const provider = await showRoom(room);
    const foreign = place(document.createElement('div'));
    expect(ask(foreign, { target: provider }).rooms).to.deep.equal([room]);
  });

  it('is given later, if the provider is defined after it was asked for', async () => {
    const late = place(document.createElement('later-room'));
    const foreign = document.createElement('div');
    late.append(foreign);
    const { rooms } = ask(foreign);
    expect(rooms).to.deep.equal([]);
    customElements.define('later-room', class extends RtcRoom {});
    const room = new FakeRoom();
    (late as RtcRoom).client = room;
    await settle(late);
    expect(rooms.at(-1)).to.equal(room);
  });

  it('is null once the provider has no room any more', async () => {
    const room = new FakeRoom();
    const foreign = document.createElement('div');
    const provider = await showRoom(room, foreign);
    const { rooms } = ask(foreign);
    provider.remove();
    await until(() => rooms.length === 2);
    expect(rooms).to.deep.equal([room, null]);
  });
});
