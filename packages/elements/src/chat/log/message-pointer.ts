// Tracks which message of a log is pointed at: by the pointer, by focus and arrow keys, or by a long
// press.

/** How long a touch must last to open the menu. */
const LONG_PRESS_MS = 500;

/** How far the touch may move in that time, px. */
const STILL_PX = 10;

/** Callbacks. A message is identified by the `seq` in its row's `data-seq`. */
export interface PointerHandlers {
  onPoint(seq: number | null): void;
  onMenu(seq: number): void;
  /** Escape was pressed on a message. */
  onLeave(): void;
}

/** Watches all rows of one scroller by listening to the scroller alone. */
export class MessagePointer {
  readonly #handlers: PointerHandlers;
  #scroller: HTMLElement | null = null;
  #stop: AbortController | null = null;
  #press: ReturnType<typeof setTimeout> | undefined;
  #pressedAt = { x: 0, y: 0 };

  constructor(handlers: PointerHandlers) {
    this.#handlers = handlers;
  }

  watch(scroller: HTMLElement): void {
    if (scroller === this.#scroller) return;
    this.stop();
    this.#scroller = scroller;
    const { signal } = (this.#stop = new AbortController());
    const on = <Type extends keyof HTMLElementEventMap>(
      target: HTMLElement,
      type: Type,
      listener: (event: HTMLElementEventMap[Type]) => void,
    ): void => target.addEventListener(type, listener, { signal });
    // The tools are outside of the scroller. Moving the pointer onto them keeps the message.
    const log = (scroller.getRootNode() as ShadowRoot).host as HTMLElement;
    on(scroller, 'pointerover', this.#onOver);
    on(log, 'pointerleave', ({ pointerType }) => pointerType !== 'touch' && this.#point(null));
    on(scroller, 'focusin', ({ target }) => this.#point(seqOf(target)));
    on(scroller, 'keydown', this.#onKeydown);
    on(scroller, 'scroll', () => this.#onScroll());
    on(scroller, 'pointerdown', this.#onDown);
    on(scroller, 'pointermove', this.#onMove);
    for (const type of ['pointerup', 'pointercancel'] as const)
      on(scroller, type, () => clearTimeout(this.#press));
  }

  stop(): void {
    clearTimeout(this.#press);
    this.#stop?.abort();
    this.#scroller = null;
  }

  /** When the pointer leaves, a focused message counts as pointed at. */
  #point(seq: number | null): void {
    const root = this.#scroller?.getRootNode() as ShadowRoot | undefined;
    this.#handlers.onPoint(seq ?? seqOf(root?.activeElement ?? null, ':focus-visible'));
  }

  #onScroll(): void {
    clearTimeout(this.#press);
    this.#point(null);
  }

  readonly #onOver = ({ target, pointerType }: PointerEvent): void => {
    if (pointerType !== 'touch') this.#point(seqOf(target));
  };

  readonly #onDown = ({ target, pointerType, clientX, clientY }: PointerEvent): void => {
    const seq = seqOf(target);
    if (pointerType !== 'touch' || seq === null) return;
    this.#pressedAt = { x: clientX, y: clientY };
    this.#press = setTimeout(() => {
      // The browser may have started to select a word.
      getSelection()?.removeAllRanges();
      this.#handlers.onMenu(seq);
    }, LONG_PRESS_MS);
  };

  readonly #onMove = ({ clientX, clientY }: PointerEvent): void => {
    const { x, y } = this.#pressedAt;
    if (Math.hypot(clientX - x, clientY - y) > STILL_PX) clearTimeout(this.#press);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const scroller = this.#scroller;
    const target = event.target as HTMLElement;
    const isRow = target.matches('.row');
    // Links and buttons in a message keep their own keys.
    if (!scroller || (!isRow && target !== scroller)) return;
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-seq]')];
    const at = isRow ? rows.indexOf(target) : rows.length;
    const to: Readonly<Record<string, number | undefined>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      ...(isRow && { Home: 0, End: rows.length - 1 }),
    };
    const next = to[event.key];
    const seq = seqOf(target);
    if (next !== undefined) rows[next]?.focus();
    else if (seq !== null && opensMenu(event)) this.#handlers.onMenu(seq);
    else if (isRow && event.key === 'Escape') this.#handlers.onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const opensMenu = ({ key, shiftKey }: KeyboardEvent): boolean =>
  ['Enter', ' ', 'ContextMenu'].includes(key) || (key === 'F10' && shiftKey);

/** The `seq` of the message around `target`, if the room has it and its row matches `filter`. */
function seqOf(target: EventTarget | null, filter = '*'): number | null {
  const row = (target as Element | null)?.closest<HTMLElement>('[data-seq]');
  return row?.matches(filter) ? Number(row.dataset['seq']) : null;
}
