/** A WebSocket that the test opens and closes by hand. */
export class HandSocket extends EventTarget {
  static readonly OPEN = 1;
  static made: HandSocket[] = [];
  /** The constructor throws, as under a page's policy. */
  static isForbidden = false;
  readonly closes: (number | undefined)[] = [];
  readonly sent: string[] = [];
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: Event) => void) | null = null;
  onclose: ((event: Event) => void) | null = null;

  constructor() {
    super();
    if (HandSocket.isForbidden) throw new DOMException('no', 'SecurityError');
    HandSocket.made.push(this);
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
