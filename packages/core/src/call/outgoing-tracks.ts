/** What a call is given to send: nothing that is to be encrypted before it can be. */
import type { Source } from '@rtc-elements/protocol';

import type { EncryptionKeys } from '../api/room-api.js';

/** The part of a call that this needs. */
export interface SendingCall {
  publish(source: Source, track: MediaStreamTrack | null): void;
  encrypt(keys: EncryptionKeys | null): Promise<void>;
}

export class OutgoingTracks {
  readonly #call: SendingCall;
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  /** Encryption was asked for and is not in force: the call has nothing to send. */
  #isHeld = false;
  /** Whether it is in force, and whether it was asked for last. */
  #isEncrypted = false;
  #isWanted = false;
  /** The wish for encryption that the call was told last, while it is not settled. */
  #pending: Promise<unknown> | null = null;
  #newest = 0;

  constructor(call: SendingCall) {
    this.#call = call;
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    if (!this.#isHeld) this.#call.publish(source, track);
  }

  /** Resolves once `keys` are in force. If they cannot be, the ones before stay, or nothing is sent. */
  setEncryption(keys: EncryptionKeys | null): Promise<void> {
    const turn = (this.#newest += 1);
    if (keys && !(this.#isEncrypted && this.#isWanted)) this.#hold();
    this.#isWanted = keys !== null;
    const encrypt = async (): Promise<void> => {
      await this.#call.encrypt(keys);
      this.#isEncrypted = keys !== null;
      if (turn === this.#newest) this.#release();
    };
    const done = this.#pending ? this.#pending.then(encrypt) : encrypt();
    const pending = done
      .catch(() => undefined)
      .finally(() => {
        if (this.#pending === pending) this.#pending = null;
      });
    this.#pending = pending;
    return done;
  }

  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    for (const source of this.#tracks.keys()) this.#call.publish(source, null);
  }

  #release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    for (const [source, track] of this.#tracks) this.#call.publish(source, track);
  }
}
