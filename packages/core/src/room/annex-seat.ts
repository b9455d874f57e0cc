// The place of the annex in a room: what most stays never need is fetched when it is first wanted.
import type { Annex, AnnexHost, ChatAnnex } from '../ports.js';
import type { RoomModeration } from '../api/room-api.js';
import { LazyModule } from '../support/lazy-module.js';

/** Makes the annex of one room; see `annex/annex.ts`. */
export type CreateAnnex = (host: AnnexHost) => Annex;

/** Fetches the part of the package that makes it. */
export type LoadAnnex = () => Promise<CreateAnnex>;

/** Of something that answers later anyway. */
type Verbs<Part> = Readonly<Record<keyof Part, (...words: never[]) => Promise<unknown>>>;

/** Frames of types that only the annex knows are kept, in order, while it loads. */
export class AnnexSeat extends LazyModule<Annex, unknown> {
  constructor(load: LoadAnnex, host: AnnexHost) {
    super(host, {
      load: async () => {
        const create = await load();
        return () => create(host);
      },
      onItem: (annex, frame) => annex.receive(frame),
    });
  }

  /** `Room.moderation`. */
  readonly moderation: RoomModeration = this.#later(
    ({ moderation }) => moderation,
    ['mute', 'lowerHand', 'remove', 'ban', 'unban', 'lock', 'admit', 'deny', 'setRole', 'close'],
  );

  /** The part of `Room.chat` that is in the annex. */
  readonly chat: ChatAnnex = this.#later(
    ({ chat }) => chat,
    ['edit', 'delete', 'react', 'search', 'history'],
  );

  /** `Room.state`, but for what is read off the snapshot. */
  readonly values: Annex['values'] = this.#later(({ values }) => values, ['set', 'delete']);

  receive(frame: unknown): void {
    this.hand(frame);
    if (!this.part) this.tell(() => undefined);
  }

  /** The connection ended, and with it what is left of what was said on it. */
  onUnreachable(): void {
    this.forget();
    this.part?.onUnreachable();
  }

  /** The verbs of one part of the annex, each of which loads it when first used. */
  #later<Part extends Verbs<Part>>(
    part: (annex: Annex) => Part,
    names: readonly (keyof Part)[],
  ): Part {
    const verb =
      (name: keyof Part) =>
      (...words: never[]): Promise<unknown> =>
        this.use((annex) => part(annex)[name](...words));
    return Object.fromEntries(names.map((name) => [name, verb(name)])) as Part;
  }
}
