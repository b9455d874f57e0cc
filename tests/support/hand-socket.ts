/** A WebSocket that the test opens and closes by hand. */
export class HandSocket extends EventTarget {
  static readonly OPEN = 1;
  static made: HandSocket[] = [];
  /** The constructor throws, as under a page's policy. */
  static isForbidden = false;
  static #onMade: () => void = () => undefined;
  readonly closes: (number | undefined)[] = [];
  readonly sent: string[] = [];
  readyState = 0;
  /** The subprotocol that the room takes up. */
  protocol = '';
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: Event) => void) | null = null;
  onclose: ((event: Event) => void) | null = null;

  readonly url: string;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: readonly string[] = []) {
    super();
    this.url = url;
    this.protocols = protocols;
    if (HandSocket.isForbidden) throw new DOMException('no', 'SecurityError');
    HandSocket.made.push(this);
    HandSocket.#onMade();
  }

  /** The one that waits to be opened; made by now, or soon. */
  static async unopened(): Promise<HandSocket> {
    for (;;) {
      const last = HandSocket.made.at(-1);
      if (last?.readyState === 0) return last;
      await new Promise<void>((resolve) => (HandSocket.#onMade = resolve));
    }
  }

  /** Whoever is set as `on…` hears it, too. */
  override dispatchEvent(event: Event): boolean {
    const goes = super.dispatchEvent(event);
    if (event.type === 'open') this.onopen?.(event);
    else if (event.type === 'message') this.onmessage?.(event);
    else if (event.type === 'close') this.onclose?.(event);
    return goes;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number): void {
    this.closes.push(code);
    this.readyState = 2;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  fail(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new CloseEvent('close', { code: 1006 }));
  }

  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent('close', { code }));
  }
}
