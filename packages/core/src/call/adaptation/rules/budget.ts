/**
 * What each receiver is sent: nothing that they do not show, nothing larger than they show it, and
 * all together no more than processor and line can carry. Voice comes first.
 */
import type { ShownSize } from '@rtc-elements/protocol';

/** A picture of ours, at the size and frame rate of the device. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** One of those we send to. */
export interface Receiver {
  /** The size that they show; `null`: unknown, so the number of receivers decides. */
  readonly camera: ShownSize | null;
  readonly screen: ShownSize | null;
  /** By how many steps the line to them lowers their encodings; see `congestion`. */
  readonly stepsDown: number;
}

/** What there is to send, and what limits it. */
export interface Supply {
  /** `null`: we send none. */
  readonly camera: Picture | null;
  readonly screen: (Picture & { readonly isText: boolean }) | null;
  /** By how many steps the processor lowers all encodings. */
  readonly stepsDown: number;
  readonly dataSaver: boolean;
}

/** For `RTCRtpEncodingParameters`; bits per second. */
export interface VideoShare {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
  readonly maxBitrate: number;
  readonly priority: 'low' | 'medium' | 'high';
}

export interface AudioShare {
  readonly maxBitrate: number;
  readonly priority: 'low' | 'medium' | 'high';
}

/** What one receiver gets. */
export interface Share {
  readonly camera: VideoShare;
  readonly screen: VideoShare;
  readonly audio: AudioShare;
}

/**
 * Values of `scaleResolutionDownBy`: coarse, so that resizing a window does not restart encoders.
 */
const SCALES = [1, 1.5, 2, 3, 4, 6] as const;

/** A tile may be this much larger than its picture before people see it. */
const UPSCALE = 1.15;

/**
 * From this share of the camera's height on, a tile is large, and a low frame rate is seen in it.
 */
const LARGE = 0.75;

/**
 * Bits for each pixel of a face in VP8, and bits per second that any picture takes, however small.
 */
const BITS_PER_PIXEL = 0.1;
const BASE_BITRATE = 20_000;
const MAX_BITRATE = 1_500_000;
const MAX_TEXT_BITRATE = 2_500_000;

/**
 * Bits per second. For voices, Opus is transparent at 32 kbit/s, still clear at 20, plain at 16.
 */
const VOICE = [32_000, 24_000, 20_000, 16_000] as const;

/** When data is saved. */
const SAVER = { steps: 1, bitrate: 250_000, frameRate: 15 };

/** From this many receivers on, even the largest tile is one of many encodings. */
const MANY = 4;

/**
 * From this many receivers on, a processor of two cores is busy: a tile gets a somewhat smaller and
 * slower picture than it shows.
 */
const CROWD = 5;

const at = <T>(list: readonly [T, ...T[]], index: number): T =>
  list[Math.min(Math.max(index, 0), list.length - 1)] ?? list[0];

const isShown = (size: ShownSize | null): boolean =>
  size === null || (size.width > 0 && size.height > 0);

/**
 * The index of the smallest picture that fills the tile, which crops what is too wide or too high.
 */
const scaleFor = (picture: Picture, size: ShownSize | null, receivers: number): number => {
  if (size === null) return at([0, 1, 1, 3], receivers - 1);
  const room = Math.min(picture.width / size.width, picture.height / size.height) * UPSCALE;
  const index = SCALES.findLastIndex((scale) => scale <= room);
  return Math.max(index, 0);
};

const bitrateOf = ({ width, height }: Picture, scale: number, frameRate: number): number => {
  const pixels = (width / scale) * (height / scale) * frameRate;
  return Math.min(
    MAX_BITRATE,
    Math.round((BASE_BITRATE + pixels * BITS_PER_PIXEL) / 1_000) * 1_000,
  );
};

const OFF: VideoShare = {
  active: false,
  scaleResolutionDownBy: 1,
  maxFramerate: 30,
  maxBitrate: MAX_BITRATE,
  priority: 'low',
};

/** A face that moves is worth more than one that is sharp: size is reduced before frame rate. */
function shareCamera(supply: Supply, receiver: Receiver, receivers: number): VideoShare {
  const { camera, dataSaver } = supply;
  if (!camera || !isShown(receiver.camera)) return OFF;
  const natural = scaleFor(camera, receiver.camera, receivers);
  const isLarge = at(SCALES, natural) * LARGE <= 1;
  const pace = receivers < MANY ? 30 : isLarge ? 24 : receivers < CROWD ? 15 : 12;
  const isMiddling = !isLarge && at(SCALES, natural) < 3;
  const crowd = receivers >= CROWD && isMiddling ? 1 : 0;
  const steps = supply.stepsDown + receiver.stepsDown + crowd + (dataSaver ? SAVER.steps : 0);
  // At the smallest size, only the frame rate can still be reduced.
  const beyond = Math.max(0, natural + steps - (SCALES.length - 1));
  const scale = at(SCALES, natural + steps);
  const slowed = Math.max(8, pace - 5 * beyond);
  const frameRate = Math.min(dataSaver ? Math.min(slowed, SAVER.frameRate) : slowed, 30);
  const bitrate = bitrateOf(camera, scale, frameRate);
  return {
    active: true,
    scaleResolutionDownBy: scale,
    maxFramerate: frameRate,
    maxBitrate: dataSaver ? Math.min(bitrate, SAVER.bitrate) : bitrate,
    priority: isLarge ? 'medium' : 'low',
  };
}

/** Blurred text cannot be read at any frame rate: frame rate is reduced before size. */
function shareScreen(supply: Supply, receiver: Receiver, receivers: number): VideoShare {
  const { screen, dataSaver } = supply;
  if (!screen || !isShown(receiver.screen)) return OFF;
  const steps = supply.stepsDown + receiver.stepsDown + (dataSaver ? SAVER.steps : 0);
  const shown = receiver.screen ? scaleFor(screen, receiver.screen, receivers) : 0;
  // Below half of its size, text cannot be read; in a thumbnail it need not be.
  const natural = screen.isText ? Math.min(shown, 2) : shown;
  const fromPace = screen.isText ? Math.min(steps, 3) : 0;
  const scale = at(SCALES, natural + (screen.isText ? Math.max(0, steps - 3) : steps));
  const frameRate = screen.isText ? at([15, 10, 5, 3], fromPace) : receivers < MANY ? 30 : 24;
  const bitrate = bitrateOf(screen, scale, frameRate);
  return {
    active: true,
    scaleResolutionDownBy: scale,
    maxFramerate: frameRate,
    // Text that stands still costs little; turning a page costs much at once.
    maxBitrate: screen.isText
      ? Math.round(MAX_TEXT_BITRATE / Math.max(1, steps + 1))
      : dataSaver
        ? Math.min(bitrate, 2 * SAVER.bitrate)
        : bitrate,
    priority: 'medium',
  };
}

/** The share of each of `receivers`, in their order. */
export const budget = (supply: Supply, receivers: readonly Receiver[]): readonly Share[] =>
  receivers.map((receiver) => ({
    camera: shareCamera(supply, receiver, receivers.length),
    screen: shareScreen(supply, receiver, receivers.length),
    audio: {
      maxBitrate: at(VOICE, receiver.stepsDown + (supply.dataSaver ? 1 : 0)),
      priority: 'high',
    },
  }));

/** What the line to a receiver should carry for `share`, bits per second. */
export const demand = ({ audio, camera, screen }: Share): number =>
  audio.maxBitrate +
  (camera.active ? camera.maxBitrate : 0) +
  (screen.active ? screen.maxBitrate : 0);
