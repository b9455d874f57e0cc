/** One device of ours as it is kept: what it is, and what is asked of it. */
import type { RtcError } from '../state/errors.js';
import type { LocalSource } from '../state/room-state.js';
import type { Wish } from './acquire.js';

/** What a person asks of a device: on, off, or on with this device. */
export type DeviceChoice = boolean | { readonly deviceId: string };

/** What is asked of a slot; what is absent has a default, see `#request`. */
export interface RequestOptions {
  readonly fallback?: string | null;
  readonly keep?: boolean;
  readonly unplugged?: boolean;
  readonly done?: (error: RtcError | null) => void;
}

/** A request that waits for its turn. */
export interface DeviceRequest extends Wish {
  /** `false`: open it only to have asked for permission, then release it (`'muted'`). */
  readonly keep: boolean;
  /** Absent: nobody waits for it. */
  readonly done: ((error: RtcError | null) => void) | undefined;
}

export interface DeviceSlot {
  track: MediaStreamTrack | null;
  /** Open, but off: nothing of it is sent (`holdMicrophone`). */
  isHeld: boolean;
  /** Whether a track was given to be sent, and not taken back: while another device is opened, it is the former. */
  isSent: boolean;
  /** The person's choice, kept while another device stands in for it. */
  chosen: string | null;
  status: LocalSource['status'];
  problem: RtcError | null;
}

export const newSlot = (): DeviceSlot => ({
  track: null,
  isHeld: false,
  isSent: false,
  chosen: null,
  status: 'off',
  problem: null,
});
