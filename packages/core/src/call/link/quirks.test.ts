import { expect } from '@esm-bundle/chai';

import { connectedPair, flows, makeVideoTrack } from '../../../../../tests/support/link-pair.js';

/** As implementations for Node are: they make no description themselves, and take `bundlePolicy` once. */
function asInNode(real: typeof RTCPeerConnection): typeof RTCPeerConnection {
  return class extends real {
    override setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      if (!description)
        return Promise.reject(new TypeError('1 argument required, but only 0 present'));
      return super.setLocalDescription(description);
    }

    override setConfiguration(configuration: RTCConfiguration): void {
      if (configuration.bundlePolicy) throw new DOMException('', 'InvalidModificationError');
      super.setConfiguration({ ...configuration, bundlePolicy: 'max-bundle' });
    }
  };
}

describe('a peer connection as in Node', () => {
  const { RTCPeerConnection: real } = window;

  before(() => {
    window.RTCPeerConnection = asInNode(real);
  });
  after(() => {
    window.RTCPeerConnection = real;
  });

  it('connects, carries a picture, takes new servers, and is rebuilt', async () => {
    const { wire, a, b } = await connectedPair();
    const track = makeVideoTrack();
    b.mesh.publish('camera', track);
    await a.until(() => a.mesh.getTrack('b', 'camera') !== null);
    const received = a.mesh.getTrack('b', 'camera');
    if (received) await flows(a.connection, received);
    const servers = [{ urls: ['stun:127.0.0.1:3478'] }];
    a.mesh.reconcile(a.entry, [b.entry], servers);
    expect(a.connection.getConfiguration().iceServers?.[0]?.urls).to.deep.equal(servers[0]?.urls);
    a.mesh.links.get('b')?.link.rebuild();
    await a.until(() => a.status('b') === 'reconnecting');
    await a.until(() => a.status('b') === 'connected' && b.status('a') === 'connected');
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    track.stop();
    wire.close();
  });
});
