import { expect } from '@esm-bundle/chai';

import { keepDtlsRole } from './keep-dtls-role.js';

const saying = (type: RTCSdpType, role: string) =>
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

  it('gives the peer the other role of the one that we took with our own answer', () => {
    const before = agreed(saying('answer', 'active'), saying('offer', 'actpass'));
    expect(keepDtlsRole(before, saying('answer', 'active'))).to.deep.equal(
      saying('answer', 'passive'),
    );
  });

  it('gives the peer the role that it has answered with', () => {
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
