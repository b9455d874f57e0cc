// What an operator's backend asks of a room over HTTP, past the real edge.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { after, before, it } from 'node:test';

import { type ChatMessage, CLOSE, LIMITS, TIMES } from '@rtc-elements/protocol';

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

  it('[ST-2] sets a shared value, for those who are here and those who come', async () => {
    const ann = await EdgeClient.join(edge, 'state', 'Ann');
    const response = await ask('PUT', 'state/state', { key: 'orders', value: 41 });
    assert.deepEqual([response.status, await response.json()], [200, { rev: 1 }]);
    const entry = { key: 'orders', value: 41, rev: 1, by: 'server' };
    // What is decoded has no prototype.
    const entriesOf = async (client: EdgeClient): Promise<readonly object[]> =>
      (await client.next('state')).entries.map((one) => ({ ...one }));
    assert.deepEqual(await entriesOf(ann), [entry]);
    const ben = await EdgeClient.join(edge, 'state', 'Ben');
    assert.deepEqual(await entriesOf(ben), [entry]);
    const late = await ask('PUT', 'state/state', { key: 'orders', value: 42, rev: 0 });
    assert.equal(late.status, 409);
    assert.equal(
      (await fetch(`${edge.origin}/parties/room/state/state`, { method: 'PUT' })).status,
      401,
    );
    await Promise.all([ann.close(), ben.close()]);
  });

  it('[FL-4] refuses a body that does not arrive in time with 408, and serves others meanwhile', async () => {
    const outgoing = request(`${edge.origin}/parties/room/slow/notify`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
      },
    });
    const from = performance.now();
    outgoing.write('{"title":');
    assert.equal((await ask('POST', 'slow/notify', { title: 'x' })).status, 202);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    assert.equal(response.statusCode, 408);
    assert.ok(performance.now() - from > TIMES.bodyMs - 500);
    outgoing.on('error', () => undefined);
    outgoing.destroy();
  });

  it('[NO-1] exports a chat of any size, whole and in order, but not all the time', async () => {
    const ann = await EdgeClient.join(edge, 'export', 'Ann');
    const text = '\u{1F600}'.repeat(LIMITS.textLength);
    const count = 12;
    for (let said = 0; said < count; said += 1) await ann.say(text);
    const chat = await ask('GET', 'export/chat');
    const lines = (await chat.text()).trimEnd().split('\n');
    const messages = lines.map((line) => JSON.parse(line) as ChatMessage);
    assert.deepEqual(
      messages.map(({ seq }) => seq),
      Array.from({ length: count }, (_, at) => at + 1),
    );
    const answers: Response[] = [];
    while (answers.length < 3 * LIMITS.exportBurst && answers.at(-1)?.status !== 429) {
      answers.push(await ask('GET', 'export/chat'));
      await answers.at(-1)?.text();
    }
    assert.equal(answers.at(-1)?.status, 429);
    assert.equal(answers.at(-1)?.headers.get('retry-after'), '1');
    await ann.close();
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
