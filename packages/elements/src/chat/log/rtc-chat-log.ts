// <rtc-chat-log>: the messages of a room, newest last.
import type { ChatEntry, ChatMessageEvent, Room, RoomState } from '@rtc-elements/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';

import { avatarStyles } from '../../base/avatar-styles.js';
import { icon } from '../../base/icon.js';
import { ArrowDown } from '../../base/icons/chat.js';
import { RtcElement } from '../../base/rtc-element.js';
import { CalendarController } from '../../i18n/calendar-controller.js';
import { enChat } from '../../i18n/en-chat.js';
import { lazyFiles } from '../../lazy/lazy-files.js';
import { NamingElement } from '../../names/naming-element.js';
import type { RtcAction } from '../../session/requests/request-map.js';
import { lazyLinks } from '../links/lazy-links.js';
import { type ChatRow, layOutRows } from './chat-rows.js';
import { LongTexts, textKeyOf } from './long-texts.js';
import { LogView } from './log-view.js';
import { MessageExtras } from './message-extras.js';
import { moveDivider } from './new-divider.js';
import { renderRow } from './render-row.js';
import { revealMessage } from './reveal-message.js';
import { rowExtraStyles } from './row-extras.styles.js';
import { chatLogStyles } from './rtc-chat-log.styles.js';

/** How many recent messages the live region holds, so that several in a row are all read. */
const ANNOUNCED = 4;

/**
 * The messages of a room, grouped by day and person, including those still being sent. Scrolling up
 * fetches older ones. New messages of others are announced to screen readers.
 *
 * @summary The messages of a room.
 * @tag rtc-chat-log
 *
 * @slot empty - Shown while there are no messages.
 *
 * @fires rtc-request - Requests older messages, a reaction, or to retry or discard a failed message.
 *
 * @csspart scroller - The scroll container.
 * @csspart day - A day separator.
 * @csspart divider - The "New" divider.
 * @csspart message - A message, with initials and name if it is the first of a group.
 * @csspart own - In addition to `message`: written by the local user.
 * @csspart pending - In addition to `message`: being sent.
 * @csspart failed - In addition to `message`: refused by the room.
 * @csspart avatar - The initials.
 * @csspart author - The name.
 * @csspart time - The time.
 * @csspart text - The text of a message.
 * @csspart show-more - The button that shows a long text in full, or folds it again.
 * @csspart link - A link in the text.
 * @csspart deleted - The note in place of a deleted message.
 * @csspart quote - The message that is answered.
 * @csspart edited - The mark of an edited message.
 * @csspart reactions - The reactions to a message.
 * @csspart reaction - Each reaction.
 * @csspart mine - In addition to `reaction`: the local user is among them.
 * @csspart seen - Who has read the local user's last message.
 * @csspart toolbar - The toolbar of the message that is pointed at.
 * @csspart message-menu - The menu of a message.
 * @csspart file - A file that somebody has sent.
 * @csspart problem - Why a message failed, with buttons to retry or discard it.
 * @csspart empty - The note while there are no messages.
 * @csspart jump - The button that scrolls to the end.
 */
export class RtcChatLog extends NamingElement {
  static override styles = [RtcElement.styles, avatarStyles, chatLogStyles, rowExtraStyles];
  static override words = enChat;

  @state() private announced: readonly ChatEntry[] = [];
  /** Why the last request from this log failed. @internal */
  @state() failure = '';

  @query('.scroller') private readonly scroller!: HTMLElement;

  #room: Room | null = null;
  #isLoading = false;
  #wasUnread = 0;
  #newAfter: number | null = null;
  #oldestKey: ChatRow['key'] | undefined;
  #lastOwnKey: ChatRow['key'] | undefined;
  #rows: readonly ChatRow[] = [];
  #rowsOf: readonly unknown[] = [];
  readonly #calendar = new CalendarController(this, () => this.#rows.length > 0);
  readonly #view = new LogView(this, () => void this.#loadOlder());
  readonly #texts = new LongTexts(this);
  readonly #extras = new MessageExtras({
    t: this.t.bind(this),
    labelOf: this.nameOf.bind(this),
    onReveal: (seq) => void this.#goTo(seq),
    onReact: (seq, emoji, on) => void this.ask({ do: 'react', seq, emoji, on }),
  });

  /** Scrolls to the newest message. */
  scrollToEnd(): void {
    // The scroller is reversed: its origin is the end of the log.
    this.scroller.scrollTop = 0;
  }

  /**
   * Scrolls to a message, loading it if necessary. Resolves with `false` if it was not found. @internal
   */
  reveal(seq: number): Promise<boolean> {
    this.#texts.toggle(seq, true);
    return revealMessage(this, seq, () => this.#loadOlder());
  }

  /** Makes a request, and shows why if it fails. @internal */
  async ask(action: RtcAction): Promise<void> {
    this.failure = '';
    const { shared } = this.rtc;
    const outcome = await this.rtc.request(action);
    if (outcome.status !== 'failed' || shared !== this.rtc.shared) return;
    this.failure = this.t('messageFailed', { why: outcome.error.message });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rtc.disowns('visible-log');
    this.#listenTo(null);
  }

  protected override roomChanged(): void {
    this.#newAfter = null;
    this.#wasUnread = 0;
    this.announced = [];
    this.failure = '';
    this.#isLoading = false;
    this.scrollToEnd();
  }

  protected override takeState(snapshot: RoomState): void {
    this.#listenTo(this.rtc.room);
    const { shared } = this.rtc;
    if (!shared) return;
    this.rtc.owns('log');
    if (!this.#view.isOnScreen) this.rtc.disowns('visible-log');
    else if (shared.owners.ownerOf('visible-log') === undefined) {
      this.rtc.owns('visible-log');
      // Others say what can be read here, until it can be.
      queueMicrotask(() => shared.notify());
    } else this.rtc.owns('visible-log');
    const seen = this.#view.isSeen;
    const { entries } = snapshot.chat;
    const user = snapshot.you?.user ?? null;
    const facts = { entries, user, unread: shared.unread, wasUnread: this.#wasUnread, seen };
    this.#newAfter = moveDivider(this.#newAfter, facts);
    if (seen) shared.markRead();
    this.#wasUnread = shared.unread;
    this.#extras.take(snapshot, this.#calendar.when, this.names?.isReady);
    const rowsOf = [entries, user, this.#newAfter];
    if (rowsOf.some((value, index) => value !== this.#rowsOf[index])) {
      this.#rowsOf = rowsOf;
      this.#rows = layOutRows(entries, { user, newAfter: this.#newAfter });
      if (entries.some(({ file }) => file)) void this.#loadFiles();
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
        ?hidden=${this.#view.atEnd}
        aria-label=${this.#wasUnread > 0 ? nothing : this.t('chatToEnd')}
        @click=${this.#onJump}
      >
        ${icon(ArrowDown)}${this.#wasUnread > 0 ? this.t('chatNewMessages') : nothing}
      </button>
      <rtc-chat-tools exportparts="toolbar, message-menu" .log=${this}></rtc-chat-tools>
      <p class="failure" role="alert" ?hidden=${!this.failure}>${this.failure}</p>
      <div class="quiet" aria-live="polite">
        ${repeat(
          this.announced,
          (entry) => entry.seq,
          (entry) =>
            html`<p>${this.t('saidMessage', { name: this.nameOf(entry), text: entry.text })}</p>`,
        )}
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const oldest = this.#rows[0]?.key;
    const last = this.#rows.at(-1);
    if (oldest !== this.#oldestKey && !this.#isLoading) this.#view.watchStart();
    this.#oldestKey = oldest;
    if (last?.own && last.key !== this.#lastOwnKey) this.scrollToEnd();
    this.#lastOwnKey = last?.own ? last.key : undefined;
  }

  #renderRows(): unknown {
    const { when, today } = this.#calendar;
    const context = {
      extras: this.#extras,
      when,
      today,
      t: this.t.bind(this),
      names: this.names,
      texts: this.#texts,
      showsFiles: lazyFiles.module !== null,
      onLinks: this.#onLinks,
      onRetry: (id: string) => void this.rtc.request({ do: 'retry-message', id }),
      onDiscard: (id: string) => void this.rtc.request({ do: 'discard-message', id }),
    };
    const day = new Date(today).toDateString();
    const ready = [this.names?.isReady, lazyLinks.isLoaded, lazyFiles.module];
    const { version } = this.#extras;
    return guard([this.#rows, when, day, version, this.#texts.version, ...ready], () =>
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
              when,
              ...ready,
              this.#texts.isOpen(textKeyOf(row.entry)),
              ...this.#extras.stamps(row),
            ],
            () => renderRow(row, context),
          ),
      ),
    );
  }

  /** Without it, people read what the messages say in words. */
  async #loadFiles(): Promise<void> {
    if (lazyFiles.module) return;
    await lazyFiles.load().catch(() => undefined);
    this.requestUpdate();
  }

  #listenTo(room: Room | null): void {
    if (room === this.#room) return;
    this.#room?.removeEventListener('message', this.#onMessage);
    this.#room = room;
    room?.addEventListener('message', this.#onMessage);
  }

  async #goTo(seq: number): Promise<void> {
    const { shared } = this.rtc;
    const isFound = await this.reveal(seq);
    if (shared === this.rtc.shared) this.failure = isFound ? '' : this.t('messageNotFound');
  }

  /** Resolves with whether older messages were loaded. */
  async #loadOlder(): Promise<boolean> {
    const { shared, state: snapshot } = this.rtc;
    if (this.#isLoading || !snapshot?.chat.more || snapshot.connection !== 'connected')
      return false;
    this.#isLoading = true;
    const outcome = await this.rtc.request({ do: 'load-history' });
    if (shared !== this.rtc.shared) return false;
    this.#isLoading = false;
    if (outcome.status !== 'done') return false;
    this.#view.watchStart();
    return true;
  }

  readonly #onMessage = ({ message }: ChatMessageEvent): void => {
    if (message.user === this.rtc.state?.you?.user) return;
    // Another log of the same session, or the announcer, says it otherwise.
    if (this.rtc.shared?.messageSpeaker !== this) return;
    this.announced = [...this.announced, message].slice(-ANNOUNCED);
  };

  readonly #onLinks = (): void => this.requestUpdate();

  readonly #onJump = (): void => {
    this.scrollToEnd();
    // The button is about to be hidden, and focus must not be lost.
    this.scroller.focus({ preventScroll: true });
  };
}
