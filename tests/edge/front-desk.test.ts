// What an operator's backend asks of a room over HTTP, past the real edge.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { CLOSE, LIMITS } from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';

const KEY = 'a-server-key-of-32-characters-or-more';

forEachHost('the operator, over HTTP', (host) => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start({ host, vars: { SERVER_KEY: KEY } });
  });
  after(() => edge.stop());

  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${edge.origin}/parties/room/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('[NO-1] notifies a room, and hears how many it reached', async () => {
    const ann = await EdgeClient.join(edge, 'notify', 'Ann');
    const response = await ask('POST', 'notify/notify', { title: 'Deployed', level: 'success' });
    assert.deepEqual([response.status, await response.json()], [202, { delivered: 1 }]);
    const { title, level } = await ann.next('notify');
    assert.deepEqual([title, level], ['Deployed', 'success']);
    const nonsense = await ask('POST', 'notify/notify', { body: 'no title' });
    assert.equal(nonsense.status, 400);
    assert.deepEqual(Object.keys((await nonsense.json()) as object), ['error', 'detail']);
    await ann.close();
  });

  it('[NO-1] is told when to come again after too many notices', async () => {
    const answers: Response[] = [];
    while (answers.length < 3 * LIMITS.noticeBurst && answers.at(-1)?.status !== 429) {
      answers.push(await ask('POST', 'flood/notify', { title: 'x' }));
    }
    assert.equal(answers.at(-1)?.status, 429);
    assert.equal(answers.at(-1)?.headers.get('retry-after'), '1');
  });

  it('[NO-1] reads status and chat, closes the room, and finds nothing of it afterwards', async () => {
    const ann = await EdgeClient.join(edge, 'erase', 'Ann', { call: true });
    await ann.say('to be erased');
    const status = (await (await ask('GET', 'erase/status')).json()) as Record<string, unknown>;
    assert.deepEqual([status['members'], status['inCall'], status['messages']], [1, 1, 1]);
    const chat = await ask('GET', 'erase/chat');
    assert.equal(chat.headers.get('content-type'), 'application/x-ndjson');
    assert.match(await chat.text(), /^\{.*"text":"to be erased".*\}\n$/);

    assert.equal((await ask('DELETE', 'erase')).status, 204);
    assert.equal((await ann.closed).code, CLOSE.room);
    assert.equal(await (await ask('GET', 'erase/chat')).text(), '');
    await edge.kill();
    await edge.restart();
    const ben = await EdgeClient.join(edge, 'erase', 'Ben');
    assert.deepEqual(ben.welcome.chat.messages, []);
    await ben.close();
  });
});
