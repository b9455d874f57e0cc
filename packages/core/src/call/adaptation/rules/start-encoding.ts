/** How a camera is sent until adaptation has been loaded and knows what the receivers show. */

/** The part of `RTCRtpEncodingParameters` with which a connection begins. */
export interface StartEncoding {
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
  /** Bits per second. */
  readonly maxBitrate: number;
}

const SMALL: StartEncoding = { scaleResolutionDownBy: 4, maxFramerate: 10, maxBitrate: 60_000 };

/**
 * With one or two peers the browser chooses: setting anything would cost a frame. With more,
 * encoders that all start at once need more than processor and line have, and a small first picture
 * arrives sooner than a large one.
 */
export const startEncoding = (peers: number): StartEncoding | null => (peers <= 2 ? null : SMALL);
