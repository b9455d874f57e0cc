/** What is sent: our devices and screen, tracks of the page, and what it does to the picture and sound of a device. */
import type { MediaSource, Source } from '@rtc-elements/protocol';

/**
 * Makes the track that is sent from that of a microphone or a camera, such as one with a blurred background. `signal`
 * aborts when neither is needed any more: what was started is to be ended then. The track of the device is not to be
 * stopped.
 */
export type TrackProcessor = (
  track: MediaStreamTrack,
  signal: AbortSignal,
) => MediaStreamTrack | Promise<MediaStreamTrack>;

/** What a track of the page is sent as. */
export interface PublishOptions {
  readonly source: MediaSource;
}

/** How a screen is shared. */
export interface ScreenOptions {
  /**
   * Shares the sound too, where the browser supports it. Sound that this page plays is left out, so
   * that nobody hears themselves.
   */
  readonly audio?: boolean;
  /** `detail` keeps text sharp at a low frame rate; `motion` is for video. Default `detail`. */
  readonly hint?: 'detail' | 'motion';
  /** Shares this camera instead, such as a document camera. No picker opens. */
  readonly deviceId?: string;
}

/**
 * Our devices. They can be used before joining, as in a lobby, and stay on when the call begins. Of what is asked for the
 * last wish wins, see `Room`. A choice holds when the call is left and entered again.
 */
export interface RoomMedia {
  /**
   * Turns the microphone on, off, or on with the given device. Off releases the device, so its
   * light goes out; it takes effect at once and never rejects.
   * @throws RtcError with a device code, which is also in the snapshot's `problem`; `part-unavailable`
   * if the code for devices cannot be loaded; `not-allowed` (a listener); `aborted` (it was turned off, by us or a host,
   * or another device was chosen, before it was on; the call or the room was left).
   */
  setMicrophone(choice: boolean | { readonly deviceId: string }): Promise<void>;
  /** Turns the camera on, off, or on with the given device. Throws as `setMicrophone()` does. */
  setCamera(choice: boolean | { readonly deviceId: string }): Promise<void>;
  /**
   * Shares a screen, window or tab, replacing the one shared before. Resolves once it is shared. While the picker is
   * open, the same options open no second one, and both calls have one outcome.
   * @throws RtcError `screen-cancelled`, `unsupported`, `policy-blocked` …; `part-unavailable` if the
   * code for devices cannot be loaded; `not-allowed` (a listener); `aborted` (sharing was ended, by us or a host, or asked
   * for with other options, before anything was picked; the call or the room was left).
   */
  shareScreen(options?: ScreenOptions): Promise<void>;
  /** Ends sharing. What is picked in a picker that is still open is not shared. */
  stopScreen(): void;
  /**
   * Sends a track of the page, such as that of a canvas or of a second camera, in place of the device or the screen. It
   * is turned off and on like the device, and holds like a choice of one, until a device is chosen. It is never stopped
   * here. When it ends, its source is off, with the problem `track-ended`.
   * @throws RtcError `bad-argument` if the track has ended, or is not of the kind of its source; otherwise as `setMicrophone()` does.
   */
  publish(track: MediaStreamTrack, options: PublishOptions): Promise<void>;
  /**
   * Sends what `processor` makes of the microphone or camera, whichever device that is, also after the room was left
   * and joined again; `null`: the device itself. Until another processor is ready, what was sent before is sent.
   * Resolves once it is in use, or at once while the source is off. A processor that throws, takes 2 s to begin, or whose
   * track ends or stands still for 2 s is taken out, and its source turned off, with the problem `processor-failed`:
   * nothing is sent unprocessed until somebody turns the source on again. Tracks of the page are sent as they are.
   * @throws RtcError `processor-failed`; `aborted` if another processor was set before this one was in use.
   */
  setProcessor(source: 'microphone' | 'camera', processor: TrackProcessor | null): Promise<void>;
  /** Sets the audio output that everything attached plays to (`Room.attach`); `null` is the default output. */
  setSpeaker(deviceId: string | null): void;
  /** Our own live track, or `null` while there is none. */
  getTrack(source: Source): MediaStreamTrack | null;
}
