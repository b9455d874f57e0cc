// <rtc-chat-search>: searches all messages that the room keeps.
import type { ChatMessage } from '@rtc-elements/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { icon } from '../../base/icon.js';
import { Search } from '../../base/icons/chat.js';
import { RtcElement } from '../../base/rtc-element.js';
import { CalendarController } from '../../i18n/calendar-controller.js';
import { enChat } from '../../i18n/en-chat.js';
import { NamingElement } from '../../names/naming-element.js';
import { chatSearchStyles } from './rtc-chat-search.styles.js';
import { splitByQuery } from './split-by-query.js';

/** The number of results per page. */
const PAGE = 20;

/**
 * A button that opens a search field over the log. Results are listed below it, newest first; a click
 * scrolls the log to the message.
 *
 * @summary Searches the messages of a chat. Used by `<rtc-chat>`; pages do not need it.
 * @tag rtc-chat-search
 *
 * @fires rtc-request - `search-messages`.
 *
 * @csspart search - The open panel with field and results.
 */
export class RtcChatSearch extends NamingElement {
  static override styles = [RtcElement.styles, chatSearchStyles];
  static override words = enChat;

  /** Scrolls to a message of the log. Resolves with `false` if it is too far back. */
  @property({ attribute: false }) reveal: ((seq: number) => Promise<boolean>) | null = null;

  @state() private isOpen = false;
  /** Newest first; `null` before the first search. */
  @state() private found: readonly ChatMessage[] | null = null;
  @state() private hasMore = false;
  @state() private problem = '';
  /** A result that is too far back to scroll to, and is shown in full instead. */
  @state() private farSeq: number | null = null;

  @query('input') private readonly field!: HTMLInputElement | null;

  #query = '';
  readonly #calendar = new CalendarController(this, () => this.found !== null);

  override render(): unknown {
    const connection = this.rtc.state?.connection;
    if (connection !== 'connected' && connection !== 'reconnecting') return nothing;
    const label = this.t(this.isOpen ? 'searchClose' : 'searchOpen');
    return html`<button
        type="button"
        class="toggle"
        aria-expanded=${this.isOpen}
        aria-label=${label}
        title=${label}
        @click=${() => this.#toggle()}
      >
        ${icon(Search)}
      </button>
      ${this.isOpen ? this.#renderPanel() : nothing}`;
  }

  protected override roomChanged(): void {
    this.isOpen = false;
    this.found = null;
    this.hasMore = false;
    this.problem = '';
    this.farSeq = null;
    // The answer to a search that is under way is for the former room.
    this.#query = '';
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!changed.has('isOpen')) return;
    const { parentElement: header } = this;
    if (header) this.style.setProperty('--top', `${header.offsetHeight}px`);
    if (this.isOpen) this.field?.focus();
  }

  #renderPanel(): TemplateResult {
    const count = this.found?.length ?? 0;
    const key = count === 0 ? 'searchNone' : this.hasMore ? 'searchNewest' : 'searchFound';
    const words = this.problem || (this.found ? this.t(key, { count }) : '');
    return html`<div part="search" class="panel" @keydown=${this.#onKeydown}>
      <form role="search" @submit=${this.#onSubmit}>
        <input
          class="field"
          type="search"
          maxlength="128"
          enterkeyhint="search"
          autocomplete="off"
          dir="auto"
          aria-label=${this.t('searchOpen')}
          placeholder=${this.t('searchField')}
        />
        <button class="primary" aria-label=${this.t('searchGo')}>${icon(Search)}</button>
      </form>
      <p class="count" role="status" ?hidden=${!words}>${words}</p>
      <ul>
        ${repeat(
          this.found ?? [],
          ({ seq }) => seq,
          (message) => this.#renderResult(message),
        )}
      </ul>
      ${
        this.hasMore
          ? html`<button type="button" class="plain more" @click=${() => this.#search(true)}>
              ${this.t('searchMore')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderResult(message: ChatMessage): TemplateResult {
    const { seq, at, text } = message;
    const isFar = this.farSeq === seq;
    const { when, today } = this.#calendar;
    return html`<li>
      <button
        type="button"
        class=${isFar ? 'result far' : 'result'}
        @click=${() => this.#goTo(seq)}
      >
        <span class="meta">
          <bdi>${this.nameOf(message)}</bdi>
          <time datetime=${new Date(at).toISOString()} title=${when.full(at)}
            >${when.day(at, today)}, ${when.time(at)}</time
          >
        </span>
        <span class="text" dir="auto"
          >${splitByQuery(text, this.#query).map(({ text: piece, hit }) =>
            hit ? html`<mark>${piece}</mark>` : piece,
          )}</span
        >
      </button>
      ${isFar ? html`<p class="note" role="status">${this.t('searchFar')}</p>` : nothing}
    </li>`;
  }

  #toggle(): void {
    this.isOpen = !this.isOpen;
    this.found = null;
    this.problem = '';
    this.hasMore = false;
    if (!this.isOpen) this.renderRoot.querySelector<HTMLElement>('.toggle')?.focus();
  }

  async #search(older = false): Promise<void> {
    const query = older ? this.#query : (this.field?.value.trim() ?? '');
    const before = older ? this.found?.at(-1)?.seq : undefined;
    if (query === '') return;
    this.#query = query;
    this.problem = '';
    this.farSeq = null;
    const { shared } = this.rtc;
    const outcome = await this.rtc.request({
      do: 'search-messages',
      query,
      limit: PAGE,
      ...(before && { before }),
    });
    // Another search has started in the meantime, or another room is shown.
    if (query !== this.#query || !this.isOpen || shared !== this.rtc.shared) return;
    if (outcome.status === 'failed') this.problem = outcome.error.message;
    if (outcome.status !== 'done') return;
    const { messages, more } = outcome.value;
    const kept = older ? (this.found ?? []) : [];
    this.found = [...kept, ...[...messages].reverse()];
    this.hasMore = more;
  }

  async #goTo(seq: number): Promise<void> {
    if (await this.reveal?.(seq)) {
      this.isOpen = false;
      this.found = null;
    } else this.farSeq = seq;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#search();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#toggle();
  };
}
