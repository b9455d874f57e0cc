import { expect } from '@esm-bundle/chai';

import { keepDtlsRole } from './keep-dtls-role.js';

const saying = (type: 'offer' | 'answer', role: string) =>
  ({ type, sdp: `m=audio\r\na=setup:${role}\r\nm=video\r\na=setup:${role}\r\n` }) as const;

const agreed = (
  local: RTCSessionDescriptionInit | null,
  remote: RTCSessionDescriptionInit | null,
) => ({ currentLocalDescription: local, currentRemoteDescription: remote }) as RTCPeerConnection;

describe('keepDtlsRole', () => {
  it('leaves the first answer as it is', () => {
    expect(keepDtlsRole(agreed(null, null), saying('answer', 'active'))).to.deep.equal(
      saying('answer', 'active'),
    );
  });

  it('gives the peer the opposite of the role that we took in our own answer', () => {
    const before = agreed(saying('answer', 'active'), saying('offer', 'actpass'));
    expect(keepDtlsRole(before, saying('answer', 'active'))).to.deep.equal(
      saying('answer', 'passive'),
    );
  });

  it('gives the peer the role that it took in its answer', () => {
    const before = agreed(saying('offer', 'actpass'), saying('answer', 'passive'));
    expect(keepDtlsRole(before, saying('answer', 'active'))).to.deep.equal(
      saying('answer', 'passive'),
    );
  });

  it('leaves an offer as it is', () => {
    const before = agreed(saying('offer', 'actpass'), saying('answer', 'passive'));
    expect(keepDtlsRole(before, saying('offer', 'actpass'))).to.deep.equal(
      saying('offer', 'actpass'),
    );
  });
});
