import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { systemClock } from '../support/clock.js';
import { RtcError } from '../state/errors.js';
import { MediaEncryption } from './media-encryption.js';

const makeKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt']);

const codeOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'none',
    (error: unknown) => (error instanceof RtcError ? error.code : String(error)),
  );

/** The address of a worker of our own. */
const workerOf = (code: string): string =>
  URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));

describe('the encryption of media', () => {
  const opened: MediaEncryption[] = [];
  const dropping: RtcError[] = [];

  const open = (workerUrl?: string, clock = systemClock): MediaEncryption => {
    const encryption = new MediaEncryption(workerUrl, clock, (error) => dropping.push(error));
    opened.push(encryption);
    return encryption;
  };

  afterEach(() => {
    for (const encryption of opened.splice(0)) encryption.close();
    dropping.splice(0);
  });

  it('takes keys, one set after another', async () => {
    const encryption = open();
    const [first, second] = [await makeKey(), await makeKey()];
    await Promise.all([
      encryption.setKeys({ keys: new Map([[0, first]]), sendWith: 0 }),
      encryption.setKeys({
        keys: new Map([
          [0, first],
          [1, second],
        ]),
        sendWith: 1,
      }),
    ]);
    expect(dropping).to.deep.equal([]);
  });

  it('refuses keys that are none, before the worker hears of them', async () => {
    const encryption = open();
    const key = await makeKey();
    expect(await codeOf(encryption.setKeys({ keys: new Map([[0, key]]), sendWith: 3 }))).to.equal(
      'encryption-failed',
    );
    await encryption.setKeys({ keys: new Map([[3, key]]), sendWith: 3 });
  });

  it('says what to do if its worker cannot be loaded, or fails', async () => {
    const keys = { keys: new Map([[0, await makeKey()]]), sendWith: 0 };
    for (const url of ['/no-such-worker.js', workerOf('throw new Error("broken")')]) {
      expect(await codeOf(open(url).setKeys(keys)), url).to.equal('encryption-failed');
    }
    expect(() => open('http://[')).to.throw(RtcError, /workerUrl/);
    // Of another origin, as from a CDN: browsers refuse by an exception or by an event.
    const foreign = (async () => open('http://127.0.0.1:9/frame-worker.js').setKeys(keys))();
    expect(await codeOf(foreign)).to.equal('encryption-failed');
  });

  it('does not wait for a worker that never answers', async () => {
    const clock = new FakeClock();
    const keys = { keys: new Map([[0, await makeKey()]]), sendWith: 0 };
    const refused = codeOf(open(workerOf(''), clock).setKeys(keys));
    await clock.advanceAsync(8_000);
    expect(await refused).to.equal('timeout');
  });

  it('tells of a worker that fails once it has begun, and of frames that it drops', async () => {
    const worker = workerOf(`
      onmessage = () => {
        postMessage({ type: 'ready' });
        postMessage({ type: 'dropping', operation: 'decrypt', reason: 'damaged' });
        postMessage({ type: 'dropping', operation: 'encrypt', reason: 'codec' });
        setTimeout(() => { throw new Error('broken'); });
      };
    `);
    const told = new Promise<void>((resolve) => {
      const encryption = new MediaEncryption(worker, systemClock, (error) => {
        dropping.push(error);
        if (dropping.length === 3) resolve();
      });
      opened.push(encryption);
      void makeKey().then((key) => encryption.setKeys({ keys: new Map([[0, key]]), sendWith: 0 }));
    });
    await told;
    expect(dropping.map(({ code }) => code)).to.deep.equal([
      'encryption-failed',
      'unsupported',
      'encryption-failed',
    ]);
  });

  it('is not there where the browser has no transforms', () => {
    const { RTCRtpScriptTransform: Transform } = window;
    try {
      Reflect.deleteProperty(window, 'RTCRtpScriptTransform');
      expect(() => open()).to.throw(RtcError, /cannot encrypt/);
    } finally {
      window.RTCRtpScriptTransform = Transform;
    }
  });
});
