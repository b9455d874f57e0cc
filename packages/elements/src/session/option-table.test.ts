// Every option of both elements at every moment: it reaches the room at once or at the next entry, or is refused
// with one warning. Nothing is ignored without a word.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { OptionChanges, Room, RoomOptions, RoomState } from '@rtc-elements/core';

import { frames } from '../../../../tests/support/chat-fixture.js';
import { warningsOf } from '../../../../tests/support/console.js';
import { FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import {
  CHAT,
  type Effects,
  type Moment,
  MOMENTS,
  ROOM,
} from '../../../../tests/support/options/option-table.js';
import { find, settle, until } from '../../../../tests/support/show.js';
import { RtcChat } from '../chat/rtc-chat.js';
import { RtcRoom } from '../room/rtc-room.js';
import { loadMore } from './requests/load-more.js';
import { engine } from './room-registry.js';

const { createRoom } = engine;
const provider = (): Promise<string> => Promise.resolve('t');
const engines = { other: () => Promise.reject(new Error('not here')) };
const iceServers = [{ urls: 'turn:t.example' }];

/** What the page sets each option to, and what the room is told then; `null`: the room is not concerned. */
const VALUES: Readonly<Record<string, readonly [unknown, OptionChanges | null]>> = {
  name: ['Noor', { name: 'Noor' }],
  token: ['t', { token: 't' }],
  tokenProvider: [provider, { tokenProvider: provider }],
  identity: ['tab', { identity: 'tab' }],
  audio: ['muted', { audio: 'muted' }],
  video: ['off', { video: false }],
  pushToTalk: ['KeyT', { holdMicrophone: true }],
  holdMicrophone: [true, { holdMicrophone: true }],
  privacy: ['relay', { privacy: 'relay' }],
  maxPeers: [3, { maxPeers: 3 }],
  dataSaver: [true, { dataSaver: true }],
  engine: ['other', { engine: 'other' }],
  engines: [engines, { engines }],
  iceServers: [iceServers, { iceServers }],
  host: ['other.example', null],
  room: ['other', null],
  for: ['elsewhere', null],
  client: [new FakeRoom({ room: 'given' }), null],
  theme: ['dark', null],
  notify: ['sound', null],
  lobby: ['on', null],
  autojoin: [true, null],
  controls: ['leave', null],
  messages: [{ leave: 'Verlassen' }, null],
  inPanel: [true, null],
};

const STATES: Readonly<Record<Moment, Partial<RoomState>>> = {
  created: { connection: 'idle', you: null },
  'before joining': { connection: 'idle', you: null },
  joining: { connection: 'connecting', you: null },
  'in the call': { connection: 'connected', you: fakeYou() },
  reconnecting: { connection: 'reconnecting', you: fakeYou() },
  left: { connection: 'closed', left: 'left', you: fakeYou() },
  removed: { connection: 'closed', left: 'left', you: fakeYou() },
};

interface Made {
  readonly options: RoomOptions;
  readonly room: FakeRoom;
}

/** An element of `tag` at a moment, with the rooms that were made for it. */
class Stage {
  static #count = 0;
  readonly made: Made[] = [];
  readonly element: RtcRoom | RtcChat;

  constructor(tag: 'rtc-room' | 'rtc-chat') {
    engine.createRoom = (options): Room => {
      const room = new FakeRoom({ room: options.room, connection: 'idle', you: null });
      this.made.push({ options, room });
      return room;
    };
    this.element = document.createElement(tag);
    this.element.host = `stage-${(Stage.#count += 1)}.example`;
    this.element.room = 'first';
  }

  get last(): Made {
    const made = this.made.at(-1);
    if (!made) throw new Error('no room was made');
    return made;
  }

  /** Everything that the room was told of its options since it was made. */
  get told(): OptionChanges {
    return Object.assign({}, ...this.last.room.settings) as OptionChanges;
  }

  async enter(moment: Moment): Promise<void> {
    if (moment === 'created') return;
    document.body.append(this.element);
    await settle(this.element);
    this.last.room.set(STATES[moment]);
    await settle(this.element);
    if (moment !== 'removed') return;
    this.element.remove();
    await until(() => this.last.room.calls.includes('leave()'));
  }

  /** Sets the option, as page and framework do, and lets the element take it. */
  async set(option: string, value: unknown): Promise<readonly string[]> {
    return warningsOf(async () => {
      Object.assign(this.element, { [option]: value });
      await this.take();
    });
  }

  async take(): Promise<void> {
    if (!this.element.isConnected) document.body.append(this.element);
    await settle(this.element);
  }
}

before(() =>
  Promise.all([
    loadMore(),
    ...Object.values(RtcRoom.lazyElements).map((lazy) => lazy.load()),
    RtcChat.lazyElements.interface.load(),
  ]),
);

afterEach(async () => {
  document.body.replaceChildren();
  await frames();
  engine.createRoom = createRoom;
});

/** What an option does that is not of the room. */
function expectShown(stage: Stage, option: string, moment: Moment): void {
  const { element } = stage;
  const names = stage.made.map(({ options: { host, room } }) => `${host} ${room}`);
  if (option === 'host') expect(names.at(-1)).to.equal('other.example first');
  if (option === 'room') expect(names.at(-1)).to.match(/ other$/);
  if (option === 'for') expect(element.client).to.equal(null);
  if (option === 'client') expect(element.client).to.equal(VALUES['client']?.[0]);
  if (option === 'theme') expect(element.getAttribute('theme')).to.equal('dark');
  if (option === 'inPanel') expect(element.shadowRoot?.querySelector('header')).to.equal(null);
  if (option === 'messages')
    expect((element as RtcRoom).shared?.messages).to.deep.equal({ leave: 'Verlassen' });
  const isInCall = moment === 'in the call' || moment === 'reconnecting';
  if (element.localName !== 'rtc-room' || !isInCall) return;
  if (option === 'controls')
    expect(find(element, 'rtc-controls').getAttribute('controls')).to.equal('leave');
  if (option === 'notify')
    expect(find(element, 'rtc-notifications').getAttribute('notify')).to.equal('sound');
}

for (const [tag, table] of [
  ['rtc-room', ROOM],
  ['rtc-chat', CHAT],
] as const) {
  describe(`the options of <${tag}>`, () => {
    it('are all in the table', () => {
      const { elementProperties } = tag === 'rtc-room' ? RtcRoom : RtcChat;
      const told = ['composed', 'unread', 'refusal'];
      const own = [...elementProperties.keys()].filter((key) => !told.includes(String(key)));
      expect([...own].sort()).to.deep.equal(Object.keys(table).sort());
    });

    for (const option of Object.keys(table)) {
      for (const moment of MOMENTS) {
        const effect = (table as Readonly<Record<string, Effects>>)[option]?.[moment];
        it(`${option}, ${moment}: ${effect}`, async () => {
          const [value, expected] = VALUES[option] ?? [];
          const stage = new Stage(tag);
          await stage.enter(moment);
          const before = stage.made.length;
          const said = await stage.set(option, value);
          expect(said, 'nothing is refused').to.deep.equal([]);
          if (expected) {
            const isMade = moment === 'created' || moment === 'removed';
            expect(isMade ? stage.last.options : stage.told).to.deep.include(expected);
            // The room that there is has been told; nobody has made another one.
            expect(stage.made.length).to.equal(isMade ? before + 1 : before);
          } else expectShown(stage, option, moment);
        });
      }
    }
  });
}

describe('options of every wrong type', () => {
  const WRONG = [null, undefined, 0, NaN, 5, true, '', 'x', [], {}, [1], () => 1, new Date(0)];

  for (const [tag, table] of [
    ['rtc-room', ROOM],
    ['rtc-chat', CHAT],
  ] as const) {
    for (const moment of MOMENTS) {
      it(`leave <${tag}> as it works: ${moment}`, async () => {
        const failures: string[] = [];
        const onFailure = ({ reason }: PromiseRejectionEvent): void =>
          void failures.push(String(reason));
        addEventListener('unhandledrejection', onFailure);
        try {
          for (const option of Object.keys(table)) {
            if (option === 'client') continue;
            const stage = new Stage(tag);
            await stage.enter(moment);
            await warningsOf(async () => {
              for (const value of WRONG) Object.assign(stage.element, { [option]: value });
              await stage.take();
              for (const value of WRONG) {
                Object.assign(stage.element, { [option]: value });
                await stage.take();
              }
            });
            stage.element.remove();
          }
          await frames();
          expect(failures).to.deep.equal([]);
        } finally {
          removeEventListener('unhandledrejection', onFailure);
        }
      });
    }
  }

  it('of the room are passed on to core as they are, which refuses them', async () => {
    const stage = new Stage('rtc-room');
    const said = await warningsOf(async () => {
      engine.createRoom = createRoom;
      Object.assign(stage.element, { video: 'none', maxPeers: NaN, privacy: 'all' });
      await stage.take();
    });
    expect(said).to.have.lengthOf(3);
  });
});

describe('ten changes in one tick', () => {
  it('are one, the last', async () => {
    const stage = new Stage('rtc-room');
    await stage.enter('in the call');
    const element = stage.element as RtcRoom;
    for (let turn = 1; turn <= 10; turn += 1) {
      element.name = `Name ${turn}`;
      element.privacy = turn % 2 ? 'relay' : null;
      element.maxPeers = turn;
      element.video = turn % 2 ? 'off' : 'on';
    }
    await settle(element);
    expect(stage.last.room.settings).to.deep.equal([{ name: 'Name 10', maxPeers: 10 }]);
  });
});
