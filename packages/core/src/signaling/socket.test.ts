import { expect } from '@esm-bundle/chai';
import { CLOSE } from '@rtc-elements/protocol';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { HandSocket } from '../../../../tests/support/hand-socket.js';
import type { SocketPort } from '../ports.js';
import { createSocketFactory } from './socket.js';

type Heard = readonly [what: string, code?: number, willRetry?: boolean];

/** Of base64url, of RFC 1950, of UTF-8. */
async function unpack(packed: string): Promise<string> {
  const base64 = packed.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).text();
}

describe('the default socket', () => {
  const Real = globalThis.WebSocket;
  let clock: FakeClock;
  let heard: Heard[];
  let port: SocketPort;

  beforeEach(async () => {
    globalThis.WebSocket = HandSocket as unknown as typeof WebSocket;
    HandSocket.made = [];
    HandSocket.isForbidden = false;
    clock = new FakeClock();
    heard = [];
    port = createSocketFactory({ clock, random: () => 0.5 })(
      async () => ({ url: 'ws://localhost:1/x' }),
      {
        onOpen: () => heard.push(['open']),
        onMessage: (data) => heard.push([`message ${String(data)}`]),
        onClose: ({ code, willRetry }) => heard.push(['close', code, willRetry]),
      },
    );
    await clock.advanceAsync(0);
  });

  afterEach(() => {
    port.close(1000, '');
    globalThis.WebSocket = Real;
  });

  it('sends only while open, and keeps nothing for later', async () => {
    const [socket] = HandSocket.made;
    expect(port.send('early')).to.equal(false);
    socket?.open();
    expect(port.send('now')).to.equal(true);
    expect(socket?.sent).to.deep.equal(['now']);
  });

  it('reports a failed attempt as 1006, once, and waits with jitter before the next', async () => {
    HandSocket.made[0]?.fail();
    expect(heard).to.deep.equal([['close', 1006, true]]);
    await clock.advanceAsync(499);
    expect(HandSocket.made).to.have.length(1);
    await clock.advanceAsync(1);
    HandSocket.made[1]?.fail();
    await clock.advanceAsync(1_249);
    expect(HandSocket.made, 'the second wait is longer').to.have.length(2);
    await clock.advanceAsync(1);
    expect(HandSocket.made).to.have.length(3);
  });

  for (const code of [CLOSE.auth, CLOSE.room, CLOSE.flood, CLOSE.replaced]) {
    it(`[EN-4] is over after ${code}`, async () => {
      HandSocket.made[0]?.open();
      HandSocket.made[0]?.end(code);
      expect(heard.at(-1)).to.deep.equal(['close', code, false]);
      expect(clock.pending).to.equal(0);
      port.reconnect();
      await clock.advanceAsync(0);
      expect(HandSocket.made).to.have.length(1);
    });
  }

  for (const code of [CLOSE.retryLater, CLOSE.idle, 1000, 1001, 1012]) {
    it(`[EN-4] tries again after ${code}`, async () => {
      HandSocket.made[0]?.open();
      HandSocket.made[0]?.end(code);
      expect(heard.at(-1)).to.deep.equal(['close', code, true]);
      await clock.advanceAsync(500);
      expect(HandSocket.made).to.have.length(2);
    });
  }

  it('[EN-5] drops a dead connection with a code that does not mean leaving', async () => {
    HandSocket.made[0]?.open();
    port.reconnect();
    await clock.advanceAsync(0);
    expect(HandSocket.made[0]?.closes).to.deep.equal([4000]);
    HandSocket.made[1]?.open();
    expect(heard).to.deep.equal([['open'], ['close', 1006, true], ['open']]);
  });

  it('cuts a wait short when told to reconnect', async () => {
    HandSocket.made[0]?.fail();
    port.reconnect();
    await clock.advanceAsync(0);
    expect(HandSocket.made).to.have.length(2);
    expect(clock.pending, 'only the deadline of the new try').to.equal(1);
  });

  it('restarts its backoff when told to reconnect: the network may be back before its routes', async () => {
    for (let failed = 0; failed < 6; failed += 1) {
      HandSocket.made.at(-1)?.fail();
      await clock.advanceAsync(15_000);
    }
    port.reconnect();
    await clock.advanceAsync(0);
    const tries = HandSocket.made.length;
    HandSocket.made.at(-1)?.fail();
    await clock.advanceAsync(500);
    expect(HandSocket.made).to.have.length(tries + 1);
  });

  it('never holds more than one socket while the network flaps every 2 s for a minute (26)', async () => {
    for (let flap = 0; flap < 30; flap += 1) {
      // The network is back: a listener calls this at once, perhaps twice.
      port.reconnect();
      await clock.advanceAsync(0);
      port.reconnect();
      await clock.advanceAsync(0);
      const held = HandSocket.made.filter(({ closes, readyState }) => {
        return readyState < 2 && closes.length === 0;
      });
      expect(held, `flap ${flap}`).to.have.length(1);
      expect(clock.pending, 'one thing is waited for').to.equal(1);
      held[0]?.open();
      await clock.advanceAsync(1_000);
      held[0]?.fail();
      await clock.advanceAsync(1_000);
    }
  });

  it('restarts its backoff after a connection that lasted, and only then', async () => {
    for (const [lasted, wait] of [
      [0, 500],
      [0, 1_250],
      [6_000, 500],
    ] as const) {
      const socket = HandSocket.made.at(-1);
      socket?.open();
      await clock.advanceAsync(lasted);
      socket?.end(1006);
      const { length } = HandSocket.made;
      await clock.advanceAsync(wait - 1);
      expect(HandSocket.made).to.have.length(length);
      await clock.advanceAsync(1);
      expect(HandSocket.made).to.have.length(length + 1);
    }
  });

  it('keeps trying where the page forbids the socket', async () => {
    HandSocket.made[0]?.fail();
    HandSocket.isForbidden = true;
    await clock.advanceAsync(500);
    expect(heard).to.deep.equal([
      ['close', 1006, true],
      ['close', 1006, true],
    ]);
  });

  it('abandons an attempt that leads nowhere, and ignores its later events', async () => {
    await clock.advanceAsync(10_000);
    expect(heard).to.deep.equal([['close', 1006, true]]);
    HandSocket.made[0]?.open();
    expect(heard).to.have.length(1);
    await clock.advanceAsync(500);
    HandSocket.made[1]?.open();
    expect(heard.at(-1)).to.deep.equal(['open']);
  });

  it('[EN-10] sends hello with the request, compressed, and reports whether the room took it up', async () => {
    port.close(1000, '');
    HandSocket.made = [];
    const hello = JSON.stringify({ type: 'hello', name: 'Zoë', offers: 'v=0 '.repeat(2_000) });
    const opened: unknown[] = [];
    port = createSocketFactory({ clock })(async () => ({ url: 'ws://localhost:1/x', hello }), {
      onOpen: (isGreeted) => opened.push(isGreeted),
      onMessage: () => undefined,
      onClose: () => undefined,
    });
    const socket = await HandSocket.unopened();
    const [name, packed = ''] = socket.protocols;
    expect(name).to.equal('rtc-elements');
    expect(packed, 'a token of HTTP').to.match(/^[\w-]{10,1000}$/);
    expect(await unpack(packed)).to.equal(hello);
    socket.open();
    Object.assign(socket, { protocol: name });
    socket.open();
    expect(opened).to.deep.equal([false, true]);
  });

  it('is silent once closed', async () => {
    HandSocket.made[0]?.open();
    port.close(1000, 'left');
    expect(HandSocket.made[0]?.closes).to.deep.equal([1000]);
    HandSocket.made[0]?.end(1000);
    expect(heard).to.deep.equal([['open']]);
    expect(port.send('late')).to.equal(false);
    expect(clock.pending).to.equal(0);
  });

  it('[EN-7] asks for the target at every attempt, and counts the attempt as failed if it gets none', async () => {
    port.close(1000, '');
    heard = [];
    HandSocket.made = [];
    const answers: (() => Promise<string>)[] = [
      () => Promise.reject(new Error('no token')),
      () => new Promise<string>(() => undefined),
      () => Promise.resolve('ws://localhost:1/x?token=c'),
    ];
    port = createSocketFactory({ clock, random: () => 0.5 })(
      async () => ({ url: (await answers.shift()?.()) ?? '' }),
      {
        onOpen: () => heard.push(['open']),
        onMessage: () => undefined,
        onClose: ({ code, willRetry }) => heard.push(['close', code, willRetry]),
      },
    );
    await clock.advanceAsync(0);
    expect(heard).to.deep.equal([['close', 1006, true]]);
    await clock.advanceAsync(500);
    // This one never answers.
    await clock.advanceAsync(10_000);
    expect(heard).to.have.length(2);
    expect(HandSocket.made).to.have.length(0);
    await clock.advanceAsync(2_000);
    expect(HandSocket.made).to.have.length(1);
    HandSocket.made[0]?.open();
    expect(heard.at(-1)).to.deep.equal(['open']);
  });
});
