// Every method of a room and every function of core, called with values of every type: what is wrong is refused with
// an RtcError that says what to pass, at once; what is right fails with nothing else either.
import { expect } from '@esm-bundle/chai';

import * as core from '../../packages/core/src/index.js';
import type { EphemeralValue } from '../../packages/core/src/api/ephemeral-api.js';
import type { Room } from '../../packages/core/src/api/room-api.js';
import { RtcError } from '../../packages/core/src/state/errors.js';
import { type Parameter, TAKES, VALUES, wrongFor } from '../support/arguments/wrong-values.js';
import { warningsOf } from '../support/console.js';
import { makeVideoTrack } from '../support/link-pair.js';
import { CountedDevices } from '../support/house/counted-devices.js';
import { type HouseRoom, joinHouseRoom } from '../support/house/house-room.js';
import { House } from '../support/house/house.js';

type MethodsOf<T> = {
  readonly [
    Name in keyof T as T[Name] extends (...given: never[]) => unknown ? Name : never
  ]: readonly Parameter[];
};

/** The parts of a room that have methods. A part without a table does not compile. */
type Parts = {
  readonly [
    Name in keyof Room as Room[Name] extends (...given: never[]) => unknown ? never : Name
  ]: MethodsOf<Room[Name]>;
};

const text: Parameter = { right: 'some text', takes: 'text' };
const id: Parameter = { right: 'a-session', takes: 'nothing' };
const number: Parameter = { right: 1, takes: 'number' };
const flag: Parameter = { right: true, takes: 'flag' };
const options: Parameter = { right: {}, takes: 'options', isOptional: true };
const device: Parameter = { right: false, takes: 'flag' };
const source: Parameter = { right: 'camera', takes: 'nothing' };
const files: Parameter = { right: new File(['x'], 'x.txt'), takes: 'nothing' };
const optional = (parameter: Parameter): Parameter => ({ ...parameter, isOptional: true });

const PARTS: Parts = {
  audio: { start: [] },
  chat: {
    send: [text, options],
    edit: [number, text],
    delete: [number],
    react: [number, { right: '👍', takes: 'text' }, optional(flag)],
    search: [text, options],
    history: [options],
    markRead: [optional(number)],
    setTyping: [flag],
    retry: [text],
    discard: [text],
  },
  data: { action: [{ right: 'an-action', takes: 'nothing' }, options] },
  files: {
    getSnapshot: [],
    subscribe: [{ right: () => undefined, takes: 'callback' }],
    offer: [files, options],
    share: [files, options],
    unshare: [text],
    request: [text, text, options],
    accept: [text, options],
    decline: [text, optional(text)],
    pause: [text],
    resume: [text, optional(files)],
    cancel: [text],
    discard: [text],
    take: [text],
    preview: [text],
  },
  media: {
    setMicrophone: [device],
    setCamera: [device],
    shareScreen: [options],
    stopScreen: [],
    publish: [
      { right: makeVideoTrack(), takes: 'nothing' },
      { right: { source: 'camera' }, takes: 'nothing' },
    ],
    setProcessor: [source, { right: null, takes: 'callbackOrNull' }],
    setSpeaker: [{ right: null, takes: 'textOrNull' }],
    getTrack: [source],
  },
  moderation: {
    mute: [id, source],
    lowerHand: [id],
    remove: [id],
    ban: [id],
    unban: [id],
    lock: [flag],
    admit: [id],
    deny: [id],
    setRole: [id, { right: 'host', takes: 'nothing' }],
    close: [],
  },
  sharedState: {
    get: [text],
    set: [text, { right: 1, takes: 'json' }, options],
    delete: [text, options],
  },
};

const element: Parameter = { right: document.createElement('audio'), takes: 'nothing' };
const listener: Parameter = { right: () => undefined, takes: 'listener' };
const listening: Parameter = { right: undefined, takes: 'flagOrOptions', isOptional: true };

const ROOM: MethodsOf<Room> = {
  getSnapshot: [],
  subscribe: [{ right: () => undefined, takes: 'callback' }],
  addEventListener: [text, listener, listening],
  removeEventListener: [text, listener, listening],
  dispatchEvent: [{ right: new Event('x'), takes: 'event' }],
  join: [options],
  enterCall: [],
  leaveCall: [],
  moveCall: [text],
  setEncryption: [{ right: null, takes: 'null' }],
  configure: [{ right: {}, takes: 'record' }],
  setPresence: [{ right: {}, takes: 'options' }],
  retryPeer: [text],
  getTrack: [text, source],
  show: [text, source, { right: null, takes: 'null' }],
  ephemeral: [{ right: 'cursor', takes: 'nothing' }],
  simulate: [text],
  diagnostics: [],
  leave: [],
  attach: [element, { right: null, takes: 'textOrNull' }, source, options],
};

const EPHEMERAL: MethodsOf<EphemeralValue> = {
  getSnapshot: [],
  subscribe: [{ right: () => undefined, takes: 'callback' }],
  addEventListener: [text, listener, listening],
  removeEventListener: [text, listener, listening],
  dispatchEvent: [{ right: new Event('x'), takes: 'event' }],
  set: [{ right: { x: 1 }, takes: 'json' }],
  get: [text],
  at: [text, optional(number)],
};

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** What comes of a call, or `null` while nothing does: a call that waits for the room is no failure. */
async function outcomeOf(task: () => unknown): Promise<Outcome | null> {
  let outcome: Outcome | null = null;
  try {
    Promise.resolve(task()).then(
      (value) => (outcome ??= { value }),
      (error: unknown) => (outcome ??= { error }),
    );
  } catch (error) {
    return { error };
  }
  // Whatever is refused for its arguments waits for nothing but promises.
  for (let turn = 0; turn < 20 && !outcome; turn += 1) await Promise.resolve();
  return outcome;
}

function expectRefusal(outcome: Outcome | null, what: string): void {
  const error = outcome && 'error' in outcome ? outcome.error : outcome;
  expect(error, what).to.be.instanceOf(RtcError);
  const { code, message } = error as RtcError;
  expect(code, `${what}: ${message}`).to.be.oneOf(['bad-argument', 'protocol', 'text-empty']);
  expect(message, what).to.match(/ must be |Give a|Keep |React |Write |cannot be read/);
}

/** A value that is right may still be refused by the room, never with something that is no RtcError. */
function expectNoCrash(outcome: Outcome | null, what: string): void {
  if (!outcome || !('error' in outcome)) return;
  expect(outcome.error, `${what}: ${String(outcome.error)}`).to.be.instanceOf(RtcError);
  expect((outcome.error as RtcError).code, what).not.to.equal('bad-argument');
}

const functionsOf = (target: object): string[] =>
  Object.getOwnPropertyNames(target)
    .filter((name) => typeof Reflect.get(target, name) === 'function')
    .sort();

describe('the arguments of a room', () => {
  let made: HouseRoom;

  beforeEach(async () => {
    made = await joinHouseRoom(new House(), { ports: { media: new CountedDevices() } });
  });

  it('have a table for every method there is at run time', () => {
    const { room } = made;
    for (const [part, table] of Object.entries(PARTS))
      expect(Object.keys(table), part).to.include.members(
        functionsOf(room[part as keyof Parts]).filter(
          (name) => part !== 'chat' || Object.hasOwn(PARTS.chat, name),
        ),
      );
    expect(functionsOf(room)).to.deep.equal(Object.keys(ROOM).sort());
    expect(functionsOf(room.ephemeral('x'))).to.deep.equal(Object.keys(EPHEMERAL).sort());
  });

  for (const [part, table] of Object.entries({ ...PARTS, '': ROOM, ephemeral: EPHEMERAL }) as [
    keyof Parts | '' | 'ephemeral',
    Readonly<Record<string, readonly Parameter[]>>,
  ][]) {
    for (const [name, parameters] of Object.entries(table)) {
      const path = part ? `${part}.${name}` : name;
      parameters.forEach((parameter, index) => {
        const call = (value: unknown): Promise<Outcome | null> => {
          const { room } = made;
          const target =
            part === '' ? room : part === 'ephemeral' ? room.ephemeral('x') : room[part];
          const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
          const given = parameters.map(({ right }) => right);
          given[index] = value;
          // Without its object, as a listener calls it.
          return outcomeOf(() => method(...given));
        };

        it(`${path}, ${index + 1}: refuses what it does not take`, async () => {
          const wrong = wrongFor(parameter);
          expect(wrong).not.to.deep.equal([]);
          for (const kind of wrong) expectRefusal(await call(VALUES[kind]?.()), `${path}(${kind})`);
        });

        it(`${path}, ${index + 1}: takes what it takes`, async () => {
          for (const kind of TAKES[parameter.takes])
            await warningsOf(async () =>
              expectNoCrash(await call(VALUES[kind]?.()), `${path}(${kind})`),
            );
          expectNoCrash(await call(parameter.right), `${path}(right)`);
        });
      });
    }
  }

  it('are checked in what options have, too, of which none may be misspelt', async () => {
    const { room } = made;
    const send = room.chat.send as (...given: unknown[]) => Promise<unknown>;
    for (const wrong of [{ replyTo: 'x' }, { replyTo: -1 }, { replyto: 7 }, { replyTo: NaN }])
      expectRefusal(await outcomeOf(() => send('hello', wrong)), JSON.stringify(wrong));
    const share = room.media.shareScreen as (given: unknown) => Promise<unknown>;
    for (const wrong of [{ audio: 'yes' }, { hint: 'text' }, new MouseEvent('click')])
      expectRefusal(await outcomeOf(() => share(wrong)), JSON.stringify(wrong));
    const setPresence = room.setPresence as (given: unknown) => void;
    for (const wrong of [
      { name: 5 },
      { state: 'asleep' },
      { hand: 1 },
      { meta: [1] },
      { meta: { a: { b: 1 } } },
      { meta: { a: NaN } },
      { meta: new Date(0) },
    ])
      expectRefusal(await outcomeOf(() => setPresence(wrong)), JSON.stringify(wrong));
    const show = room.show as (...given: unknown[]) => void;
    for (const wrong of [{ width: 1 }, { width: NaN, height: 1 }, { width: -1, height: 1 }])
      expectRefusal(await outcomeOf(() => show('s', 'camera', wrong)), JSON.stringify(wrong));
    const set = room.sharedState.set as (...given: unknown[]) => Promise<unknown>;
    for (const wrong of [
      { a: undefined },
      { a: () => 1 },
      [NaN],
      { a: new Map() },
      [[[[[[[[1]]]]]]]],
    ])
      expectRefusal(await outcomeOf(() => set('key', wrong)), String(wrong));
    const odd = [{ a: undefined }, [NaN], new Date(0), [[[[[[1]]]]]]];
    for (const wrong of odd)
      expectRefusal(await outcomeOf(() => room.ephemeral('x').set(wrong)), String(wrong));
    for (const wrong of ['', 'two words', 'x'.repeat(65), '__proto__ '])
      expectRefusal(await outcomeOf(() => room.ephemeral(wrong)), wrong);
    const setEncryption = room.setEncryption as (given: unknown) => Promise<unknown>;
    for (const wrong of [{ keys: {}, sendWith: 0 }, { keys: new Map() }, { sendWith: 0 }])
      expectRefusal(await outcomeOf(() => setEncryption(wrong)), JSON.stringify(wrong));
  });

  it('may be an AbortController where a signal is taken', async () => {
    const { room } = made;
    const end = new AbortController();
    let heard = 0;
    room.addEventListener('connection-change', () => (heard += 1), end);
    const audio = document.createElement('audio');
    room.attach(audio, null, 'microphone', end);
    end.abort();
    await room.leave();
    expect(heard).to.equal(0);
  });

  it('are read once, so that what was checked is what is used', async () => {
    const { house, room } = made;
    let reads = 0;
    const sent = room.chat.send('hello', {
      get replyTo(): number {
        reads += 1;
        return reads === 1 ? 1 : (Symbol('x') as unknown as number);
      },
    });
    await house.settle();
    await Promise.race([sent, Promise.resolve()]);
    expect(reads).to.equal(1);
  });

  it('include a click, with methods that take nothing', async () => {
    const button = document.createElement('button');
    const errors: unknown[] = [];
    const { leave } = made.room;
    button.onclick = (event) => {
      (leave as (given: unknown) => Promise<void>)(event).catch((error: unknown) =>
        errors.push(error),
      );
    };
    button.click();
    await made.house.settle();
    expect([made.room.getSnapshot().connection, errors]).to.deep.equal(['closed', []]);
  });
});

/** What core exports that can be called. Classes of events are made by core alone. */
const FUNCTIONS = ['checkNetwork', 'createRoom', 'joinRoom', 'peekRoom'] as const;

describe('the functions of core', () => {
  const PLACE = { host: 'edge.example', room: 'r' };

  it('have a test each', () => {
    const all = Object.entries(core).filter(([, item]) => typeof item === 'function');
    const named = all.map(([name]) => name).filter((name) => !/^[A-Z]/.test(name));
    expect(named.sort()).to.deep.equal([...FUNCTIONS]);
  });

  for (const name of FUNCTIONS) {
    const call = core[name] as (given: unknown) => unknown;

    it(`${name}: refuses what are no options`, async () => {
      for (const [kind, make] of Object.entries(VALUES)) {
        const outcome = await settled(() => call(make()));
        const error = 'error' in outcome ? outcome.error : outcome.value;
        expect(error, `${name}(${kind})`).to.be.instanceOf(RtcError);
      }
    });

    it(`${name}: refuses a host, a room and a name that are none, by their codes`, async () => {
      for (const [kind, make] of Object.entries(VALUES)) {
        for (const option of [
          'host',
          'room',
          ...(/Room/.test(name) && name !== 'peekRoom' ? ['name'] : []),
        ]) {
          // Without a host that answers, `joinRoom` would go on trying.
          if (TAKES.text.includes(kind) || (option === 'host' && kind === 'undefined')) continue;
          const options = { ...PLACE, name: 'Ann', [option]: make(), ports: undefined };
          const outcome = await settled(() => call(option === 'name' ? options : { ...options }));
          const error = 'error' in outcome ? outcome.error : outcome.value;
          const what = `${name}({ ${option}: ${kind} })`;
          expect(error, what).to.be.instanceOf(RtcError);
          expect((error as RtcError).code, what).to.match(/^bad-/);
        }
      }
    });
  }

  const REFUSED = ['audio', 'video', 'iceServers', 'engines', 'tokenProvider', 'meta', 'signal'];

  it('createRoom: takes no other option of a wrong type, and says which on the console', async () => {
    for (const option of REFUSED) {
      for (const kind of ['fraction', 'symbol', 'cyclic object', 'throwing proxy', 'event']) {
        const wrong = { [option]: VALUES[kind]?.() } as Partial<core.RoomOptions>;
        const create = (): unknown =>
          core.createRoom({ ...PLACE, name: 'Ann', call: false, ...wrong });
        let outcome: Outcome | null = null;
        const said = await warningsOf(async () => (outcome = await settled(create)));
        // Metadata that is an object is refused for what is in it.
        const error = outcome as Outcome | null as { error?: unknown } | null;
        if (error?.error) expect(error.error, `${option}: ${kind}`).to.be.instanceOf(RtcError);
        else expect(said.join(), `${option}: ${kind}`).to.contain(`"${option}" was refused`);
      }
    }
  });

  it('createRoom: refuses the address of a room in place of its host', () => {
    for (const host of [
      'https://edge.example/parties/room/standup',
      'edge.example/parties/room',
      'https://edge.example/https://edge.example',
      'edge.example/rtc//rtc',
    ])
      expect(() => core.createRoom({ ...PLACE, host, name: 'Ann' }), host)
        .to.throw(RtcError)
        .with.property('code', 'bad-host');
  });
});

/** What comes of a call, once it is known. */
async function settled(task: () => unknown): Promise<Outcome> {
  try {
    return { value: await task() };
  } catch (error) {
    return { error };
  }
}
