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
