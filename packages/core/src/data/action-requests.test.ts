import { expect } from '@esm-bundle/chai';

import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import { fileEntry } from '../../../../tests/support/files-lab.js';
import type { ActionAnswer } from '../api/data-api.js';
import { ActionRequests } from './action-requests.js';

/** Our requests in a room with Ben and Eve, and how many follow its snapshot. */
function setUp() {
  const room = new FakeRoomContext();
  room.welcome(fileEntry('ada'), [fileEntry('ben'), fileEntry('eve')]);
  let followers = 0;
  const requests = new ActionRequests({
    clock: room.clock,
    getSnapshot: room.getSnapshot,
    subscribe: () => {
      followers += 1;
      return () => (followers -= 1);
    },
  });
  const sent: number[] = [];
  const ask = (timeoutMs = 100): Promise<ActionAnswer<unknown>> =>
    requests.ask('ben', async (request) => (sent.push(request), { session: 'ben', via: 'peer' }), {
      timeoutMs,
    });
  const reply = (session: string, request: number, data: unknown = 'yes'): void =>
    requests.take(session, 'peer', { type: 'reply', reply: request, data });
  return { clock: room.clock, ask, reply, sent, followers: () => followers };
}

describe('the reply to a request', () => {
  it('has no effect if nobody made the request, or somebody else was asked', async () => {
    const { ask, reply, sent, followers } = setUp();
    reply('ben', 1);
    expect(followers()).to.equal(0);
    const answer = ask();
    const [request = 0] = sent;
    for (const other of [request + 1, 0, Number.MAX_SAFE_INTEGER]) reply('ben', other, 'wrong');
    reply('eve', request, 'wrong');
    reply('ben', request);
    reply('ben', request, 'again');
    expect(await answer).to.deep.equal({ session: 'ben', via: 'peer', value: 'yes' });
    expect(followers()).to.equal(0);
  });

  it('has no effect after the timeout, and is not taken for that to the next request', async () => {
    const { clock, ask, reply, sent, followers } = setUp();
    const late = ask(100);
    await clock.advanceAsync(100);
    const answer = await late;
    expect(answer.error?.code).to.equal('timeout');
    expect(followers()).to.equal(0);
    const next = ask(100);
    reply('ben', sent[0] ?? 0, 'late');
    reply('ben', sent[1] ?? 0, 'in time');
    expect(await next).to.include({ value: 'in time' });
  });
});
