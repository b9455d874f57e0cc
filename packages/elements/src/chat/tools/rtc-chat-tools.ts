// <rtc-chat-tools>: what can be done with a line of the log, and what a line shows beyond its text.
import type { ChatEntry, RoomState } from '@rtc-elements/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { MenuController } from '../../base/menu.js';
import { RtcElement } from '../../base/rtc-element.js';
import { enLines } from '../../i18n/en-lines.js';
import { languageOf } from '../../i18n/language-of.js';
import type { RtcAction } from '../../session/requests.js';
import type { ChatRow } from '../log/chat-rows.js';
import { MessagePointer } from '../log/message-pointer.js';
import { reveal } from '../log/reveal-message.js';
import type { MessageTools, RtcChatLog } from '../log/rtc-chat-log.js';
import { createWhen } from '../log/when.js';
import { renderAsk, renderMenu, renderToolbar, type ToolWords } from './message-menu.js';
import { rightsTo } from './message-rights.js';
import {
  type ExtraWords,
  hasReactions,
  renderEdited,
  renderQuote,
  renderReactions,
  renderSeen,
} from './row-extras.js';
import { rowExtraStyles, toolStyles } from './rtc-chat-tools.styles.js';
import { type Seen, seenBy } from './seen-by.js';

/** The name under which the menu controller knows the one menu. */
const MENU = 'line';

/**
 * Draws into the log that it stands in, so that the log itself is soon there. Its toolbar floats: a
 * thousand lines have one between them, and rows that are not drawn yet would cut it off.
 *
 * @summary What can be done with a line of the chat. Part of `<rtc-chat-log>`; a page need not use it.
 * @tag rtc-chat-tools
 *
 * @fires rtc-request - Asks for a line to be reacted to or deleted, or for older lines.
 *
 * @csspart toolbar - What can be done with a line, while it is pointed at.
 * @csspart line-menu - The menu of a line.
 */
export class RtcChatTools extends RtcElement implements MessageTools {
  static override styles = [RtcElement.styles, toolStyles];
  static override words = enLines;

  /** The log that it stands in. */
  @property({ attribute: false }) log: RtcChatLog | null = null;

  /** The line that is pointed at, by pointer or focus. */
  @state() private seq: number | null = null;
  /** Whether we are asking if it is to be deleted. */
  @state() private isAsking = false;
  @state() private failure = '';

  @query('.float') private readonly float!: HTMLElement | null;

  /** @internal */
  version = 0;
  #entries: readonly ChatEntry[] = [];
  #bySeq: ReadonlyMap<number | null, ChatEntry> = new Map();
  #snapshot: RoomState | null = null;
  #seen: Seen | null = null;
  #extras: ExtraWords | null = null;
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

  /** @internal */
  take(snapshot: RoomState): void {
    const { chat, peers, you } = snapshot;
    const before = this.#snapshot;
    if (before && before.chat === chat && before.peers === peers && before.you === you) return;
    this.#snapshot = snapshot;
    this.version += 1;
    if (chat.entries !== this.#entries) {
      this.#entries = chat.entries;
      this.#bySeq = new Map(chat.entries.map((entry) => [entry.seq, entry]));
    }
    const seen = seenBy(chat.entries, peers, you?.user);
    if (seen?.seq !== this.#seen?.seq || String(seen?.names) !== String(this.#seen?.names))
      this.#seen = seen;
    const user = you?.user;
    const language = this.log ? languageOf(this.log) : undefined;
    const when = this.#extras?.when;
    this.#extras = {
      when: when && when.language === language ? when : createWhen(language),
      user,
      t: this.t.bind(this),
      nameOf: (id) => this.#nameOf(id),
      onReveal: (seq) => void this.#goTo(seq),
      onReact: (seq, emoji, on) => void this.#do({ do: 'react', seq, emoji, on }),
    };
  }

  /** @internal */
  stamps({ entry: { seq, replyTo } }: ChatRow): readonly unknown[] {
    return [replyTo && this.#bySeq.get(replyTo), seq === this.#seen?.seq && this.#seen];
  }

  /** @internal */
  above({ entry: { replyTo, deleted } }: ChatRow): unknown {
    if (!replyTo || deleted || !this.#extras) return nothing;
    return renderQuote(replyTo, this.#bySeq.get(replyTo), this.#extras);
  }

  /** @internal */
  below({ entry }: ChatRow): unknown {
    const words = this.#extras;
    if (!words || entry.seq === null) return nothing;
    const seen = this.#seen?.seq === entry.seq ? this.#seen : null;
    return html`${entry.editedAt && !entry.deleted ? renderEdited(entry.editedAt, words) : nothing}
    ${hasReactions(entry) ? renderReactions(entry, words) : nothing}
    ${seen ? renderSeen(seen, words) : nothing}`;
  }

  /** @internal */
  reveal(seq: number): Promise<boolean> {
    const { log } = this;
    return log ? reveal(log, seq, () => this.#loadOlder()) : Promise.resolve(false);
  }

  protected override willUpdate(): void {
    const { log } = this;
    if (!log || log.tools === this) return;
    const root = log.renderRoot as ShadowRoot;
    const { styleSheet } = rowExtraStyles;
    if (styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
    log.tools = this;
  }

  override render(): TemplateResult {
    const entry = this.#bySeq.get(this.seq);
    return html`${entry ? this.#renderFloat(entry) : nothing}
      <p class="failure" role="alert" ?hidden=${!this.failure}>${this.failure}</p>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const scroller = this.log?.renderRoot.querySelector<HTMLElement>('.scroller');
    if (scroller) this.#pointer.watch(scroller);
    this.#place();
    this.#mark();
    // What is asked is answered on the keyboard as well.
    if (changed.has('isAsking') && this.isAsking) this.#focusIn('.keep');
  }

  #renderFloat(entry: ChatEntry): unknown {
    const rights = rightsTo(entry, this.#snapshot?.you ?? null);
    if (!rights.answer) return nothing;
    const words: ToolWords = {
      t: this.t.bind(this),
      user: this.#extras?.user,
      rights,
      isOpen: this.#menu.isOpen(MENU),
      onReact: (emoji, on) =>
        this.#finish(() => this.#do({ do: 'react', seq: entry.seq ?? 0, emoji, on })),
      onReply: () => this.#finish(() => this.rtc.shared?.setTarget({ entry, edits: false }), false),
      onEdit: () => this.#finish(() => this.rtc.shared?.setTarget({ entry, edits: true }), false),
      onMenu: (first) => void this.#openMenu(entry.seq ?? 0, first),
      onAsk: () => this.#finish(() => (this.isAsking = true), false),
      onKeep: () => this.#finish(() => undefined),
      onDelete: () => this.#finish(() => this.#do({ do: 'delete-message', seq: entry.seq ?? 0 })),
    };
    const content = this.isAsking
      ? renderAsk(words)
      : words.isOpen
        ? renderMenu(entry, words)
        : renderToolbar(words);
    return html`<div class="float" data-menu-root @keydown=${this.#onKeydown}>${content}</div>`;
  }

  /** Over the edge of its line; what is open stands under it or above. Within the log, always. */
  #place(): void {
    const { float, log } = this;
    const row = this.#rowOf(this.seq)?.getBoundingClientRect();
    if (!float || !log || !row) return;
    const box = log.getBoundingClientRect();
    const isSmall = !this.isAsking && !this.#menu.isOpen(MENU);
    const most = box.height - float.offsetHeight - 4;
    const under = row.bottom - box.top + 4;
    const above = row.top - box.top - (isSmall ? 14 : float.offsetHeight + 4);
    const wanted = isSmall || under > most ? above : under;
    float.style.setProperty('--at', `${Math.max(4, Math.min(wanted, most))}px`);
  }

  /** Says which line an open menu, or the question, is about. */
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
    this.failure = '';
    this.seq = seq;
    if (!this.#menu.isOpen(MENU)) await this.#menu.toggle(MENU);
    if (first) this.#focusIn(first);
  }

  #focusIn(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** The menu goes, focus goes back to the line unless it is wanted elsewhere, and `what` is done. */
  #finish(what: () => unknown, goesBack = true): void {
    this.isAsking = false;
    if (this.#menu.isOpen(MENU)) void this.#menu.close();
    if (goesBack) this.#rowOf(this.seq)?.focus({ preventScroll: true });
    what();
  }

  async #do(action: RtcAction): Promise<void> {
    this.failure = '';
    const outcome = await this.rtc.request(action);
    if (outcome instanceof Error) this.failure = this.t('lineFailed', { why: outcome.message });
  }

  async #goTo(seq: number): Promise<void> {
    this.failure = (await this.reveal(seq)) ? '' : this.t('lineNotFound');
  }

  async #loadOlder(): Promise<boolean> {
    if (!this.rtc.state?.chat.more) return false;
    return (await this.rtc.request({ do: 'load-history' })) === 'done';
  }

  /** From who is here, else from what was written. */
  #nameOf(user: string): string {
    const { peers = [], you } = this.#snapshot ?? {};
    if (user === you?.user) return you.name;
    const known = peers.find((peer) => peer.user === user);
    return (known ?? this.#entries.findLast((entry) => entry.user === user))?.name ?? '…';
  }

  #rowOf(seq: number | null): HTMLElement | null {
    return this.log?.renderRoot.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? null;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return this.#menu.onKeydown(event);
    // It is ours: a panel around must not close as well.
    event.preventDefault();
    event.stopPropagation();
    this.#finish(() => undefined);
  };
}
