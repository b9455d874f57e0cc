// Requests count in the order in which they were made, whenever they are carried out.
import '../../define.js';

import { expect } from '@esm-bundle/chai';

import { FakeRoom, fakeYou } from '../../../../../tests/support/fake-room.js';
import { showRoom } from '../../../../../tests/support/show.js';
import type { RequestName, RequestOutcome, RtcAction } from './request-map.js';
import { carryOut } from './carry-out.js';
import { SharedRoom } from '../shared-room.js';

const endOf = async (result: Promise<RequestOutcome>): Promise<string> => {
  const outcome = await result;
  return outcome.status === 'failed' ? outcome.error.code : outcome.status;
};

/** A request that is carried out later than those of our elements, since it comes from another. */
function askLate(from: EventTarget, detail: RtcAction): Promise<RequestOutcome> {
  const event = new CustomEvent('rtc-request', {
    bubbles: true,
    composed: true,
    cancelable: true,
    detail,
  });
  from.dispatchEvent(event);
  return (event as unknown as { readonly result: Promise<RequestOutcome> }).result;
}

const switches = (room: FakeRoom): readonly string[] =>
  room.calls.filter((call) => /^(set-|leave|enter)/.test(call));

describe('the order of requests', () => {
  for (const [method, late, calls] of [
    ['toggleCamera', { do: 'toggle-camera', force: true }, ['set-camera(false)']],
    ['toggleMicrophone', { do: 'toggle-microphone', force: true }, ['set-microphone(false)']],
    ['toggleScreen', { do: 'share-screen' }, ['set-screen(false)']],
  ] as const) {
    it(`is kept where ${late.do} comes too late`, async () => {
      const room = new FakeRoom();
      const foreign = document.createElement('button');
      const element = await showRoom(room, foreign);
      const asked = askLate(foreign, late);
      const stopped = element[method](false);
      expect(await endOf(asked)).to.equal('aborted');
      await stopped;
      expect(switches(room)).to.deep.equal(calls);
    });
  }

  it('is kept where the code of an older request is loaded first', async () => {
    const room = new FakeRoom({ you: fakeYou() });
    const shared = new SharedRoom(null, { room: 'r', name: 'Ann' }, room);
    const ask = <Name extends RequestName>(action: RtcAction<Name>): Promise<string> =>
      endOf(carryOut(action, shared));
    const ends = [
      ask({ do: 'share-screen' }),
      ask({ do: 'leave-call' }),
      ask({ do: 'toggle-screen', force: false }),
      ask({ do: 'leave' }),
    ];
    expect(await Promise.all(ends)).to.deep.equal(['aborted', 'aborted', 'done', 'done']);
    expect(switches(room)).to.deep.equal(['set-screen(false)', 'leave()']);
  });

  it('matters only among requests about the same thing', async () => {
    const room = new FakeRoom();
    const foreign = document.createElement('button');
    const element = await showRoom(room, foreign);
    const asked = askLate(foreign, { do: 'toggle-camera', force: true });
    await element.toggleMicrophone(true);
    expect(await endOf(asked)).to.equal('done');
    expect(switches(room)).to.deep.equal(['set-microphone(true)', 'set-camera(true)']);
  });
});
