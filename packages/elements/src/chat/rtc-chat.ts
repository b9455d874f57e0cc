// <rtc-chat>: the chat of a room, by itself or inside an <rtc-room>.
import type { RoomState, RtcError } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from '../internal/decorators.js';

import { RtcErrorEvent, RtcUnreadEvent } from '../events.js';
import { EventRelay } from '../internal/event-relay.js';
import { LEAVE_TITLES } from '../internal/leave-titles.js';
import { RtcElement } from '../internal/rtc-element.js';
import { RtcEntry } from '../internal/rtc-entry.js';
import type { SessionRequest } from '../internal/sessions.js';
import { chatStyles } from './rtc-chat.styles.js';
import type { RtcChatComposer } from './rtc-chat-composer.js';
import type { RtcChatLog } from './rtc-chat-log.js';

const LOG_PARTS =
  'scroller,day,divider,message,own,pending,failed,avatar,author,time,text,link,problem,empty,jump';

/**
 * The chat of a room. By itself it joins for the chat only, without camera, microphone or links to
 * peers; inside an `<rtc-room>`, or beside one with the same host and room, it shares its session.
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
 * @fires rtc-connection-change - Our connection to the room changed.
 *
 * @csspart header - The header.
 * @csspart title - Its title.
 * @csspart connection - The mark that says when the room is out of reach.
 * @csspart door - The form that asks for a name.
 * @csspart over - What stands in place of the composer after the room was left.
 * @csspart log - The log; its parts are here, too: `scroller`, `day`, `divider`, `message`, `own`,
 *   `pending`, `failed`, `avatar`, `author`, `time`, `text`, `link`, `problem`, `empty`, `jump`.
 * @csspart typing - The line that says who is typing, and its `dots`.
 * @csspart composer - The composer, and its `field`, `send` and `note`.
 *
 * @cssprop --rtc-accent - Links, the "New" line, the send button.
 * @cssprop --rtc-surface - The background; `-2` and `-3` for fields and buttons under the pointer.
 * @cssprop --rtc-ink - The text; `-2` for what is secondary.
 * @cssprop --rtc-line - Hairlines.
 * @cssprop --rtc-radius - The rounding of the corners.
 * @cssprop --rtc-font - The typeface.
 */
export class RtcChat extends RtcEntry {
  static override styles = [RtcElement.styles, chatStyles];

  /** `auto` follows the page, `light` and `dark` do not. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Stands in a panel that has a header of its own: draws none, and no border. */
  @property({ type: Boolean, attribute: 'in-panel', reflect: true }) inPanel = false;

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
  override sessionRequest(): SessionRequest {
    const { host, roomName: room, name } = this;
    return { ...(host && { host }), room, name, call: false };
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

  override render(): TemplateResult {
    const snapshot = this.rtc.state;
    const { failure } = this.rtc;
    return html`
      ${this.inPanel ? nothing : this.#renderHeader(snapshot)}
      ${
        failure
          ? html`<div part="over" class="over" role="alert"><p>${failure.message}</p></div>`
          : this.#needsName()
            ? this.#renderDoor()
            : this.withPart('chat', this.#renderChat(snapshot))
      }
    `;
  }

  protected override updated(): void {
    this.#relay.follow(this.#hasOwnDoor ? this.rtc.room : null);
    const { name } = this;
    if (name && this.#mayEnter() && this.rtc.room !== this.#entered) void this.#enter(name);
    void this.#countUnread();
  }

  #renderHeader(snapshot: RoomState | null): TemplateResult {
    const connection = snapshot?.connection;
    const isAway = connection === 'connecting' || connection === 'reconnecting';
    const words =
      isAway && this.t(connection === 'connecting' ? 'chatConnecting' : 'chatReconnecting');
    return html`<header part="header" class="header">
      <slot name="header"><h2 part="title">${this.t('chat')}</h2></slot>
      <p part="connection" role="status" class=${isAway ? 'chip' : 'quiet'}>${words || nothing}</p>
      <slot name="header-end"></slot>
    </header>`;
  }

  #renderDoor(): TemplateResult {
    return html`<form part="door" class="door" @submit=${this.#onName}>
      <h3>${this.t('joinRoom', { room: this.roomName })}</h3>
      <label>
        ${this.t('yourName')}
        <input class="field" name="name" maxlength="64" autocomplete="name" required dir="auto" />
      </label>
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      <button class="primary">${this.t('chatJoin')}</button>
    </form>`;
  }

  #renderChat(snapshot: RoomState | null): TemplateResult {
    return html`
      <rtc-chat-log part="log" exportparts=${LOG_PARTS}>
        <slot name="empty" slot="empty">${this.t('chatEmpty')}</slot>
      </rtc-chat-log>
      <rtc-chat-typing exportparts="typing,dots"></rtc-chat-typing>
      ${
        snapshot?.connection === 'closed'
          ? this.#renderOver(snapshot)
          : html`<rtc-chat-composer exportparts="composer,field,send,note">
              <slot name="composer-start" slot="start"></slot>
              <slot name="composer-end" slot="end"></slot>
            </rtc-chat-composer>`
      }
    `;
  }

  #renderOver({ left, room, problem }: RoomState): TemplateResult {
    const mayReturn = left !== 'banned' && this.#hasOwnDoor;
    return html`<div part="over" class="over" role="status">
      <p>${this.t(LEAVE_TITLES[left ?? 'left'], { room })}</p>
      ${problem ? html`<p class="why">${problem.message}</p>` : nothing}
      ${
        mayReturn
          ? html`<button class="plain" @click=${this.#onRejoin}>${this.t('rejoin')}</button>`
          : nothing
      }
    </div>`;
  }

  /** Not inside an `<rtc-room>`, which speaks for its own room. */
  get #hasOwnDoor(): boolean {
    return this.rtc.ownsSession || this.for !== '' || this.adopted !== null;
  }

  /** Whether it is for us to join: with a lobby on the page, that is where people come in. */
  #mayEnter(): boolean {
    const { session, state: snapshot, ownsSession } = this.rtc;
    return ownsSession && snapshot?.connection === 'idle' && session?.options.call === false;
  }

  #needsName(): boolean {
    return !this.name && this.#mayEnter();
  }

  async #enter(name: string): Promise<void> {
    this.#entered = this.rtc.room;
    this.refusal = '';
    try {
      await this.rtc.session?.join(name, false);
    } catch (error) {
      this.refusal = (error as RtcError).message;
      const isOver = this.rtc.state?.connection === 'closed';
      this.dispatchEvent(new RtcErrorEvent(error as RtcError, isOver));
    }
  }

  /** After the log, which says whether what has just arrived was seen at once. */
  async #countUnread(): Promise<void> {
    await this.log?.updateComplete;
    const unread = this.rtc.session?.unread ?? 0;
    if (unread === this.unread) return;
    this.unread = unread;
    this.dispatchEvent(new RtcUnreadEvent(unread));
  }

  async #focusLater(): Promise<void> {
    await customElements.whenDefined('rtc-chat-composer');
    await this.updateComplete;
    await this.composer?.updateComplete;
    this.composer?.focus();
  }

  readonly #onName = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name')).trim();
    if (name) void this.#enter(name);
  };

  readonly #onRejoin = (): void => void this.rtc.request({ do: 'rejoin' });
}
