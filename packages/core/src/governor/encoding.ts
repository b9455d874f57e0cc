/** How large and how dear the camera may be, by the number of peers it is sent to. */

/** The part of `RTCRtpEncodingParameters` that the peer count decides. */
export interface CameraEncoding {
  readonly scaleResolutionDownBy: number;
  /** Bits per second. */
  readonly maxBitrate: number;
}

const FULL: CameraEncoding = { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 };
const HALF: CameraEncoding = { scaleResolutionDownBy: 1.5, maxBitrate: 600_000 };
const TILE: CameraEncoding = { scaleResolutionDownBy: 3, maxBitrate: 200_000 };

/** One peer gets it all; two or three get enough for half a screen; more get a small tile. */
export const cameraEncoding = (peers: number): CameraEncoding => {
  if (peers <= 1) return FULL;
  return peers <= 3 ? HALF : TILE;
};
