import { expect } from '@esm-bundle/chai';

import type { EncryptionKeys } from '../../api/room-api.js';
import type { FrameTransforms } from '../link/frame-transforms.js';
import { systemClock } from '../../support/clock.js';
import { createDeferred } from '../../support/deferred.js';
import { MeshEncryption } from './mesh-encryption.js';

const workerOf = (code: string): string =>
  URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));

async function makeKeys(workerUrl?: string): Promise<EncryptionKeys> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return { keys: new Map([[0, key]]), sendWith: 0, ...(workerUrl !== undefined && { workerUrl }) };
}

describe('the encryption of a mesh', () => {
  it('begins with another worker after one that has failed', async () => {
    const used: (FrameTransforms | null)[] = [];
    const failed = createDeferred<unknown>();
    const encryption = new MeshEncryption(
      { ports: { clock: systemClock }, reportError: failed.resolve },
      { transformFrames: (transforms) => used.push(transforms) },
    );
    await encryption.set(
      await makeKeys(
        workerOf(`onmessage = () => {
          postMessage({ type: 'ready' });
          setTimeout(() => { throw new Error('broken'); });
        };`),
      ),
    );
    await failed.promise;
    const keys = await makeKeys();
    await encryption.set(keys);
    expect(used.length, 'another one is used').to.equal(2);
    await encryption.set(keys);
    expect(used.length, 'and stays').to.equal(2);
    await encryption.set(null);
    expect(used.at(-1)).to.equal(null);
    encryption.close();
  });
});
