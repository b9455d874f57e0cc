/** What the room has told its call, for another call to be told as soon as it is there. */
import type { IceServer, MediaFlags, PeerEntry, ShownSize, Source } from '@rtc-elements/protocol';

import { NO_FLAGS } from '../state/wanted-presence.js';
import type { CallSlot } from './call-slot.js';
import type { EncryptionKeys } from '../api/room-api.js';

type Roster = readonly [PeerEntry, readonly PeerEntry[], readonly IceServer[]];
type Shown = readonly [session: string, source: 'camera' | 'screen', size: ShownSize | null];

export class CallInput {
  readonly #outgoing = new Map<Source, MediaStreamTrack>();
  readonly #shown = new Map<string, Shown>();
  #flags = NO_FLAGS;
  #roster: Roster | null = null;
  #keys: EncryptionKeys | null = null;

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#outgoing.set(source, track);
    else this.#outgoing.delete(source);
  }

  setFlags(flags: MediaFlags): void {
    this.#flags = flags;
  }

  setEncryption(keys: EncryptionKeys | null): void {
    this.#keys = keys;
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

  /** Resolves once the call encrypts, if it is to. */
  handTo(slot: CallSlot): Promise<void> {
    const encrypted = this.#keys ? slot.setEncryption(this.#keys) : Promise.resolve();
    for (const [source, track] of this.#outgoing) slot.publish(source, track);
    slot.run((call) => {
      call.setFlags(this.#flags);
      for (const shown of this.#shown.values()) call.show(...shown);
      if (this.#roster) call.reconcile(...this.#roster);
    }, undefined);
    return encrypted;
  }
}
