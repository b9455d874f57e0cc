// Which of several elements does what only one of them should do.

/**
 * What one element does for all that show the session. `sound`: plays it. `texts`: its `messages` are
 * used. `preview`: turns on the devices that a lobby shows. `announcements`: says what happens to screen
 * readers; `visible-log` and `log` say messages; `notices` and `toasts` are read where they are shown.
 * `permission`: asks for that of system notifications; `file-list` and `file-cards` show files and say what becomes of
 * them.
 */
export type OwnedField =
  | 'sound'
  | 'texts'
  | 'preview'
  | 'announcements'
  | 'visible-log'
  | 'log'
  | 'notices'
  | 'toasts'
  | 'permission'
  | 'file-list'
  | 'file-cards';

/** A row of candidates for each field. The first of a row is its owner; when it goes, the next one is. */
export class Owners<Field extends string> {
  readonly #rows = new Map<Field, Set<object>>();
  readonly #onChange: () => void;

  /** `onChange` is called when an owner has gone. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Puts `candidate` at the end of the row, unless it is in it. Returns whether it is the owner. */
  claim(field: Field, candidate: object): boolean {
    const row = this.#rows.get(field) ?? new Set();
    this.#rows.set(field, row.add(candidate));
    return this.ownerOf(field) === candidate;
  }

  /** Takes `candidate` out of the row. Returns whether it was the owner. */
  release(field: Field, candidate: object): boolean {
    const wasOwner = this.ownerOf(field) === candidate;
    this.#rows.get(field)?.delete(candidate);
    if (wasOwner) this.#onChange();
    return wasOwner;
  }

  /** Takes `candidate` out of all rows. */
  releaseAll(candidate: object): void {
    for (const field of this.#rows.keys()) this.release(field, candidate);
  }

  /** The first of the row, if anybody is in it. */
  ownerOf(field: Field): object | undefined {
    const [owner] = this.#rows.get(field) ?? [];
    return owner;
  }
}
