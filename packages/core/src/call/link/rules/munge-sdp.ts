// SDP munging: what is changed in a peer's description, where no API does the same.
import type { Description } from '@rtc-elements/protocol';

/**
 * A description of a peer that asks us for few packets while our microphone is silent: about five a
 * second instead of fifty (`usedtx`, RFC 7587, section 6.1). Only the first audio section is
 * changed, which is the microphone's: the sound of a screen may be music.
 */
export const askForDtx = ({ type, sdp }: Description): Description => ({
  type,
  sdp: sdp.replace('useinbandfec=1', '$&;usedtx=1'),
});

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
