// The place of the annex in a room: what most stays never need is fetched when it is first wanted.
import type { BasicMessage, Moderation } from '@rtc-elements/protocol';

import { RtcError } from './errors.js';
import type { Annex, AnnexHost } from './ports.js';
import type { RoomChat, RoomModeration, RoomValues } from './room-api.js';
import { leftError } from './room-side.js';

/** Makes the annex of one room; see `annex/annex.ts`. */
export type CreateAnnex = (host: AnnexHost) => Annex;

/** Fetches the part of the package that makes it. */
export type LoadAnnex = () => Promise<CreateAnnex>;

/** Frames kept while the annex is not there; a page that cannot load it must not fill its memory. */
const MAX_EARLY_FRAMES = 500;

export class AnnexSeat {
  readonly #load: LoadAnnex;
  readonly #host: AnnexHost;
  #annex: Annex | null = null;
  #loading: Promise<Annex> | null = null;
  #earlyFrames: unknown[] = [];

  constructor(load: LoadAnnex, host: AnnexHost) {
    this.#load = load;
    this.#host = host;
  }

  /** `Room.moderation`. */
  readonly moderation: RoomModeration = {
    mute: (session, source) => this.#moderate({ action: 'mute', session, source }),
    lowerHand: (session) => this.#moderate({ action: 'lower-hand', session }),
    remove: (session) => this.#moderate({ action: 'remove', session }),
    ban: (user) => this.#moderate({ action: 'ban', user }),
    unban: (user) => this.#moderate({ action: 'unban', user }),
    lock: (on) => this.#moderate({ action: 'lock', on }),
    admit: (session) => this.#moderate({ action: 'admit', session }),
    deny: (session) => this.#moderate({ action: 'deny', session }),
    setRole: (session, role) => this.#moderate({ action: 'role', session, role }),
    close: () => this.#moderate({ action: 'close' }),
  };

  /** `Room.state`. */
  readonly values: RoomValues = {
    get: (key) => this.#host.getSnapshot().state[key] ?? null,
    set: (key, value, options) => this.use((annex) => annex.setValue(key, value, options)),
    delete: (key, options) => this.use((annex) => annex.setValue(key, null, options)),
  };

  /** The part of `Room.chat` that is in the annex. */
  readonly chat: Pick<RoomChat, 'edit' | 'delete' | 'react' | 'search'> = {
    edit: (seq, text) => this.use((annex) => annex.edit(seq, text)),
    delete: (seq) => this.use((annex) => annex.delete(seq)),
    react: (seq, emoji, on) => this.use((annex) => annex.react(seq, emoji, on)),
    search: (query, options) => this.use((annex) => annex.search(query, options)),
  };

  /** Runs `task` with the annex, loaded if need be. */
  async use<T>(task: (annex: Annex) => T | Promise<T>): Promise<T> {
    if (this.#host.getSnapshot().connection === 'closed') throw leftError();
    this.#loading ??= this.#open();
    const annex = await this.#loading;
    if (this.#annex !== annex) throw leftError();
    return task(annex);
  }

  /** A frame of a type that only the annex knows. */
  receive(frame: unknown): void {
    if (this.#annex) return this.#annex.receive(frame);
    if (this.#earlyFrames.length < MAX_EARLY_FRAMES) this.#earlyFrames.push(frame);
    this.use(() => undefined).catch(() => undefined);
  }

  /** A message that may be the answer to what the annex asked for. */
  hear(message: BasicMessage): void {
    this.#annex?.hear(message);
  }

  /** The connection broke, or a new one was welcomed: what was asked for on the old one is not answered any more. */
  begin(): void {
    this.#earlyFrames = [];
    this.#annex?.begin();
  }

  close(): void {
    this.#loading = null;
    this.begin();
    this.#annex?.close();
    this.#annex = null;
  }

  #moderate(moderation: Moderation): Promise<void> {
    return this.use((annex) => annex.moderate(moderation));
  }

  #open(): Promise<Annex> {
    return this.#load().then(
      (create) => {
        // Closed meanwhile: made all the same, but for nobody; see `use`.
        const annex = create(this.#host);
        if (!this.#loading) return annex;
        this.#annex = annex;
        for (const frame of this.#earlyFrames.splice(0)) annex.receive(frame);
        return annex;
      },
      (cause: unknown) => {
        this.#loading = null;
        throw new RtcError(
          'part-unavailable',
          'A part of the page could not be loaded. Check the connection and try again.',
          { cause, retryable: true },
        );
      },
    );
  }
}
