// <rtc-chat>: the chat of a room, by itself or inside an <rtc-room>.
import type { RtcError } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { RoomEntry } from '../base/room-entry.js';
import { RtcErrorEvent, RtcUnreadEvent } from '../events.js';
import { LazyElements } from '../lazy/lazy-elements.js';
import { EventRelay } from '../session/event-relay.js';
import type { SharedRoomRequest } from '../session/room-registry.js';
import type { ChatInterface } from './chat-interface.js';
import type { RtcChatComposer } from './composer/rtc-chat-composer.js';
import type { RtcChatLog } from './log/rtc-chat-log.js';
import { chatStyles } from './rtc-chat.styles.js';

/**
 * The chat of a room. By itself it joins for the chat only, without camera, microphone or links to
 * peers; inside an `<rtc-room>`, or beside one with the same host and room, it shows the same stay.
 *
 * @summary Chat with history, typing and unread marks.
 * @tag rtc-chat
 *
 * @slot header - In place of the title.
 * @slot header-end - At the end of the header.
 * @slot empty - What stands in the log while nobody has written yet.
 * @slot composer-start - Before the field.
 * @slot composer-end - Between the field and the send button.
 *
 * @fires rtc-ready - The room object is there; see `client`.
 * @fires rtc-before-send - A line is about to be sent: cancelable, and its `text` can be changed.
 * @fires rtc-message - A line of somebody else arrived live.
 * @fires rtc-typing - Somebody began or stopped typing.
 * @fires rtc-unread - The number of unread lines changed.
 * @fires rtc-error - Something failed.
 * @fires rtc-join - We are in.
 * @fires rtc-leave - We are out; `reason` says why.
 * @fires rtc-peer-join - Somebody is here now.
 * @fires rtc-peer-leave - Somebody went.
 * @fires rtc-track - A track of a peer came or went.
 * @fires rtc-presence - Somebody's name, media, hand or state changed.
 * @fires rtc-quality - The quality of our link to a peer changed.
 * @fires rtc-knock - Somebody asks to come in; only hosts are told.
 * @fires rtc-role-change - We may do more now, or less.
 * @fires rtc-notify - The page's backend tells us something; `preventDefault()` keeps the toast away.
 * @fires rtc-connection-change - Our connection to the room changed.
 *
 * @csspart header - The header.
 * @csspart title - Its title.
 * @csspart connection - The mark that says when the room is out of reach.
 * @csspart door - The form that asks for a name.
 * @csspart waiting - What stands here until a host lets us in.
 * @csspart over - What stands in place of the composer after the room was left.
 * @csspart log - The log; its parts are here, too: `scroller`, `day`, `divider`, `message`, `own`,
 *   `pending`, `failed`, `avatar`, `author`, `time`, `text`, `link`, `problem`, `empty`, `jump`,
 *   `deleted`, `quote`, `edited`, `reactions`, `reaction`, `mine`, `seen`, `toolbar`, `line-menu`.
 * @csspart search - The open search.
 * @csspart notice - A card that says who would like to come in.
 * @csspart toast - A notice of the page's backend.
 * @csspart typing - The line that says who is typing, and its `dots`.
 * @csspart composer - The composer, and its `field`, `send`, `note` and `target`, which says what is answered.
 *
 * @cssprop --rtc-accent - Links, the "New" line, the send button.
 * @cssprop --rtc-surface - The background; `-2` and `-3` for fields and buttons under the pointer.
 * @cssprop --rtc-ink - The text; `-2` for what is secondary.
 * @cssprop --rtc-line - Hairlines.
 * @cssprop --rtc-radius - The rounding of the corners.
 * @cssprop --rtc-font - The typeface.
 */
export class RtcChat extends RoomEntry {
  static override styles: CSSResultGroup = [RoomEntry.styles, chatStyles];

  /** What loads beside the element, with the tags that a page may use by itself. @internal */
  static lazyElements = {
    interface: new LazyElements(
      ['rtc-chat-composer', 'rtc-chat-log', 'rtc-chat-typing', 'rtc-notices', 'rtc-notifications'],
      () => import('../lazy/chat.js'),
    ),
  };

  /** `auto` follows the page, `light` and `dark` do not. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Stands in a panel that has a header of its own: draws none, and no border. */
  @property({ type: Boolean, attribute: 'in-panel', reflect: true }) inPanel = false;

  /** Where to tell of the page's notices while there is no call: `toast`, `sound`, `title`, `system`. */
  @property() notify = '';

  /** Lines of others that were not seen yet; the attribute is only there when there are some. */
  @property({ type: Number, reflect: true, converter: { toAttribute: (count) => count || null } })
  unread = 0;

  /** Why the name that was entered will not do. */
  @state() private refusal = '';

  @query('rtc-chat-log') private readonly log!: RtcChatLog | null;
  @query('rtc-chat-composer') private readonly composer!: RtcChatComposer | null;

  readonly #relay = new EventRelay(this);
  /** The Room we asked in, so that one which was left is not entered again by itself. */
  #entered: object | null = null;

  /** @internal */
  override roomRequest(): SharedRoomRequest {
    return { ...this.ownRoom, call: false };
  }

  /**
   * Says `text` to everybody. Resolves once the room has stored it durably.
   * @throws RtcError as `room.chat.send()` does.
   */
  async sendMessage(
    text: string,
  ): Promise<{ readonly id: string; readonly seq: number; readonly at: number }> {
    await this.updateComplete;
    if (!this.rtc.room) throw this.rtc.failure ?? new Error('This chat has no room yet.');
    return this.rtc.room.chat.send(text);
  }

  /** The same as `focusComposer()`. */
  override focus(): void {
    this.focusComposer();
  }

  /** Puts the caret into the field. */
  focusComposer(): void {
    if (this.composer?.hasUpdated) this.composer.focus();
    else void this.#focusLater();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#relay.follow(null);
  }

  protected override createInterface(): ChatInterface | null {
    const { lazyElements } = this.constructor as typeof RtcChat;
    const module = this.lazy.use(lazyElements.interface);
    return module && new module.ChatInterface(this);
  }

  protected override render(): unknown {
    return html`${this.inPanel ? nothing : this.#renderHeader()}${super.render()}`;
  }

  protected override updated(): void {
    this.#relay.follow(this.hasOwnEntry ? this.rtc.shared : null);
    const { name } = this;
    if (name && this.#mayEnter() && this.rtc.room !== this.#entered) void this.#enter(name);
    void this.#countUnread();
  }

  #renderHeader(): TemplateResult {
    const connection = this.rtc.state?.connection;
    const isAway = connection === 'connecting' || connection === 'reconnecting';
    const words =
      isAway && this.t(connection === 'connecting' ? 'chatConnecting' : 'chatReconnecting');
    return html`<header part="header" class="header">
      <slot name="header"><h2 part="title">${this.t('chat')}</h2></slot>
      <p part="connection" role="status" class=${isAway ? 'chip' : 'quiet'}>${words || nothing}</p>
      <rtc-chat-search exportparts="search" .reveal=${this.#reveal}></rtc-chat-search>
      <slot name="header-end"></slot>
    </header>`;
  }

  /** Whether it speaks for its room itself, and not an `<rtc-room>` around it. @internal */
  get hasOwnEntry(): boolean {
    return this.rtc.ownsRoom || this.for !== '' || this.adopted !== null;
  }

  /** Whether there is nothing to read: there is no room, or we are not in it. @internal */
  get isOutside(): boolean {
    const { failure, state: snapshot } = this.rtc;
    if (failure || this.#needsName()) return true;
    return (
      snapshot?.connection === 'waiting' || (snapshot?.connection === 'closed' && !snapshot.you)
    );
  }

  /** Why there is no room, or why the name that was entered will not do. @internal */
  get problem(): string {
    return this.rtc.failure?.message ?? this.refusal;
  }

  /** Whether it is for us to join: with a lobby on the page, that is where people come in. */
  #mayEnter(): boolean {
    const { shared, state: snapshot, ownsRoom } = this.rtc;
    return ownsRoom && snapshot?.connection === 'idle' && shared?.options.call === false;
  }

  #needsName(): boolean {
    return (!this.name || this.refusal !== '') && this.#mayEnter();
  }

  async #enter(name: string): Promise<void> {
    this.#entered = this.rtc.room;
    this.refusal = '';
    try {
      await this.rtc.shared?.join(name, false);
    } catch (error) {
      this.refusal = (error as RtcError).message;
      const isOver = this.rtc.state?.connection === 'closed';
      this.dispatchEvent(new RtcErrorEvent(error as RtcError, isOver));
    }
  }

  /** After the log, which says whether what has just arrived was seen at once. */
  async #countUnread(): Promise<void> {
    await this.log?.updateComplete;
    const unread = this.rtc.shared?.unread ?? 0;
    if (unread === this.unread) return;
    this.unread = unread;
    this.dispatchEvent(new RtcUnreadEvent(unread));
  }

  readonly #reveal = (seq: number): Promise<boolean> =>
    this.log?.reveal(seq) ?? Promise.resolve(false);

  async #focusLater(): Promise<void> {
    await customElements.whenDefined('rtc-chat-composer');
    await this.updateComplete;
    await this.composer?.updateComplete;
    this.composer?.focus();
  }
}
