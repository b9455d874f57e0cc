// `rtc-leave`: once for each entry, however it ends, and never for one that did not happen.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Room } from '@rtc-elements/core';
import { CLOSE } from '@rtc-elements/protocol';

import { frames } from '../../../../tests/support/chat-fixture.js';
import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { House, type HouseOptions } from '../../../../tests/support/house/house.js';
import { createHouseRoom } from '../../../../tests/support/house/house-room.js';
import type { RawClient } from '../../../../tests/support/house/raw-client.js';
import { settle, until } from '../../../../tests/support/show.js';
import { RtcChat } from '../chat/rtc-chat.js';
import { RtcRoom } from '../room/rtc-room.js';
import { engine } from './room-registry.js';

type Entry = RtcRoom | RtcChat;

interface Scene {
  readonly element: Entry;
  readonly house: House;
  /** Somebody else, who was there first and is the host. */
  readonly ann: RawClient;
  /** The events so far, with the reason of each `rtc-leave`. */
  readonly told: string[];
  /** Adds an element of the same room to the page, with these attributes. */
  add(attributes?: Readonly<Record<string, string>>): Promise<Entry>;
  /** Passes time on all clocks until the element is where it should be. */
  reach(connection: string, element?: Entry): Promise<void>;
}

const { createRoom } = engine;
let places = 0;

afterEach(() => {
  engine.createRoom = createRoom;
  document.body.replaceChildren();
});

const TOLD = ['rtc-ready', 'rtc-join', 'rtc-leave'] as const;

/** Time passes in the houses until `holds()`. */
async function pass(houses: Iterable<House>, holds: () => boolean): Promise<void> {
  while (!holds()) {
    for (const house of houses) await house.advance(100);
    await frames();
  }
}

/** An element in a house of its own; every other room that it wants is another house. */
async function setUp(Class: typeof RtcRoom | typeof RtcChat, options?: HouseOptions) {
  const room = `leaving-${(places += 1)}`;
  const house = new House({ ...options, room });
  const houses = new Map([[room, house]]);
  engine.createRoom = ({ room: name, name: who }): Room => {
    const place = houses.get(name) ?? new House({ room: name });
    houses.set(name, place);
    return createHouseRoom(place, { name: who }).room;
  };
  const ann = house.client();
  await ann.join('Ann');
  const told: string[] = [];
  const add = async (attributes: Readonly<Record<string, string>> = {}): Promise<Entry> => {
    const element = new Class();
    const own = { host: 'http://house.test', room, name: 'Me', ...attributes };
    for (const [name, value] of Object.entries(own)) element.setAttribute(name, value);
    document.body.append(element);
    await settle(element);
    return element;
  };
  const reach = async (connection: string, element: Entry): Promise<void> => {
    await pass(houses.values(), () => element.rtc.state?.connection === connection);
  };
  const element = new Class();
  for (const type of TOLD)
    element.addEventListener(type, (event) =>
      told.push('reason' in event ? `${type} ${event.reason}` : type),
    );
  return { element, house, ann, told, add, reach, room };
}

/** In the room, in which it has said so. */
async function enter(Class: typeof RtcRoom | typeof RtcChat): Promise<Scene> {
  const { element, room, reach, ...scene } = await setUp(Class);
  const own = { host: 'http://house.test', room, name: 'Me', lobby: 'off', autojoin: '' };
  for (const [name, value] of Object.entries(own)) element.setAttribute(name, value);
  document.body.append(element);
  await settle(element);
  await reach('connected', element);
  await settle(element);
  expect(scene.told).to.deep.equal(['rtc-ready', 'rtc-join']);
  scene.told.length = 0;
  return { element, ...scene, reach: (to, who = element) => reach(to, who) };
}

const sessionOf = ({ element }: Scene): string => element.rtc.state?.you?.session ?? '';
const userOf = ({ element }: Scene): string => element.rtc.state?.you?.user ?? '';
const closeBy =
  (code: number) =>
  ({ house }: Scene): unknown =>
    house.pairs.at(-1)?.close(code, '');

/** What ends the entry, and what is told from then on. */
type Way = readonly [end: (scene: Scene) => unknown, told: readonly string[]];

const WAYS: Readonly<Record<string, Way>> = {
  'somebody leaves': [({ element }) => element.client?.leave(), ['rtc-leave left']],
  'an element asks to leave, twice': [
    async ({ element }) => {
      await element.rtc.request({ do: 'leave' });
      await element.rtc.request({ do: 'leave' });
    },
    ['rtc-leave left'],
  ],
  'the element is removed': [({ element }) => element.remove(), ['rtc-leave left']],
  'what contains it is removed after somebody left': [
    async ({ element }) => {
      await element.client?.leave();
      document.body.replaceChildren();
    },
    ['rtc-leave left'],
  ],
  'the element gets another room': [
    ({ element }) => (element.room = 'another'),
    ['rtc-leave left', 'rtc-ready', 'rtc-join'],
  ],
  'the element gets another host': [
    ({ element }) => (element.host = 'http://other.test'),
    ['rtc-leave left', 'rtc-ready', 'rtc-join'],
  ],
  'the element gets a room that is no name': [
    ({ element }) => (element.room = 'not a name'),
    ['rtc-leave left'],
  ],
  'the element gets a room of the page, in which somebody is': [
    ({ element }) => (element.client = new FakeRoom()),
    ['rtc-leave left', 'rtc-ready'],
  ],
  'the element gets another room twice in one task': [
    ({ element }) => {
      element.room = 'another';
      void element.updateComplete.then(() => (element.room = 'a-third'));
    },
    ['rtc-leave left', 'rtc-ready', 'rtc-ready', 'rtc-join'],
  ],
  'a host removes the person': [
    (scene) => scene.ann.ask({ type: 'moderate', action: 'remove', session: sessionOf(scene) }),
    ['rtc-leave removed'],
  ],
  'a host bans the person, and the element is removed': [
    async (scene) => {
      await scene.ann.ask({ type: 'moderate', action: 'ban', user: userOf(scene) });
      await scene.reach('closed');
      scene.element.remove();
    },
    ['rtc-leave banned'],
  ],
  'a host closes the room': [
    ({ ann }) => ann.ask({ type: 'moderate', action: 'close' }),
    ['rtc-leave room-closed'],
  ],
  'the token expires': [closeBy(CLOSE.auth), ['rtc-leave token-expired']],
  'the person goes on elsewhere': [closeBy(CLOSE.replaced), ['rtc-leave replaced']],
  'the connection ends for good': [closeBy(CLOSE.badMessage), ['rtc-leave network']],
  'the element is removed while the room cannot be reached': [
    async (scene) => {
      scene.house.isReachable = false;
      closeBy(1006)(scene);
      await scene.reach('reconnecting');
      scene.element.remove();
    },
    ['rtc-leave left'],
  ],
  'somebody joins again and leaves again': [
    async ({ element, reach }) => {
      await element.client?.leave();
      void element.rtc.shared?.rejoin();
      await settle(element);
      await reach('connected');
      await element.client?.leave();
    },
    ['rtc-leave left', 'rtc-join', 'rtc-leave left'],
  ],
  'the element is moved, which is no end': [
    ({ element }) => document.body.appendChild(document.createElement('main')).append(element),
    [],
  ],
  'the element is removed, and another of the room stays: the stay goes on': [
    async ({ element, add }) => {
      await add();
      element.remove();
    },
    [],
  ],
  'the element gets another room, and another of the former stays': [
    async ({ element, add }) => {
      await add();
      element.room = 'another';
    },
    ['rtc-ready', 'rtc-join'],
  ],
};

/** What ends an attempt to enter. */
const ATTEMPTS: Readonly<
  Record<
    string,
    readonly [
      Readonly<Record<string, string>>,
      HouseOptions | 'unreachable',
      (scene: Scene) => unknown,
    ]
  >
> = {
  'the element is removed from a lobby': [{}, {}, ({ element }) => element.remove()],
  'the element gets another room in a lobby': [{}, {}, ({ element }) => (element.room = 'other')],
  'the room is full': [
    { autojoin: '', lobby: 'off' },
    { limits: { members: 1 } },
    ({ reach }) => reach('closed'),
  ],
  'the room is left before it could be reached': [
    { autojoin: '', lobby: 'off' },
    'unreachable',
    ({ element }) => element.client?.leave(),
  ],
  'the element is removed before the room could be reached': [
    { autojoin: '', lobby: 'off' },
    'unreachable',
    ({ element }) => element.remove(),
  ],
  'the element gets another room before its own could be reached': [
    { autojoin: '', lobby: 'off' },
    'unreachable',
    ({ element }) => (element.client = new FakeRoom({ connection: 'idle', you: null })),
  ],
};

for (const Class of [RtcRoom, RtcChat]) {
  describe(`an entry by <${Class === RtcRoom ? 'rtc-room' : 'rtc-chat'}>`, () => {
    for (const [name, [end, told]] of Object.entries(WAYS)) {
      it(`has one end when ${name}`, async () => {
        const scene = await enter(Class);
        await end(scene);
        const last = told.at(-1);
        if (last === 'rtc-join') await scene.reach('connected');
        await pass([scene.house], () => scene.told.length >= told.length);
        // What is inside of an element that was removed may never be rendered.
        if (scene.element.isConnected) await settle(scene.element);
        await frames();
        expect(scene.told).to.deep.equal(told);
      });
    }
  });
}

describe('an attempt to enter', () => {
  for (const [name, [attributes, options, end]] of Object.entries(ATTEMPTS)) {
    it(`is no entry when ${name}`, async () => {
      const { element, room, reach, ...scene } = await setUp(
        RtcRoom,
        options === 'unreachable' ? {} : options,
      );
      scene.house.isReachable = options !== 'unreachable';
      const own = { host: 'http://house.test', room, name: 'Me', ...attributes };
      for (const [key, value] of Object.entries(own)) element.setAttribute(key, value);
      document.body.append(element);
      await settle(element);
      await end({ element, ...scene, reach: (to, who = element) => reach(to, who) });
      await frames();
      element.remove();
      await until(() => element.rtc.shared === null);
      await frames();
      expect(scene.told.filter((type) => type !== 'rtc-ready')).to.deep.equal([]);
    });
  }
});
