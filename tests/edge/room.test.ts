import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import {
  CLOSE,
  HEARTBEAT,
  HEARTBEAT_REPLY,
  LIMITS,
  type PresenceMessage,
} from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';

/** A frame that shows `session` for the first time: what follows is a change, not a part of it. */
const hasJoined =
  (session: string) =>
  ({ joined }: PresenceMessage): boolean =>
    Boolean(joined?.some((one) => one.session === session));

/** A frame that shows `session` without a socket. */
const isLost =
  (session: string) =>
  ({ changed }: PresenceMessage): boolean =>
    Boolean(changed?.some((one) => one.session === session && one.state === 'reconnecting'));

forEachHost('a room on workerd', (host) => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start({ host });
  });
  after(() => edge.stop());

  it('[UN-3] answers a close frame: clean, with 1000, in less than 100 ms', async () => {
    const client = await EdgeClient.join(edge, 'close', 'Ann');
    const from = performance.now();
    const { code } = await client.close();
    assert.equal(code, 1000);
    assert.ok(performance.now() - from < 100, `took ${performance.now() - from} ms`);
  });

  it('[EN-3] closes a socket that never says hello with 4408 after 10 s', async () => {
    const from = performance.now();
    const client = await EdgeClient.open(edge, '/parties/room/silent');
    assert.equal((await client.closed).code, CLOSE.idle);
    const took = performance.now() - from;
    assert.ok(took > 9_500 && took < 13_000, `took ${took} ms`);
  });

  // PartyKit does not tell with which code a socket closed, so no close can mean leaving there.
  const tellsCodes = host === 'partyserver';
  const closedTab = tellsCodes
    ? '[PR-1] tells a closed tab at once'
    : '[PR-1] tells `leave` at once, and shows a socket closed without it as reconnecting';
  it(closedTab, async () => {
    const witness = await EdgeClient.join(edge, 'leave', 'Witness');
    const ben = await EdgeClient.join(edge, 'leave', 'Ben');
    const from = performance.now();
    if (tellsCodes) await ben.close(1001);
    else ben.send({ type: 'leave' });
    await witness.next('presence', ({ left }) => left?.[0]?.reason === 'left');
    assert.ok(performance.now() - from < 2_000, `took ${performance.now() - from} ms`);
    if (!tellsCodes) {
      const dan = await EdgeClient.join(edge, 'leave', 'Dan');
      await witness.next('presence', hasJoined(dan.welcome.session));
      await dan.close(1001);
      await witness.next('presence', isLost(dan.welcome.session));
      const again = await EdgeClient.join(edge, 'leave', 'Dan', { resume: dan.welcome.session });
      assert.equal(again.welcome.resumed, true);
      again.send({ type: 'leave' });
    }
    await witness.close();
  });

  it('[PR-1] tells a broken socket as reconnecting, and gives its session back', async () => {
    const witness = await EdgeClient.join(edge, 'broken', 'Witness');
    const cem = await EdgeClient.join(edge, 'broken', 'Cem');
    const { session } = cem.welcome;
    await witness.next('presence', hasJoined(session));
    cem.socket.terminate();
    await witness.next('presence', isLost(session));
    const again = await EdgeClient.join(edge, 'broken', 'Cem', { resume: session });
    assert.equal(again.welcome.resumed, true);
    assert.equal(again.welcome.session, session);
    await Promise.all([witness.close(), again.close()]);
  });

  it('[PR-3] answers the heartbeat letter by letter', async () => {
    const client = await EdgeClient.join(edge, 'heart', 'Ann');
    const reply = new Promise((resolve) =>
      client.socket.once('message', (data) => resolve(String(data))),
    );
    client.socket.send(HEARTBEAT);
    assert.equal(await reply, HEARTBEAT_REPLY);
    await client.close();
  });

  it('[UN-1] answers binary and oversized frames with an error, and goes on', async () => {
    const witness = await EdgeClient.join(edge, 'frames', 'Witness');
    const mallory = await EdgeClient.join(edge, 'frames', 'Mallory');
    mallory.socket.send(Buffer.from('{"type":"typing","on":true}'), { binary: true });
    await mallory.next('error', ({ code }) => code === 'binary');
    mallory.socket.send(JSON.stringify({ type: 'x', pad: 'x'.repeat(LIMITS.frameBytes) }));
    await mallory.next('error', ({ code }) => code === 'too-big');
    await mallory.say('still here');
    await witness.next('chat.message');
    await Promise.all([witness.close(), mallory.close()]);
  });

  it('[UN-1] survives a frame larger than the runtime takes, without an effect on others', async () => {
    const witness = await EdgeClient.join(edge, 'huge', 'Witness');
    const mallory = await EdgeClient.join(edge, 'huge', 'Mallory');
    mallory.socket.send('x'.repeat(40 * 1_048_576));
    await Promise.race([mallory.closed, mallory.next('error')]);
    mallory.socket.terminate();
    await witness.say('still here');
    await witness.close();
  });

  it('[UN-1] keeps its temper at text that is no UTF-8', async () => {
    const witness = await EdgeClient.join(edge, 'utf8', 'Witness');
    const mallory = await EdgeClient.join(edge, 'utf8', 'Mallory');
    mallory.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
    await Promise.race([mallory.closed, mallory.next('error')]);
    mallory.socket.terminate();
    await witness.say('still here');
    await witness.close();
  });

  it('[SG-1] lets nobody speak in the name of another', async () => {
    const victim = await EdgeClient.join(edge, 'claims', 'Victim');
    const witness = await EdgeClient.join(edge, 'claims', 'Witness');
    const mallory = await EdgeClient.join(edge, 'claims', 'Mallory', {
      resume: victim.welcome.session,
    });
    assert.equal(mallory.welcome.resumed, false);
    const { session, user } = victim.welcome.you;
    for (const claim of [
      { type: 'signal', to: witness.welcome.session, from: session, epoch: 1, n: 0 },
      { type: 'chat.send', id: 'claim', text: 'I am the victim', user },
      { type: 'typing', on: true, from: session },
    ]) {
      mallory.clear();
      mallory.socket.send(JSON.stringify(claim));
      assert.equal((await mallory.next('error')).code, 'bad-shape');
    }
    await mallory.say('as myself');
    const { message } = await witness.next('chat.message');
    assert.deepEqual([message.name, message.user], ['Mallory', mallory.welcome.you.user]);
    await Promise.all([victim, witness, mallory].map((client) => client.close()));
  });

  it('[LI-4] closes a flood with 4429 while another is served in less than 500 ms', async () => {
    const witness = await EdgeClient.join(edge, 'flood', 'Witness');
    const mallory = await EdgeClient.join(edge, 'flood', 'Mallory');
    for (let index = 0; index < 5_000; index += 1) mallory.send({ type: 'typing', on: true });
    const from = performance.now();
    await witness.say('in between');
    const took = performance.now() - from;
    assert.equal((await mallory.closed).code, CLOSE.flood);
    assert.ok(took < 500, `took ${took} ms`);
    await witness.close();
  });

  it('[PR-2] costs a member tens of frames for a burst of 60 joins', async () => {
    const witness = await EdgeClient.join(edge, 'burst', 'Witness');
    const guests = await Promise.all(
      Array.from({ length: 60 }, (_, index) => EdgeClient.join(edge, 'burst', `Guest ${index}`)),
    );
    let seen = 0;
    await witness.next('presence', ({ joined }) => (seen += joined?.length ?? 0) >= 60);
    const frames = witness.heard.filter(({ type }) => type === 'presence').length;
    assert.ok(frames < 60, `${frames} frames`);
    await Promise.all([witness, ...guests].map((client) => client.close()));
  });
});
