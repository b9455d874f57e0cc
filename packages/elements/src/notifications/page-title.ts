// The title of the page, of which only the count in front is ours.

/** How often at most a title that the page sets is given the count again, ms: other code may watch it too. */
const PAUSE_MS = 1_000;

/** Adds up the counts of all elements of the page. */
export class PageTitle {
  /** What each element counts, and in which room. */
  readonly #counts = new Map<object, { readonly count: number; readonly room: object }>();
  /** The page's title without the count, and with it; `null` while there is no count. */
  #title: { readonly own: string; readonly shown: string } | null = null;
  #observer: MutationObserver | null = null;
  #head: HTMLHeadElement | null = null;
  #pausedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #page: Document;

  constructor(page: Document) {
    this.#page = page;
  }

  /** Sets what `element` counts. Elements of one `room` count the same messages, so the largest is taken. */
  count(element: object, count: number, room: object): void {
    const before = this.#counts.get(element);
    if ((before?.count ?? 0) === count && (count === 0 || before?.room === room)) return;
    if (count > 0) this.#counts.set(element, { count, room });
    else this.#counts.delete(element);
    this.#draw();
  }

  get #total(): number {
    const byRoom = new Map<object, number>();
    for (const { count, room } of this.#counts.values())
      byRoom.set(room, Math.max(count, byRoom.get(room) ?? 0));
    return [...byRoom.values()].reduce((sum, count) => sum + count, 0);
  }

  #draw(): void {
    const total = this.#total;
    const own = this.#ownOf(this.#page.title);
    const wanted = total > 0 ? `(${total}) ${own}`.trim() : own;
    if (this.#page.title !== wanted) this.#page.title = wanted;
    // Read back, because the browser strips whitespace.
    this.#title = total > 0 ? { own, shown: this.#page.title } : null;
    if (this.#title) this.#watch();
    else this.#stop();
  }

  /** What the page would show without us. It may have changed its title, or put something around ours. */
  #ownOf(title: string): string {
    if (!this.#title) return title;
    const { own, shown } = this.#title;
    if (title === shown) return own;
    return own ? title.replace(shown, () => own) : title;
  }

  /** Watches the title while there is a count, also one in another `<head>`. */
  #watch(): void {
    if (this.#observer && this.#head === this.#page.head) return;
    this.#observer?.disconnect();
    this.#observer = new MutationObserver(() => this.#onMutation());
    this.#head = this.#page.head;
    this.#observer.observe(this.#page.documentElement, { childList: true });
    if (this.#head)
      this.#observer.observe(this.#head, { childList: true, characterData: true, subtree: true });
  }

  #stop(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #onMutation(): void {
    this.#watch();
    if (this.#page.title === this.#title?.shown || this.#timer !== undefined) return;
    const waitMs = this.#pausedUntil - performance.now();
    if (waitMs > 0) this.#timer = setTimeout(() => this.#redraw(), waitMs);
    else this.#redraw();
  }

  #redraw(): void {
    this.#timer = undefined;
    this.#pausedUntil = performance.now() + PAUSE_MS;
    this.#draw();
  }
}
