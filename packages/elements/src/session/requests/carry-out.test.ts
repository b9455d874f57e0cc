// Every request, and what it calls on the room.
import '../../define.js';

import { expect } from '@esm-bundle/chai';
import { type Room, RtcError } from '@rtc-elements/core';

import { fakeOn, FakeRoom, fakeState, fakeYou } from '../../../../../tests/support/fake-room.js';
import { chatEntry } from '../../../../../tests/support/chat-fixture.js';
import { REQUESTS } from '../../../../../tests/support/requests.js';
import { SharedRoom } from '../shared-room.js';
import { carryOut } from './carry-out.js';
import type { RequestName, RequestOutcome, RtcAction } from './request-map.js';

const shareRoom = (room: FakeRoom): SharedRoom =>
  new SharedRoom(
    { createRoom: () => new FakeRoom({ connection: 'idle', you: null }) },
    { room: 'r', name: 'Lin Wei' },
    room,
  );

/** The code of the error of a request that failed. */
const codeOf = (outcome: RequestOutcome): unknown =>
  outcome.status === 'failed' ? outcome.error.code : outcome;

describe('a request', () => {
  for (const [name, [parameters, ...calls]] of Object.entries(REQUESTS)) {
    it(`is carried out by the room: ${name}`, async () => {
      const room = new FakeRoom({ you: fakeYou({ call: 0 }) });
      const action = { do: name, ...parameters } as RtcAction;
      expect((await carryOut(action, shareRoom(room))).status).to.equal('done');
      const made = [...room.calls, ...room.files.calls];
      expect(made.map((call) => call.replace(/shared-\d+/, 'shared'))).to.deep.equal(calls);
    });
  }

  it('turns on or off with `force`, and toggles without', async () => {
    const { media } = fakeState();
    const room = new FakeRoom({ media: { ...media, camera: fakeOn('cam-1') } });
    const shared = shareRoom(room);
    await carryOut({ do: 'toggle-camera' }, shared);
    await carryOut({ do: 'toggle-microphone', force: false }, shared);
    await carryOut({ do: 'toggle-screen', force: false }, shared);
    expect(room.calls).to.deep.equal([
      'set-camera(false)',
      'set-microphone(false)',
      'set-screen(false)',
    ]);
  });

  it('has the value of the method as its value', async () => {
    const shared = shareRoom(new FakeRoom());
    const valueOf = async <Name extends RequestName>(
      action: RtcAction<Name> & { readonly do: Name },
    ): Promise<unknown> => {
      const outcome = await carryOut<Name>(action, shared);
      return outcome.status === 'done' ? outcome.value : outcome;
    };
    expect(await valueOf({ do: 'send-message', text: 'hi' })).to.deep.equal({
      id: 'sent',
      seq: 1,
      at: 0,
    });
    const page = { messages: [], more: false };
    expect(await valueOf({ do: 'load-history' })).to.deep.equal(page);
    expect(await valueOf({ do: 'search-messages', query: 'budget' })).to.deep.equal(page);
    expect(await valueOf({ do: 'diagnose' })).to.deep.equal({ events: [] });
    expect(await valueOf({ do: 'toggle-panel', panel: 'chat' })).to.equal('chat');
    expect(await valueOf({ do: 'toggle-panel', panel: 'chat' })).to.equal(null);
    expect(await valueOf({ do: 'leave' })).to.equal(undefined);
  });

  it('changes the state that elements share: panel, chosen devices, sound, the message to answer', async () => {
    const room = new FakeRoom();
    const shared = shareRoom(room);
    await carryOut({ do: 'toggle-panel', panel: 'people' }, shared);
    await carryOut({ do: 'use-camera', deviceId: 'cam-1' }, shared);
    await carryOut({ do: 'enable-sound' }, shared);
    expect(shared.panel).to.equal('people');
    expect(shared.choices).to.deep.equal({ camera: 'cam-1' });
    expect(room.calls).to.deep.equal(['start-sound()']);
    const entry = chatEntry(7);
    room.set({ chat: { entries: [entry], more: false, lastSeq: 7, lastRev: 0 } });
    await carryOut({ do: 'target-message', seq: 7, edits: true }, shared);
    expect(shared.target).to.deep.equal({ entry, edits: true });
    await carryOut({ do: 'target-message', seq: null }, shared);
    expect(shared.target).to.equal(null);
    const missing = await carryOut({ do: 'target-message', seq: 8 }, shared);
    expect(codeOf(missing)).to.equal('not-found');
  });

  it('joins the same room again, once the stay has ended', async () => {
    const room = new FakeRoom();
    const shared = shareRoom(room);
    await carryOut({ do: 'rejoin' }, shared);
    expect(shared.room).to.equal(room);
    expect(room.calls).to.deep.equal([]);
    await carryOut({ do: 'leave' }, shared);
    await carryOut({ do: 'rejoin' }, shared);
    expect(shared.room).to.equal(room);
    expect(room.calls).to.deep.equal(['leave()', 'join()']);
  });

  it('passes all options for a screen, and only the parameters for a page', async () => {
    const room = new FakeRoom();
    const shared = shareRoom(room);
    await carryOut({ do: 'share-screen', hint: 'motion', deviceId: 'cam-2' }, shared);
    await carryOut({ do: 'toggle-screen', force: true }, shared);
    expect(room.shared).to.deep.equal([{ hint: 'motion', deviceId: 'cam-2' }, { audio: true }]);
    await carryOut({ do: 'load-history', before: 7, limit: 5 }, shared);
    expect(room.calls.at(-1)).to.equal('history({"before":7,"limit":5})');
  });

  it('has the error of the room as its outcome, and does not reject', async () => {
    const room = new FakeRoom();
    const refusal = new RtcError('not-allowed', 'Only hosts can.');
    room.moderation.lock = () => Promise.reject(refusal);
    const outcome = await carryOut({ do: 'lock-room', on: true }, shareRoom(room));
    expect(outcome).to.deep.equal({ status: 'failed', error: refusal });
  });

  it('has an RtcError as its outcome, whatever was thrown', async () => {
    const room = new FakeRoom();
    const cause = new TypeError('no');
    room.moderation.lock = () => Promise.reject(cause);
    const outcome = await carryOut({ do: 'lock-room', on: true }, shareRoom(room));
    expect(codeOf(outcome)).to.equal('protocol');
    expect(outcome).to.have.nested.property('error.cause', cause);
  });

  it('cannot ask with options that only the page knows', async () => {
    const shared = new SharedRoom(null, { room: 'r', name: '' }, new FakeRoom());
    expect(codeOf(await carryOut({ do: 'check-network' }, shared))).to.equal('not-found');
    expect(codeOf(await carryOut({ do: 'peek-room' }, shared))).to.equal('not-found');
  });
});

/** The methods of an interface. */
type Methods<Type> = {
  [Key in keyof Type]: Type[Key] extends (...parameters: never) => unknown ? Key : never;
}[keyof Type];

/** The request that stands for each method, or why there is none. */
type Table<Type> = {
  readonly [Method in Methods<Type>]: RequestName | { readonly none: string };
};

const READ = { none: 'reads what the room of the context has' };
const OWN = { none: 'belongs to the element that provides the room, or shows it' };

const ROOM: Table<Room> = {
  getSnapshot: READ,
  subscribe: READ,
  getTrack: READ,
  attach: { none: 'needs an element, which the page has' },
  addEventListener: READ,
  removeEventListener: READ,
  dispatchEvent: { none: 'is the room telling, not the page asking' },
  join: 'join',
  enterCall: 'join',
  leaveCall: 'leave-call',
  moveCall: 'move-call',
  setEncryption: { none: 'must not send its keys through the page in an event' },
  setPresence: 'set-presence',
  configure: { none: 'has what only the page knows, such as a token' },
  retryPeer: 'retry-peer',
  show: 'show-picture',
  ephemeral: { none: 'gives an object, which whoever uses it has' },
  simulate: 'simulate',
  diagnostics: 'diagnose',
  leave: 'leave',
};

/** The parts of a room that have methods. A part or a method without a line here does not compile. */
const PARTS: {
  readonly [
    Name in keyof Room as Room[Name] extends (...parameters: never) => unknown ? never : Name
  ]: Table<Room[Name]>;
} = {
  audio: { start: 'enable-sound' },
  chat: {
    send: 'send-message',
    edit: 'edit-message',
    delete: 'delete-message',
    react: 'react',
    search: 'search-messages',
    history: 'load-history',
    markRead: 'mark-read',
    setTyping: 'set-typing',
    retry: 'retry-message',
    discard: 'discard-message',
  },
  data: { action: { none: 'gives an object, which whoever uses it has' } },
  files: {
    getSnapshot: READ,
    subscribe: READ,
    offer: 'send-files',
    share: 'share-files',
    unshare: { none: 'is done when the message is deleted' },
    request: 'request-files',
    accept: 'accept-transfer',
    decline: 'decline-transfer',
    pause: 'pause-transfer',
    resume: 'resume-transfer',
    cancel: 'cancel-transfer',
    discard: 'discard-transfer',
    take: 'take-transfer',
    preview: READ,
  },
  media: {
    setMicrophone: 'toggle-microphone',
    setCamera: 'toggle-camera',
    shareScreen: 'share-screen',
    stopScreen: 'toggle-screen',
    setSpeaker: 'use-speaker',
    publish: { none: 'takes a track, which only the page has' },
    setProcessor: { none: 'takes a function of the page' },
    getTrack: READ,
  },
  moderation: {
    mute: 'mute-person',
    lowerHand: 'lower-hand',
    remove: 'remove-person',
    ban: 'ban-person',
    unban: 'unban-person',
    lock: 'lock-room',
    admit: 'admit-person',
    deny: 'deny-person',
    setRole: 'set-role',
    close: 'close-room',
  },
  sharedState: { get: READ, set: 'set-value', delete: 'delete-value' },
};

const SHARED: Table<SharedRoom> = {
  join: 'join',
  leaveCall: 'leave-call',
  rejoin: 'rejoin',
  setDevice: 'use-camera',
  setTarget: 'target-message',
  togglePanel: 'toggle-panel',
  markRead: 'mark-read',
  subscribe: READ,
  onLevels: READ,
  notify: OWN,
  notePicture: OWN,
  setFileProblem: OWN,
  setMessages: OWN,
  configure: OWN,
  closePreview: OWN,
};

const TABLES = [ROOM, ...Object.values(PARTS), SHARED];

/** Requests that call something else than a method of these. */
const OTHERS: readonly RequestName[] = [
  'toggle-hand',
  'use-microphone',
  'peek-room',
  'check-network',
];

describe('the requests', () => {
  it('are as many as the public actions of a room', () => {
    const named = TABLES.flatMap((table) => Object.values<RequestName | object>(table));
    const kinds = named.filter((one) => typeof one === 'string');
    expect([...new Set([...kinds, ...OTHERS])].sort()).to.deep.equal(
      [...Object.keys(REQUESTS), 'peek-room', 'check-network'].sort(),
    );
  });
});
