/** What a camera is sent as until the governor has arrived and knows what the receivers show. */

/** The part of `RTCRtpEncodingParameters` that a connection begins with. */
export interface StartEncoding {
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
  /** Bits per second. */
  readonly maxBitrate: number;
}

const SMALL: StartEncoding = { scaleResolutionDownBy: 4, maxFramerate: 10, maxBitrate: 60_000 };

/**
 * For one or two peers as the browser likes: being told would cost it a frame. With more, encoders
 * that all start at once want more than there is of processor and line, and a small first picture is
 * there sooner than a large one.
 */
export const startEncoding = (peers: number): StartEncoding | null => (peers <= 2 ? null : SMALL);
