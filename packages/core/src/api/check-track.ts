import type { MediaSource } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';

/** @throws RtcError `bad-argument` unless `track` is live and of the kind of `source`. */
export function checkTrack(track: MediaStreamTrack, source: MediaSource): void {
  const kind = source === 'microphone' ? 'audio' : 'video';
  if (!(track instanceof MediaStreamTrack) || track.kind !== kind)
    throw new RtcError(
      'bad-argument',
      `Pass a MediaStreamTrack of kind "${kind}" for "${source}".`,
    );
  if (track.readyState !== 'live')
    throw new RtcError('bad-argument', 'Pass a track that has not ended.');
}
