// What playing media needs of the room.
import type { Room } from '../api/room-api.js';
import type { RtcError } from '../state/errors.js';

export interface PlaybackHost {
  readonly room: Pick<Room, 'getSnapshot' | 'subscribe' | 'getTrack' | 'media'>;
  /** Why sound is not played; `null`: it is, or there is none. Called as often as anything may have changed. */
  onSound(problem: RtcError | null): void;
  reportError(error: RtcError): void;
}
