/**
 * Firefox answers a restart with the DTLS role that it would take in a new connection. Chromium then
 * refuses the answer ("Failed to set SSL role for the transport"), though the association goes on as
 * it is: who keeps its fingerprint keeps its role (RFC 8842, section 5.5).
 */
const ROLE = /a=setup:(active|passive)/;

const roleIn = (description: RTCSessionDescriptionInit | null): string | undefined =>
  ROLE.exec(description?.sdp ?? '')?.[1];

const OPPOSITE: Readonly<Record<string, string>> = { active: 'passive', passive: 'active' };

type Agreed = Pick<RTCPeerConnection, 'currentLocalDescription' | 'currentRemoteDescription'>;

/** An answer of the peer, with the role that it has on this connection. Anything else as it is. */
export function keepDtlsRole(
  { currentLocalDescription, currentRemoteDescription }: Agreed,
  { type, sdp = '' }: RTCSessionDescriptionInit,
): RTCSessionDescriptionInit {
  // Of the last agreement, the side that answered has said which.
  const ours = roleIn(currentLocalDescription);
  const theirs = roleIn(currentRemoteDescription) ?? (ours && OPPOSITE[ours]);
  if (type !== 'answer' || !theirs) return { type, sdp };
  return { type, sdp: sdp.replace(new RegExp(ROLE, 'g'), `a=setup:${theirs}`) };
}
