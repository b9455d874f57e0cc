/** What may be done to the encoded frames of a link, such as encrypting them. */
import type { Source } from '@rtc-elements/protocol';

/**
 * Makes the transforms of a link (W3C WebRTC Encoded Transform). It is asked once for each sender and
 * each receiver of each connection, in the task in which that was made, so before its first frame.
 */
export interface FrameTransforms {
  /** What is done to the frames that are sent as `source`. */
  ofSender(source: Source): RTCRtpScriptTransform;
  /** What is done to the frames that arrive as `source`. */
  ofReceiver(source: Source): RTCRtpScriptTransform;
}
