/** What is received from peers, from whichever call delivers it. */
import { type Source, SOURCES } from '@rtc-elements/protocol';

import { mayPlay } from '../state/may-play.js';
import type { RoomState, TrackIds } from '../state/room-state.js';

/** The part of a call that this needs. */
export interface ReceivingCall {
  getTrack(session: string, source: Source): MediaStreamTrack | null;
}

export interface ReceivedTracksHost {
  getSnapshot(): RoomState;
  /** The calls, the newer one first. */
  calls(): readonly ReceivingCall[];
  /** Another track of the peer than before may be the one to play. */
  onChange(session: string): void;
}

export class ReceivedTracks {
  readonly #host: ReceivedTracksHost;
  /** Tracks on which nothing has arrived yet. */
  readonly #awaited = new WeakSet<MediaStreamTrack>();

  constructor(host: ReceivedTracksHost) {
    this.#host = host;
  }

  /** The track of a peer that may be played now. */
  getTrack(session: string, source: Source): MediaStreamTrack | null {
    const peer = this.#host.getSnapshot().peers.find((one) => one.session === session);
    if (!peer || !mayPlay(peer, source)) return null;
    const tracks = this.#host.calls().flatMap((call) => call.getTrack(session, source) ?? []);
    for (const track of tracks) this.#await(session, track);
    return tracks.find(({ muted }) => !muted) ?? tracks.at(-1) ?? null;
  }

  /** The ids of the tracks of a peer that may be played now. */
  idsOf(session: string): TrackIds {
    const ids: Partial<Record<Source, string>> = {};
    for (const source of SOURCES) {
      const track = this.getTrack(session, source);
      if (track) ids[source] = track.id;
    }
    return ids;
  }

  /** During a move, a track is looked at again once something arrives on it. */
  #await(session: string, track: MediaStreamTrack): void {
    if (this.#host.calls().length < 2 || !track.muted || this.#awaited.has(track)) return;
    this.#awaited.add(track);
    track.addEventListener('unmute', () => this.#host.onChange(session), { once: true });
  }
}
