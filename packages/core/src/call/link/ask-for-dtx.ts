import type { Description } from '@rtc-elements/protocol';

/**
 * A description of a peer who wants to be sent no more of a silent microphone than that it is silent:
 * some five packets a second, not fifty (`usedtx` of RFC 7587, section 6.1). Of the first audio
 * section, which is the microphone's: the sound of a screen may be music.
 */
export const askForDtx = ({ type, sdp }: Description): Description => ({
  type,
  sdp: sdp.replace('useinbandfec=1', '$&;usedtx=1'),
});
