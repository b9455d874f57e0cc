// Joining and leaving in any order: what was asked last is what is.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Room, RtcError } from '@rtc-elements/core';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { until } from '../../../../tests/support/show.js';
import { engine } from '../session/room-registry.js';
import type { RtcRoom } from './rtc-room.js';

const { createRoom } = engine;
let made: FakeRoom[] = [];
let element: RtcRoom;

const outcome = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as RtcError).code,
  );

/** What each Room was asked for, beside its devices. */
const asked = (): readonly string[][] =>
  made.map(({ calls }) => calls.filter((call) => /^(join|leave)\(/.test(call)));

beforeEach(() => {
  made = [];
  engine.createRoom = ({ room }): Room => {
    const fake = new FakeRoom({ room, connection: 'idle', you: null });
    made.push(fake);
    return fake;
  };
  element = document.createElement('rtc-room');
  Object.assign(element, { host: 'join.example', room: 'r', name: 'Ann', lobby: 'off' });
});

afterEach(async () => {
  element.remove();
  await until(() => made.at(-1)?.calls.includes('leave()') === true);
  engine.createRoom = createRoom;
});

describe('join() and leave() of rtc-room', () => {
  it('end outside when the room is left in the same breath as it was joined', async () => {
    document.body.append(element);
    await element.updateComplete;
    const joined = outcome(element.join());
    await element.leave();
    expect(await joined).to.equal('aborted');
    expect(asked()).to.deep.equal([['leave()']]);
    expect(element.client?.getSnapshot().connection).to.equal('closed');
  });

  it('end inside when it is joined once more', async () => {
    document.body.append(element);
    await element.updateComplete;
    const joined = outcome(element.join());
    const left = outcome(element.leave());
    const again = outcome(element.join());
    expect(await Promise.all([joined, left, again])).to.deep.equal(['aborted', 'done', 'done']);
    expect(asked()).to.deep.equal([['leave()', 'join("Ann")']]);
    expect(element.client?.getSnapshot().connection).to.equal('connected');
  });

  it('hold before the element has a room', async () => {
    element.autojoin = true;
    document.body.append(element);
    const joined = outcome(element.join());
    await element.leave();
    expect(await joined).to.equal('aborted');
    await element.updateComplete;
    await element.updateComplete;
    expect(asked()).to.deep.equal([[]]);
    await element.join();
    expect(asked()).to.deep.equal([['join("Ann")']]);
  });

  it('resolve only once inside, however often it is asked', async () => {
    document.body.append(element);
    await element.updateComplete;
    made[0]?.set({ connection: 'waiting' });
    await element.updateComplete;
    const order: string[] = [];
    const enter = made[0]?.join.bind(made[0]);
    if (made[0] && enter)
      made[0].join = async (options) => {
        await Promise.resolve();
        order.push('inside');
        await enter(options);
      };
    await element.join().then(() => order.push('resolved'));
    expect(order).to.deep.equal(['inside', 'resolved']);
  });

  it('are both done when the room is left in the same breath as somebody inside joins', async () => {
    document.body.append(element);
    await element.join();
    await until(() => !element.isUpdatePending);
    const asked = [element.join(), element.leave()];
    expect(await Promise.all(asked.map(outcome))).to.deep.equal(['done', 'done']);
  });

  it('wait for the room as its switches do, which keep the order', async () => {
    document.body.append(element);
    const asked = [element.toggleCamera(false), element.join(), element.toggleMicrophone(false)];
    expect(await Promise.all(asked.map(outcome))).to.deep.equal(['done', 'done', 'done']);
    expect(made[0]?.calls.filter((call) => /^(set|join)/.test(call))).to.deep.equal([
      'set-camera(false)',
      'join("Ann")',
      'set-microphone(false)',
    ]);
    await element.leave();
    const again = [element.join(), element.toggleCamera(true), element.toggleCamera(false)];
    expect(await Promise.all(again.map(outcome))).to.deep.equal(['done', 'done', 'done']);
    expect(made[0]?.calls.filter((call) => call.startsWith('set-camera'))).to.deep.equal([
      'set-camera(false)',
      'set-camera(true)',
      'set-camera(false)',
    ]);
  });

  it('do not join a room again that the element has let go of', async () => {
    document.body.append(element);
    await element.updateComplete;
    element.remove();
    await until(() => made[0]?.calls.includes('leave()') === true);
    expect(await outcome(element.join())).to.equal('not-found');
    expect(asked()).to.deep.equal([['leave()']]);
  });
});
