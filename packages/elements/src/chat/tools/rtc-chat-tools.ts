// <rtc-chat-tools>: toolbar and menu of the message that is pointed at.
import type { ChatEntry } from '@rtc-elements/core';
import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { MenuController } from '../../base/menu.js';
import { RtcElement } from '../../base/rtc-element.js';
import { enChat } from '../../i18n/en-chat.js';
import { MessagePointer } from '../log/message-pointer.js';
import type { RtcChatLog } from '../log/rtc-chat-log.js';
import { renderAsk, renderMenu, renderToolbar, type ToolContext } from './message-menu.js';
import { rightsTo } from './message-rights.js';
import { placeFloat } from './place-float.js';
import { toolStyles } from './rtc-chat-tools.styles.js';

/** The name of the only menu, for the menu controller. */
const MENU = 'message';

/**
 * One toolbar floats above the log: a thousand messages share it, and rows with `content-visibility`
 * would clip it.
 *
 * @summary The toolbar and menu of a message. Used by `<rtc-chat-log>`; pages do not need it.
 * @tag rtc-chat-tools
 *
 * @csspart toolbar - The toolbar of the message that is pointed at.
 * @csspart message-menu - The menu of a message.
 */
export class RtcChatTools extends RtcElement {
  static override styles = [RtcElement.styles, toolStyles];
  static override words = enChat;

  /** The enclosing log. */
  @property({ attribute: false }) log: RtcChatLog | null = null;

  /** The `seq` of the message that is pointed at, by pointer or focus. */
  @state() private seq: number | null = null;
  /** Whether the confirmation before deleting is open. */
  @state() private isAsking = false;

  @query('.float') private readonly float!: HTMLElement | null;

  #marked: HTMLElement | null = null;
  readonly #menu = new MenuController(this);
  readonly #pointer = new MessagePointer({
    onPoint: (seq) => this.#point(seq),
    onMenu: (seq) => void this.#openMenu(seq),
    onLeave: () => this.log?.renderRoot.querySelector<HTMLElement>('.scroller')?.focus(),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pointer.stop();
  }

  /** Numbers of messages mean nothing in another room: a question whether to delete one least of all. */
  protected override roomChanged(): void {
    this.seq = null;
    this.isAsking = false;
    void this.#menu.close();
  }

  protected override render(): unknown {
    const entry = this.rtc.state?.chat.entries.find(({ seq }) => seq !== null && seq === this.seq);
    return entry ? this.#renderFloat(entry) : nothing;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const scroller = this.log?.renderRoot.querySelector<HTMLElement>('.scroller');
    if (scroller) this.#pointer.watch(scroller);
    this.#place();
    this.#mark();
    // The question can be answered on the keyboard as well.
    if (changed.has('isAsking') && this.isAsking) this.#focusIn('.keep');
  }

  #renderFloat(entry: ChatEntry): unknown {
    const you = this.rtc.state?.you ?? null;
    const rights = rightsTo(entry, you);
    if (!rights.answer) return nothing;
    const seq = entry.seq ?? 0;
    const context: ToolContext = {
      t: this.t.bind(this),
      user: you?.user,
      rights,
      onReact: (emoji, on) =>
        this.#finish(() => void this.log?.ask({ do: 'react', seq, emoji, on })),
      onReply: () => this.#finish(() => this.rtc.shared?.setTarget({ entry, edits: false }), false),
      onEdit: () => this.#finish(() => this.rtc.shared?.setTarget({ entry, edits: true }), false),
      onMenu: (first) => void this.#openMenu(seq, first),
      onAsk: () => this.#finish(() => (this.isAsking = true), false),
      onKeep: () => this.#finish(() => undefined),
      onDelete: () => this.#finish(() => void this.log?.ask({ do: 'delete-message', seq })),
    };
    const content = this.isAsking
      ? renderAsk(context)
      : this.#menu.isOpen(MENU)
        ? renderMenu(entry, context)
        : renderToolbar(context);
    return html`<div class="float" data-menu-root @keydown=${this.#onKeydown}>${content}</div>`;
  }

  #place(): void {
    const { float, log } = this;
    const row = this.#rowOf(this.seq);
    if (!float || !log || !row) return;
    const top = placeFloat({
      log: log.getBoundingClientRect(),
      row: row.getBoundingClientRect(),
      floatHeight: float.offsetHeight,
      isToolbar: !this.isAsking && !this.#menu.isOpen(MENU),
    });
    float.style.setProperty('--at', `${top}px`);
  }

  /** Marks the message that an open menu or question refers to. */
  #mark(): void {
    const isBusy = this.isAsking || this.#menu.isOpen(MENU);
    const row = isBusy ? this.#rowOf(this.seq) : null;
    if (row === this.#marked) return;
    this.#marked?.removeAttribute('data-meant');
    row?.setAttribute('data-meant', '');
    this.#marked = row;
  }

  #point(seq: number | null): void {
    if (this.#menu.isOpen(MENU) || this.isAsking) return this.#place();
    if (seq === this.seq) this.#place();
    this.seq = seq;
  }

  async #openMenu(seq: number, first?: string): Promise<void> {
    this.isAsking = false;
    if (this.log) this.log.failure = '';
    this.seq = seq;
    if (!this.#menu.isOpen(MENU)) await this.#menu.toggle(MENU);
    if (first) this.#focusIn(first);
  }

  #focusIn(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** Closes the menu, returns focus to the message unless `goesBack` is `false`, and calls `what`. */
  #finish(what: () => unknown, goesBack = true): void {
    this.isAsking = false;
    if (this.#menu.isOpen(MENU)) void this.#menu.close();
    if (goesBack) this.#rowOf(this.seq)?.focus({ preventScroll: true });
    what();
  }

  #rowOf(seq: number | null): HTMLElement | null {
    return this.log?.renderRoot.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? null;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return this.#menu.onKeydown(event);
    // An enclosing panel would close as well.
    event.preventDefault();
    event.stopPropagation();
    this.#finish(() => undefined);
  };
}
