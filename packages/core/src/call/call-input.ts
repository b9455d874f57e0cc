/** What the room has told its call, for another call to be told as soon as it is there. */
import type { IceServer, MediaFlags, PeerEntry, ShownSize, Source } from '@rtc-elements/protocol';

import { NO_FLAGS } from '../state/wanted-presence.js';
import type { Call } from './ports.js';

type Roster = readonly [PeerEntry, readonly PeerEntry[], readonly IceServer[]];
type Shown = readonly [session: string, source: 'camera' | 'screen', size: ShownSize | null];

export class CallInput {
  readonly #outgoing = new Map<Source, MediaStreamTrack>();
  readonly #shown = new Map<string, Shown>();
  #flags = NO_FLAGS;
  #roster: Roster | null = null;

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#outgoing.set(source, track);
    else this.#outgoing.delete(source);
  }

  setFlags(flags: MediaFlags): void {
    this.#flags = flags;
  }

  show(...shown: Shown): void {
    const [session, source] = shown;
    this.#shown.set(`${session} ${source}`, shown);
  }

  reconcile(...roster: Roster): void {
    this.#roster = roster;
    const sessions = new Set(roster[1].map(({ session }) => session));
    for (const [key, [session]] of this.#shown) if (!sessions.has(session)) this.#shown.delete(key);
  }

  handTo(call: Call): void {
    for (const [source, track] of this.#outgoing) call.publish(source, track);
    call.setFlags(this.#flags);
    for (const shown of this.#shown.values()) call.show(...shown);
    if (this.#roster) call.reconcile(...this.#roster);
  }
}
