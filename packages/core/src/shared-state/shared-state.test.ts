import { expect } from '@esm-bundle/chai';
import type { StateMessage } from '@rtc-elements/protocol';

import { FakeRoomContext, outcome } from '../../../../tests/support/fake-room-context.js';
import { createSharedState } from './shared-state.js';

describe('shared state', () => {
  it('[ST-1] keeps the values of the room, and reports what changed', () => {
    const room = new FakeRoomContext();
    const hear = ({ entries, all }: Omit<StateMessage, 'type'>): void =>
      room.dispatch({ type: 'shared-state', entries, ...(all && { all }) });
    const entry = (key: string, value: number | null, rev: number) => ({
      key,
      value,
      rev,
      by: 'u',
    });
    hear({ entries: [entry('a', 1, 1), entry('constructor', 2, 2)], all: true });
    hear({ entries: [entry('a', 1, 1)] });
    expect(Object.keys(room.state.sharedState)).to.deep.equal(['a', 'constructor']);
    expect(Object.getPrototypeOf(room.state.sharedState)).to.equal(null);
    hear({ entries: [entry('a', null, 3)] });
    expect(Object.keys(room.state.sharedState)).to.deep.equal(['constructor']);
    hear({ entries: [entry('b', 5, 4)], all: true });
    expect(Object.keys(room.state.sharedState)).to.deep.equal(['b']);
    const told = room.events.map((event) => {
      const { entries } = event as Event & { entries: readonly { key: string; value: unknown }[] };
      return entries.map(({ key, value }) => `${key}=${String(value)}`).join();
    });
    expect(told).to.deep.equal(['a=1,constructor=2', 'a=null', 'b=5,constructor=null']);
  });

  it('[ST-1] sets a value with the revision it is based on, and refuses what no room would accept', async () => {
    const room = new FakeRoomContext();
    const values = createSharedState(room, room.requests);
    const verb = outcome(values.set('slide', { n: 2 }, { rev: 0 }));
    expect(room.sent.at(-1)).to.deep.equal({
      type: 'state.set',
      ref: room.ref,
      key: 'slide',
      value: { n: 2 },
      rev: 0,
    });
    room.refuse('conflict');
    expect(await verb).to.equal('conflict');
    const gone = outcome(values.delete('slide'));
    room.answer({ type: 'done', ref: room.ref });
    expect(await gone).to.equal('done');
    expect(await outcome(values.set('no spaces', 1))).to.equal('protocol');
    expect(await outcome(values.set('big', 'x'.repeat(2_048)))).to.equal('protocol');
    expect(room.sent).to.have.length(2);
  });
});
