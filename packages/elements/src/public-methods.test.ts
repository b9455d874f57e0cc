// The methods of our elements that pages call, with values of every type: what is wrong is an RtcError that says so.
import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';

import { TAKES, VALUES } from '../../../tests/support/arguments/wrong-values.js';
import { fakePeer, FakeRoom } from '../../../tests/support/fake-room.js';
import { showRoom } from '../../../tests/support/show.js';
import './define.js';
import { registerEngine } from './session/engines.js';

/** What a method takes: one parameter, or nothing that it looks at. */
type Takes = 'nothing' | 'text' | 'files' | 'trueOrFalse';

/** By tag and name, without `focus`: every element has it, and it takes and refuses what that of any element does. */
const METHODS: Readonly<Record<string, Takes>> = {
  'rtc-chat-log.scrollToEnd': 'nothing',
  'rtc-chat.focusComposer': 'nothing',
  'rtc-chat.sendMessage': 'text',
  'rtc-controls.focusButton': 'text',
  'rtc-files.sendFiles': 'files',
  'rtc-network-check.check': 'nothing',
  'rtc-room.join': 'nothing',
  'rtc-room.leave': 'nothing',
  'rtc-room.raiseHand': 'trueOrFalse',
  'rtc-room.sendFile': 'files',
  'rtc-room.sendFiles': 'files',
  'rtc-room.sendMessage': 'text',
  'rtc-room.toggleCamera': 'trueOrFalse',
  'rtc-room.toggleMicrophone': 'trueOrFalse',
  'rtc-room.toggleScreen': 'trueOrFalse',
};

interface Member {
  readonly kind: string;
  readonly name: string;
  readonly privacy?: string;
}

interface Manifest {
  readonly modules: readonly {
    readonly declarations?: readonly { readonly tagName?: string; readonly members?: Member[] }[];
  }[];
}

async function readMethods(): Promise<string[]> {
  const response = await fetch(new URL('../custom-elements.json', import.meta.url));
  const { modules } = (await response.json()) as Manifest;
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .flatMap(({ tagName, members = [] }) =>
      members
        .filter(({ kind, privacy }) => tagName && kind === 'method' && !privacy)
        .filter(({ name }) => name !== 'focus')
        .map(({ name }) => `${tagName}.${name}`),
    )
    .sort();
}

describe('registerEngine()', () => {
  it('takes a text and a function', () => {
    const register = registerEngine as (...given: readonly unknown[]) => void;
    for (const [kind, make] of Object.entries(VALUES)) {
      if (kind !== 'function')
        expect(() => register('mine', make()), kind).to.throw(RtcError, 'Pass a name');
      if (!TAKES.text.includes(kind))
        expect(() => register(make(), () => null), kind).to.throw(RtcError, 'Pass a name');
    }
  });
});

describe('the methods of elements', () => {
  it('are those of the manifest', async () => {
    expect(Object.keys(METHODS).sort()).to.deep.equal(await readMethods());
  });

  for (const [path, takes] of Object.entries(METHODS)) {
    const [tag, name = ''] = path.split('.');
    if (tag !== 'rtc-room' || takes !== 'trueOrFalse') continue;
    it(`${path} refuses what it does not take, and asks nothing of the room`, async () => {
      const room = new FakeRoom();
      const element = await showRoom(room);
      const right: readonly string[] = [...TAKES.flag, 'undefined'];
      for (const [kind, make] of Object.entries(VALUES)) {
        if (right.includes(kind)) continue;
        const method = Reflect.get(element, name) as (given: unknown) => Promise<void>;
        const error = await method.call(element, make()).catch((thrown: unknown) => thrown);
        expect(error, kind).to.be.instanceOf(RtcError).with.property('code', 'bad-argument');
      }
      expect(room.calls).to.deep.equal([]);
    });
  }

  for (const [path, takes] of Object.entries(METHODS)) {
    const [tag = '', name = ''] = path.split('.');
    if (takes !== 'files') continue;
    it(`${path} refuses what are no files and no options, and asks nothing of the room`, async () => {
      const room = new FakeRoom({ peers: [fakePeer('Ada')] });
      const own = document.createElement(tag);
      const element = await showRoom(room, ...(tag === 'rtc-room' ? [] : [own]));
      const target = tag === 'rtc-room' ? element : own;
      const send = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      const codeOf = (...given: unknown[]): Promise<unknown> =>
        send.apply(target, given).then(
          () => 'done',
          (error: unknown) => (error instanceof RtcError ? error.code : error),
        );
      for (const [kind, make] of Object.entries(VALUES))
        expect(await codeOf(make()), kind).to.equal('bad-argument');
      if (tag !== 'rtc-room') return;
      const file = new File(['x'], 'x.txt');
      for (const [kind, make] of Object.entries(VALUES)) {
        if ([...TAKES.options, 'undefined'].includes(kind)) continue;
        expect(await codeOf(file, make()), kind).to.equal('bad-argument');
      }
      for (const wrong of [{ To: 'ada' }, { to: null }, { to: [1] }, { name: 7 }])
        expect(await codeOf(file, wrong), JSON.stringify(wrong)).to.equal('bad-argument');
      expect(room.files.calls).to.deep.equal([]);
    });
  }

  for (const tag of ['rtc-room', 'rtc-chat']) {
    it(`${tag}.sendMessage refuses what is no text at once, also before the element is on a page`, async () => {
      const element = document.createElement(tag) as HTMLElement & {
        sendMessage(text: unknown): Promise<unknown>;
      };
      for (const [kind, make] of Object.entries(VALUES)) {
        if (TAKES.text.includes(kind)) continue;
        const error = await element.sendMessage(make()).catch((thrown: unknown) => thrown);
        expect(error, kind).to.be.instanceOf(RtcError).with.property('code', 'bad-argument');
      }
    });
  }
});
