// The DTLS role of a peer, which Firefox changes where it must not.
import type { Description } from '@rtc-elements/protocol';

const ROLE = /a=setup:(active|passive)/;

const OPPOSITE: Readonly<Record<string, string>> = { active: 'passive', passive: 'active' };

/** The part of an RTCPeerConnection that tells what was agreed on last. */
interface Agreed {
  readonly currentLocalDescription: { readonly sdp: string } | null;
  readonly currentRemoteDescription: { readonly sdp: string } | null;
}

const roleIn = (description: { readonly sdp: string } | null): string | undefined =>
  ROLE.exec(description?.sdp ?? '')?.[1];

/**
 * An answer of the peer with the DTLS role that it has on this connection; anything else unchanged.
 * Firefox answers a restart with the role that it would take on a new connection. Chromium then
 * refuses the answer ("Failed to set SSL role for the transport"), though the association goes on
 * as it is: a side that keeps its fingerprint keeps its role (RFC 8842, section 5.5).
 */
export function keepDtlsRole(
  { currentLocalDescription, currentRemoteDescription }: Agreed,
  { type, sdp }: Description,
): Description {
  // The side that answered last time has named its role; the other one has the opposite.
  const ours = roleIn(currentLocalDescription);
  const theirs = roleIn(currentRemoteDescription) ?? (ours && OPPOSITE[ours]);
  if (type !== 'answer' || !theirs) return { type, sdp };
  return { type, sdp: sdp.replace(new RegExp(ROLE, 'g'), `a=setup:${theirs}`) };
}
