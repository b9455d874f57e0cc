// Data through a room on workerd: on each host, also after the room has slept.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { CLIENT_CAPABILITIES, LIMITS } from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';

const capabilities = CLIENT_CAPABILITIES;
const DATA = 'A'.repeat(LIMITS.dataLength);

forEachHost('data through a room', (host) => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start({ host });
  });
  after(() => edge.stop());

  it('[DA-1] goes to those who take it, and the sender hears who does not', async () => {
    const ann = await EdgeClient.join(edge, 'data', 'Ann', { capabilities });
    const ben = await EdgeClient.join(edge, 'data', 'Ben', { capabilities });
    const old = await EdgeClient.join(edge, 'data', 'Old');
    const to = [ben, old].map(({ welcome }) => welcome.session);
    ann.send({ type: 'data.send', ref: 'r', to: [...to, 'nobody'], data: DATA });
    const { from, data } = await ben.next('data');
    assert.deepEqual([from, data], [ann.welcome.session, DATA]);
    const { gone, unable } = await ann.next('data.ack');
    assert.deepEqual([gone, unable], [['nobody'], [old.welcome.session]]);
  });

  it('[FL-3] [LI-4] is limited by its bytes: a spammer is refused and closed, others go on', async () => {
    const eve = await EdgeClient.join(edge, 'spam', 'Eve', { capabilities });
    const ann = await EdgeClient.join(edge, 'spam', 'Ann', { capabilities });
    const to = [ann.welcome.session];
    for (let at = 0; at < 200; at += 1)
      eve.send({ type: 'data.send', ref: `r${at}`, to, data: DATA });
    assert.equal((await eve.next('error')).code, 'rate-limited');
    assert.equal((await eve.closed).code, 4429);
    ann.send({ type: 'chat.send', id: 'still-here', text: 'still here' });
    assert.equal((await ann.next('chat.ack')).id, 'still-here');
  });
});
