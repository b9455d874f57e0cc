/**
 * What the elements of one session know of its files beside the list: what is to be saved once it has arrived, and
 * what did not work.
 */
import type { Room, RtcError } from '@rtc-elements/core';

import type { SharedRoom } from '../session/shared-room.js';
import { saveFile } from './save-file.js';
import { hasEnded } from './transfer-buttons.js';

const desks = new WeakMap<SharedRoom, FileDesk>();

/** That of a session: the elements which show it share one. */
export function deskOf(shared: SharedRoom): FileDesk {
  const desk = desks.get(shared) ?? new FileDesk(shared);
  desks.set(shared, desk);
  return desk;
}

export class FileDesk {
  readonly #shared: SharedRoom;
  /** Ids of transfers, with the page whose browser saves them. */
  readonly #toSave = new Map<string, Document>();
  readonly #failures = new Map<string, RtcError>();
  #stop: (() => void) | null = null;

  constructor(shared: SharedRoom) {
    this.#shared = shared;
  }

  /** Why the last request for a transfer failed. */
  failureOf(id: string): RtcError | null {
    return this.#failures.get(id) ?? null;
  }

  setFailure(id: string, error: RtcError | null): void {
    if ((this.#failures.get(id) ?? null) === error) return;
    if (error) this.#failures.set(id, error);
    else this.#failures.delete(id);
    this.#shared.notify();
  }

  /** Saves what arrives by a transfer as soon as all of it is here. */
  saveWhenDone(id: string, page: Document): void {
    this.#toSave.set(id, page);
    this.#stop ??= this.#files.subscribe(() => this.#look());
    this.#look();
  }

  get #files(): Room['files'] {
    return this.#shared.room.files;
  }

  #look(): void {
    const known = new Map(this.#files.getSnapshot().map((one) => [one.id, one]));
    for (const [id, page] of this.#toSave) {
      const transfer = known.get(id);
      if (transfer && !hasEnded(transfer)) continue;
      this.#toSave.delete(id);
      if (transfer?.isTakeable) void this.#save(id, page);
    }
    for (const id of this.#failures.keys()) if (!known.has(id)) this.#failures.delete(id);
    if (this.#toSave.size > 0) return;
    this.#stop?.();
    this.#stop = null;
  }

  async #save(id: string, page: Document): Promise<void> {
    try {
      saveFile(await this.#files.take(id), page);
    } catch (error) {
      this.setFailure(id, error as RtcError);
    }
  }
}
