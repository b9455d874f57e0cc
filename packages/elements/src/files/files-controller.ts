// Follows the files of a room for one element: the list, previews of what arrived, and the words for it.
import type { Room, Transfer } from '@rtc-elements/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { CalendarController } from '../i18n/calendar-controller.js';
import type { RoomController } from '../session/room-controller.js';
import { createFilesFormat, type FilesFormat } from './format-files.js';

type FilesHost = ReactiveControllerHost & Element & { readonly rtc: RoomController };

/** What an element shows of the list. */
type Choice = (transfers: readonly Transfer[]) => readonly Transfer[];

export class FilesController implements ReactiveController {
  readonly #host: FilesHost;
  readonly #choose: Choice;
  readonly #calendar: CalendarController;
  #room: Room | null = null;
  #stop: (() => void) | null = null;
  #transfers: readonly Transfer[] = [];
  /** The address of the picture of each transfer; `null`: it has none, or not yet. */
  readonly #previews = new Map<string, string | null>();
  #format: FilesFormat | null = null;

  /** `choose`: which transfers the element shows. It is updated when one of those changes. */
  constructor(host: FilesHost, choose: Choice = (all) => all) {
    this.#host = host;
    this.#choose = choose;
    this.#calendar = new CalendarController(host, () => true, false);
    host.addController(this);
  }

  /** Those that the element shows, oldest first. */
  get transfers(): readonly Transfer[] {
    return this.#transfers;
  }

  /** Writes sizes, speeds and times in the language that applies to the element. */
  get format(): FilesFormat {
    const { language } = this.#calendar;
    if (this.#format?.language !== language) this.#format = null;
    return (this.#format ??= createFilesFormat(language));
  }

  /** The address of a picture that was received; `null` for everything else, and until it has been read. */
  previewOf({ id, direction, status, isTakeable }: Transfer): string | null {
    const isHere = direction === 'receive' && status === 'done' && isTakeable;
    if (isHere && !this.#previews.has(id)) void this.#load(id);
    return (isHere && this.#previews.get(id)) || null;
  }

  hostUpdate(): void {
    const { room } = this.#host.rtc;
    if (room !== this.#room) this.#follow(room);
    this.#take();
  }

  hostDisconnected(): void {
    this.#follow(null);
  }

  #follow(room: Room | null): void {
    this.#stop?.();
    this.#room = room;
    this.#stop = room?.files.subscribe(() => this.#take() && this.#host.requestUpdate()) ?? null;
    if (!room) this.#forget([]);
  }

  /** Returns whether anything is new to the element. */
  #take(): boolean {
    const before = this.#transfers;
    const after = this.#room ? this.#choose(this.#room.files.getSnapshot()) : [];
    if (before.length === after.length && after.every((one, at) => one === before[at]))
      return false;
    this.#transfers = after;
    this.#forget(after);
    return true;
  }

  /** Takes the pictures out of memory that are not shown any more. */
  #forget(kept: readonly Transfer[]): void {
    const ids = new Set(kept.map(({ id }) => id));
    for (const [id, address] of this.#previews) {
      if (ids.has(id)) continue;
      if (address) URL.revokeObjectURL(address);
      this.#previews.delete(id);
    }
  }

  async #load(id: string): Promise<void> {
    this.#previews.set(id, null);
    const room = this.#room;
    // Without a picture, an icon is shown.
    const picture = await room?.files.preview(id).catch(() => null);
    if (!picture || room !== this.#room || !this.#previews.has(id)) return;
    this.#previews.set(id, URL.createObjectURL(picture));
    this.#host.requestUpdate();
  }
}
