import type { Source } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { createDeferred, type Deferred } from '../support/deferred.js';
import { OutgoingTracks } from './outgoing-tracks.js';
import type { EncryptionKeys } from '../api/room-api.js';

const KEYS: EncryptionKeys = { keys: new Map(), sendWith: 0 };

/** A call that encrypts when it is told to. */
class SlowCall {
  readonly sent = new Map<Source, MediaStreamTrack>();
  /** What was asked of it and is under way. */
  readonly asked: { readonly keys: EncryptionKeys | null; readonly done: Deferred<unknown> }[] = [];
  isEncrypting = false;

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.sent.set(source, track);
    else this.sent.delete(source);
  }

  async encrypt(keys: EncryptionKeys | null): Promise<void> {
    const done = createDeferred<unknown>();
    this.asked.push({ keys, done });
    await done.promise;
    this.isEncrypting = keys !== null;
  }

  /** Ends what is under way, well or not. */
  async settle(isWell: boolean): Promise<void> {
    const { done } = this.asked.shift() ?? {};
    if (isWell) done?.resolve(null);
    else done?.reject(new Error('no'));
    await tick();
  }
}

/** Lets everything happen that waits for nothing. */
async function tick(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const task = new Promise((resolve) => (port1.onmessage = resolve));
  port2.postMessage(null);
  await task;
  port1.close();
}

const track = {} as MediaStreamTrack;

describe('what a call is given to send', () => {
  it('is nothing until it is encrypted, and then what is wanted by then', async () => {
    const call = new SlowCall();
    const outgoing = new OutgoingTracks(call);
    outgoing.publish('microphone', track);
    expect([...call.sent.keys()]).to.deep.equal(['microphone']);
    const done = outgoing.setEncryption(KEYS);
    expect([...call.sent.keys()], 'held').to.deep.equal([]);
    outgoing.publish('camera', track);
    outgoing.publish('microphone', null);
    await tick();
    await call.settle(true);
    await done;
    expect([...call.sent.keys()]).to.deep.equal(['camera']);
  });

  it('is nothing for as long as it cannot be encrypted', async () => {
    const call = new SlowCall();
    const outgoing = new OutgoingTracks(call);
    outgoing.publish('camera', track);
    const failed = outgoing.setEncryption(KEYS).catch((error: unknown) => String(error));
    await tick();
    await call.settle(false);
    expect(await failed).to.equal('Error: no');
    outgoing.publish('screen', track);
    expect([...call.sent.keys()]).to.deep.equal([]);
    const off = outgoing.setEncryption(null);
    await tick();
    await call.settle(true);
    await off;
    expect([...call.sent.keys()]).to.deep.equal(['camera', 'screen']);
  });

  it('goes on while keys change, even if they cannot be', async () => {
    const call = new SlowCall();
    const outgoing = new OutgoingTracks(call);
    outgoing.publish('camera', track);
    void outgoing.setEncryption(KEYS);
    await tick();
    await call.settle(true);
    const failed = outgoing.setEncryption(KEYS).catch(() => 'failed');
    expect(call.sent.size).to.equal(1);
    await tick();
    await call.settle(false);
    expect(await failed).to.equal('failed');
    expect(call.sent.size).to.equal(1);
  });

  it('never leaves unencrypted while encryption is what was asked for last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('on', 'off', 'well', 'badly', 'publish', 'stop'), {
          maxLength: 25,
        }),
        async (steps) => {
          const call = new SlowCall();
          const outgoing = new OutgoingTracks(call);
          let isWanted = false;
          for (const step of steps) {
            if (step === 'on' || step === 'off') {
              isWanted = step === 'on';
              outgoing.setEncryption(isWanted ? KEYS : null).catch(() => undefined);
            } else if (step === 'publish' || step === 'stop') {
              outgoing.publish('camera', step === 'publish' ? track : null);
            } else await call.settle(step === 'well');
            if (isWanted && call.sent.size > 0)
              expect(call.isEncrypting, steps.join()).to.equal(true);
          }
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});
