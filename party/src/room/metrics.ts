// What a room has seen since it woke, for its operator. No figure here decides anything.
const NAMES = ['joins', 'resumes', 'refusals', 'frames', 'signals', 'notices', 'floods'] as const;

export type CounterName = (typeof NAMES)[number];

export class Metrics {
  readonly #since: number;
  readonly #counts = new Map<CounterName, number>();

  /** `since`: when the room woke, by its clock. */
  constructor(since: number) {
    this.#since = since;
  }

  count(name: CounterName): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  read(): Readonly<Record<CounterName | 'since', number>> {
    const counts = NAMES.map((name) => [name, this.#counts.get(name) ?? 0] as const);
    return { since: this.#since, ...Object.fromEntries(counts) } as Record<
      CounterName | 'since',
      number
    >;
  }
}
