// <rtc-chat-log>: what was said, newest at the end.
import type { ChatEntry, ChatMessageEvent, Room, RoomState } from '@rtc-elements/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';

import { icon } from '../../base/icon.js';
import { ArrowDown } from '../../base/icons.js';
import { RtcElement } from '../../base/rtc-element.js';
import { enChat } from '../../i18n/en-chat.js';
import { languageOf } from '../../i18n/language-of.js';
import { type ChatRow, layOutRows } from './chat-rows.js';
import { moveDivider } from './new-divider.js';
import { renderRow, type RowTools } from './render-row.js';
import { chatLogStyles } from './rtc-chat-log.styles.js';
import { createWhen } from './when.js';

/** How many of the last live lines the live region holds, so that a quick series is read whole. */
const ANNOUNCED = 4;

/** Older lines are fetched, and the log counts as at its end, this close to the edge of the view. */
const MARGINS = '400px 0px 40px';

/** What comes later than the log, and draws into it. */
export interface MessageTools extends RowTools {
  /** Changes when there may be something to draw anew. */
  readonly version: number;
  /** Looks at what the log is about to show. */
  take(snapshot: RoomState): void;
  /** Goes to a line, loading it if need be; `false`: it could not be had. */
  reveal(seq: number): Promise<boolean>;
}

/**
 * What was said in the room: days, people, links, and what is still on its way. Scrolling up fetches
 * older lines. Lines of others that arrive live are announced to screen readers.
 *
 * @summary The messages of a room.
 * @tag rtc-chat-log
 *
 * @slot empty - What stands here while nobody has written yet.
 *
 * @fires rtc-request - Asks for history, or for a failed line to be sent again or discarded.
 *
 * @csspart scroller - What scrolls.
 * @csspart day - A day separator.
 * @csspart divider - The "New" line.
 * @csspart message - One line, with the person's initials and name if it is the first of a group.
 * @csspart own - Beside `message`: written here.
 * @csspart pending - Beside `message`: on its way to the room.
 * @csspart failed - Beside `message`: refused by the room.
 * @csspart avatar - The initials.
 * @csspart author - The name.
 * @csspart time - The time.
 * @csspart text - What was written.
 * @csspart link - A link in it.
 * @csspart deleted - In place of what was taken back.
 * @csspart quote - What a line answers.
 * @csspart edited - The mark of a line whose text was changed.
 * @csspart reactions - The reactions to a line.
 * @csspart reaction - Each of them.
 * @csspart mine - Beside `reaction`: ours is among them.
 * @csspart seen - Who has read our last line.
 * @csspart toolbar - What can be done with a line, while it is pointed at.
 * @csspart line-menu - The menu of a line.
 * @csspart problem - Why a line failed, with its buttons.
 * @csspart empty - What stands here while nobody has written yet.
 * @csspart jump - The button to the end of the log.
 */
export class RtcChatLog extends RtcElement {
  static override styles = [RtcElement.styles, chatLogStyles];
  static override words = enChat;

  /** The end of the log is in view of its scroller. */
  @state() private atEnd = true;
  /** What lines have beyond their text, once it is here. @internal */
  @property({ attribute: false }) tools: MessageTools | null = null;
  @state() private announced: readonly ChatEntry[] = [];

  @query('.scroller') private readonly scroller!: HTMLElement;
  @query('.start') private readonly start!: HTMLElement;

  #room: Room | null = null;
  #isOnScreen = false;
  #isLoading = false;
  #wasUnread = 0;
  #newAfter: number | null = null;
  #oldestKey: ChatRow['key'] | undefined;
  #lastOwnKey: ChatRow['key'] | undefined;
  #rows: readonly ChatRow[] = [];
  #rowsOf: readonly unknown[] = [];
  #when = createWhen(undefined);
  /** Watches both ends of the log within the scroller. */
  #edges: IntersectionObserver | null = null;
  /** Watches the log on the screen. */
  #screen: IntersectionObserver | null = null;

  /** Goes to the newest line. */
  scrollToEnd(): void {
    // The scroller is reversed: its origin is its end.
    this.scroller.scrollTop = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    if (this.hasUpdated) this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#edges?.disconnect();
    this.#screen?.disconnect();
    this.#isOnScreen = false;
    this.rtc.shared?.visibleLogs.delete(this);
    this.#listenTo(null);
  }

  protected override takeState(snapshot: RoomState): void {
    this.#listenTo(this.rtc.room);
    const language = languageOf(this);
    if (language !== this.#when.language) this.#when = createWhen(language);
    const { shared } = this.rtc;
    if (!shared) return;
    if (this.#isOnScreen) shared.visibleLogs.add(this);
    else shared.visibleLogs.delete(this);
    const seen = this.atEnd && this.#isOnScreen && document.visibilityState === 'visible';
    const { entries } = snapshot.chat;
    const user = snapshot.you?.user ?? null;
    const facts = { entries, user, unread: shared.unread, wasUnread: this.#wasUnread, seen };
    this.#newAfter = moveDivider(this.#newAfter, facts);
    if (seen) shared.markRead();
    this.#wasUnread = shared.unread;
    this.tools?.take(snapshot);
    const rowsOf = [entries, user, this.#newAfter];
    if (rowsOf.some((value, index) => value !== this.#rowsOf[index])) {
      this.#rowsOf = rowsOf;
      this.#rows = layOutRows(entries, { user, newAfter: this.#newAfter });
    }
  }

  override render(): TemplateResult {
    return html`
      <div
        part="scroller"
        class="scroller"
        role="log"
        aria-live="off"
        aria-label=${this.t('chatLog')}
        tabindex="0"
      >
        <div class=${this.#rows.length > 0 ? 'list' : 'list blank'}>
          <div class="edge start"></div>
          ${
            this.#rows.length > 0
              ? this.#renderRows()
              : html`<div part="empty" class="empty">
                  <slot name="empty">${this.t('chatEmpty')}</slot>
                </div>`
          }
          <div class="edge end"></div>
        </div>
      </div>
      <button
        part="jump"
        class=${this.#wasUnread > 0 ? 'jump primary' : 'jump plain bare'}
        ?hidden=${this.atEnd}
        aria-label=${this.#wasUnread > 0 ? nothing : this.t('chatToEnd')}
        @click=${this.#onJump}
      >
        ${icon(ArrowDown)}${this.#wasUnread > 0 ? this.t('chatNewMessages') : nothing}
      </button>
      <rtc-chat-tools exportparts="toolbar, line-menu" .log=${this}></rtc-chat-tools>
      <div class="quiet" aria-live="polite">
        ${repeat(
          this.announced,
          (entry) => entry.seq,
          ({ name, text }) => html`<p>${this.t('saidMessage', { name, text })}</p>`,
        )}
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.#observe();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const oldest = this.#rows[0]?.key;
    const last = this.#rows.at(-1);
    // An observer reports a change: while the start stays in view after a page, it must be asked anew.
    if (oldest !== this.#oldestKey && !this.#isLoading) this.#watchStart();
    this.#oldestKey = oldest;
    if (last?.own && last.key !== this.#lastOwnKey) this.scrollToEnd();
    this.#lastOwnKey = last?.own ? last.key : undefined;
  }

  #renderRows(): unknown {
    const today = Date.now();
    const { tools } = this;
    const words = {
      tools,
      when: this.#when,
      today,
      t: this.t.bind(this),
      onRetry: (id: string) => void this.rtc.request({ do: 'retry-message', id }),
      onDiscard: (id: string) => void this.rtc.request({ do: 'discard-message', id }),
    };
    const day = new Date(today).toDateString();
    return guard([this.#rows, this.#when, day, tools?.version], () =>
      repeat(
        this.#rows,
        (row) => row.key,
        (row) =>
          guard(
            [
              row.entry,
              row.head,
              row.newDay && day,
              row.firstNew,
              this.#when,
              ...(tools?.stamps(row) ?? []),
            ],
            () => renderRow(row, words),
          ),
      ),
    );
  }

  #observe(): void {
    this.#edges = new IntersectionObserver(this.#onEdges, {
      root: this.scroller,
      rootMargin: MARGINS,
    });
    for (const edge of this.renderRoot.querySelectorAll('.edge')) this.#edges.observe(edge);
    this.#screen = new IntersectionObserver(this.#onScreen);
    this.#screen.observe(this);
  }

  #watchStart(): void {
    this.#edges?.unobserve(this.start);
    this.#edges?.observe(this.start);
  }

  #listenTo(room: Room | null): void {
    if (room === this.#room) return;
    this.#room?.removeEventListener('message', this.#onMessage);
    this.#room = room;
    room?.addEventListener('message', this.#onMessage);
  }

  async #loadOlder(): Promise<void> {
    const snapshot = this.rtc.state;
    if (this.#isLoading || !snapshot?.chat.more || snapshot.connection !== 'connected') return;
    this.#isLoading = true;
    const outcome = await this.rtc.request({ do: 'load-history' });
    this.#isLoading = false;
    if (outcome === 'done') this.#watchStart();
  }

  readonly #onEdges = (reports: readonly IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting, rootBounds } of reports) {
      // A log that is not shown has no ends.
      if (!rootBounds?.height) continue;
      if (target !== this.start) this.atEnd = isIntersecting;
      else if (isIntersecting) void this.#loadOlder();
    }
  };

  readonly #onScreen = (reports: readonly IntersectionObserverEntry[]): void => {
    this.#isOnScreen = reports.at(-1)?.isIntersecting ?? false;
    this.requestUpdate();
  };

  readonly #onVisibility = (): void => this.requestUpdate();

  readonly #onMessage = ({ message }: ChatMessageEvent): void => {
    if (message.user === this.rtc.state?.you?.user) return;
    this.announced = [...this.announced, message].slice(-ANNOUNCED);
  };

  readonly #onJump = (): void => {
    this.scrollToEnd();
    // The button is about to hide: the focus must not fall to the page.
    this.scroller.focus({ preventScroll: true });
  };
}
