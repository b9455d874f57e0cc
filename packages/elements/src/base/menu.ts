// A menu that opens from a button, with arrow keys, Home, End and Escape. Focus returns to the button.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

type MenuHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode & Node };

/**
 * Tracks which menu of an element is open, and handles its keyboard. In the template, bind
 * `aria-expanded` to `isOpen(name)`, `@click` to `toggle(name)`, and `@keydown=${menu.onKeydown}` on an
 * element around both.
 */
export class MenuController implements ReactiveController {
  readonly #host: MenuHost;
  #open: string | null = null;
  #stop: AbortController | null = null;

  constructor(host: MenuHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#listen(false);
    this.#open = null;
  }

  isOpen(name: string): boolean {
    return this.#open === name;
  }

  /** Opens the menu and focuses its checked or first item; closes it if it is open. */
  async toggle(name: string): Promise<void> {
    if (this.#open === name) return this.close();
    this.#open = name;
    this.#listen(true);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const items = this.#items();
    (items.find((item) => item.ariaChecked === 'true') ?? items[0])?.focus();
  }

  /** Closes the open menu and focuses its button. */
  async close(): Promise<void> {
    const name = this.#open;
    if (name === null) return;
    this.#dismiss();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(`[data-menu="${name}"]`)?.focus();
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (this.#open === null) return;
    const items = this.#items();
    const at = items.indexOf(event.target as HTMLElement);
    const to: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at < 0 ? -1 : at - 1,
      ArrowLeft: at < 0 ? -1 : at - 1,
      Home: 0,
      End: -1,
    };
    const next = to[event.key];
    if (event.key === 'Escape') void this.close();
    else if (event.key === 'Tab') return this.#dismiss();
    else if (next === undefined) return;
    else items.at(next === items.length ? 0 : next)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  #items(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  }

  #dismiss(): void {
    this.#open = null;
    this.#listen(false);
    this.#host.requestUpdate();
  }

  #listen(on: boolean): void {
    this.#stop?.abort();
    if (!on) return;
    const { signal } = (this.#stop = new AbortController());
    this.#host.ownerDocument.addEventListener('pointerdown', this.#onPointerDown, { signal });
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    const { renderRoot } = this.#host;
    const inside = event
      .composedPath()
      .some(
        (target) =>
          target instanceof HTMLElement &&
          target.dataset['menuRoot'] !== undefined &&
          renderRoot.contains(target),
      );
    if (!inside) this.#dismiss();
  };
}
