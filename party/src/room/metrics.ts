// What a room has counted since it woke, for the operator's eyes only: no figure here decides anything.
const NAMES = [
  'joins',
  'resumes',
  /** Sockets that were closed before they had a session, whatever they did or did not say. */
  'refusals',
  /** Requests that the edge has refused before they got here (LI-6). */
  'limited',
  'frames',
  'signals',
  /** Frames that were answered with `error`, those of a refusal included. */
  'refusedFrames',
  'notices',
  'floods',
  /** Sockets that were closed because nobody read them. */
  'unread',
] as const;

export type MetricName = (typeof NAMES)[number];

export class Metrics {
  readonly #since: number;
  readonly #counts = new Map<MetricName, number>();

  /** `since` is when the room woke, by its clock. */
  constructor(since: number) {
    this.#since = since;
  }

  count(name: MetricName, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  read(): Readonly<Record<MetricName | 'since', number>> {
    const counts = NAMES.map((name) => [name, this.#counts.get(name) ?? 0] as const);
    return { since: this.#since, ...Object.fromEntries(counts) } as Record<
      MetricName | 'since',
      number
    >;
  }
}
