// <rtc-chat>: the chat of a room, on its own or inside an <rtc-room>.
import type { RtcError } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { RoomEntry } from '../base/room-entry.js';
import { RtcErrorEvent, RtcUnreadEvent } from '../events.js';
import { LazyElements } from '../lazy/lazy-elements.js';
import { lazyFiles } from '../lazy/lazy-files.js';
import type { SharedRoomRequest } from '../session/room-registry.js';
import type { SharedRoom } from '../session/shared-room.js';
import type { ChatInterface } from './chat-interface.js';
import type { RtcChatComposer } from './composer/rtc-chat-composer.js';
import type { RtcChatLog } from './log/rtc-chat-log.js';
import { chatStyles } from './rtc-chat.styles.js';

/**
 * The chat of a room. On its own, it joins for the chat only: without camera, microphone or connections
 * to peers. Inside an `<rtc-room>`, or with the same `host` and `room` as one, it shares that room's
 * session.
 *
 * @summary A chat with history, typing indicator and unread count.
 * @tag rtc-chat
 *
 * @slot header - Replaces the title.
 * @slot header-end - At the end of the header.
 * @slot empty - Shown in the log while there are no messages.
 * @slot composer-start - Before the field.
 * @slot composer-end - Between the field and the send button.
 *
 * @fires rtc-ready - The room object exists; `client` is set.
 * @fires rtc-before-send - A message is about to be sent. Cancelable; its `text` can be changed.
 * @fires rtc-message - A new message of somebody else arrived.
 * @fires rtc-typing - A peer started or stopped typing.
 * @fires rtc-file-offer - Somebody offers files. `preventDefault()`: the page takes care of it.
 * @fires rtc-file-progress - Files on their way have moved on.
 * @fires rtc-file-done - A transfer of files has ended; `error` says why, if it was not done.
 * @fires rtc-unread - The number of unread messages changed.
 * @fires rtc-error - Something failed.
 * @fires rtc-join - The room was joined.
 * @fires rtc-leave - The room was left; `reason` says why.
 * @fires rtc-peer-join - A peer joined.
 * @fires rtc-peer-leave - A peer left.
 * @fires rtc-track - A track of a peer started or ended.
 * @fires rtc-presence - The name, media, hand or state of a peer changed.
 * @fires rtc-quality - The quality of the link to a peer changed.
 * @fires rtc-knock - Somebody asks to join; only hosts get it.
 * @fires rtc-role-change - The local user's role changed.
 * @fires rtc-notify - The backend sent a notice; `preventDefault()` suppresses the toast.
 * @fires rtc-connection-change - The connection to the room changed.
 * @fires rtc-request - An element inside makes a request; `preventDefault()` stops it.
 *
 * @csspart header - The header.
 * @csspart title - The title in the header.
 * @csspart connection - The mark shown while the room is unreachable.
 * @csspart log - The messages.
 * @csspart drop - Shown while files are over the chat, which are attached to the next message.
 */
export class RtcChat extends RoomEntry {
  static override styles: CSSResultGroup = [RoomEntry.styles, chatStyles];

  /** What loads separately, with the tags that a page may use directly. @internal */
  static lazyElements = {
    interface: new LazyElements(
      ['rtc-chat-composer', 'rtc-chat-log', 'rtc-chat-typing', 'rtc-notices', 'rtc-notifications'],
      () => import('../lazy/chat.js'),
    ),
    files: lazyFiles,
  };

  /** `light` or `dark`, whatever the page uses; `auto` follows the page. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Removes the header and the border, for a page that has its own panel. */
  @property({ type: Boolean, attribute: 'in-panel', reflect: true }) inPanel = false;

  /**
   * How to announce notices from the backend while there is no call: `toast`, `sound`, `title`,
   * `system`.
   */
  @property() notify = '';

  /** The number of unread messages of others. The attribute is present while it is not 0. */
  @property({ type: Number, reflect: true, converter: { toAttribute: (count) => count || null } })
  unread = 0;

  /** Why the name that was entered was not accepted. */
  @state() private refusal = '';

  @query('rtc-chat-log') private readonly log!: RtcChatLog | null;
  @query('rtc-chat-composer') private readonly composer!: RtcChatComposer | null;

  /** The name that was tried last, and in which room, so that a refused one is not tried again. */
  #entered: { readonly room: object | null; readonly name: string } | null = null;

  /** @internal */
  override roomRequest(): SharedRoomRequest {
    return { ...this.ownRoom, call: false };
  }

  /** Same as `focusComposer()`. */
  override focus(): void {
    this.focusComposer();
  }

  /** Focuses the text field; before and after a stay, the form. */
  focusComposer(): void {
    if (this.composer?.hasUpdated) this.composer.focus();
    else void this.#focusLater();
  }

  protected override roomChanged(): void {
    this.refusal = '';
  }

  protected override createInterface(): ChatInterface | null {
    const { lazyElements } = this.constructor as typeof RtcChat;
    const module = this.lazy.use(lazyElements.interface);
    return module && new module.ChatInterface(this);
  }

  protected override render(): unknown {
    return html`${this.inPanel ? nothing : this.#renderHeader()}${super.render()}`;
  }

  protected override get relayed(): SharedRoom | null {
    return this.hasOwnEntry ? this.rtc.shared : null;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.isConnected) return;
    const { ownName: name } = this;
    const isTried = this.rtc.room === this.#entered?.room && name === this.#entered?.name;
    if (name && this.#mayEnter() && !isTried) void this.#enter(name);
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

  /** Whether it joins and leaves by itself, rather than with an enclosing `<rtc-room>`. @internal */
  get hasOwnEntry(): boolean {
    return this.rtc.ownsRoom || this.for !== '' || this.adopted !== null;
  }

  /** Whether there are no messages to show: there is no room, or it was not entered. @internal */
  get isOutside(): boolean {
    const { failure, state: snapshot } = this.rtc;
    if (failure || this.#needsName()) return true;
    return (
      snapshot?.connection === 'waiting' || (snapshot?.connection === 'closed' && !snapshot.you)
    );
  }

  /** Why there is no room, or why the name was not accepted. @internal */
  get problem(): string {
    return this.rtc.failure?.message ?? this.refusal;
  }

  /** Whether the chat may join. If an `<rtc-room>` is on the page, people join there. */
  #mayEnter(): boolean {
    const { shared, state: snapshot, ownsRoom } = this.rtc;
    return ownsRoom && snapshot?.connection === 'idle' && shared?.options.call === false;
  }

  #needsName(): boolean {
    return (!this.ownName || this.refusal !== '') && this.#mayEnter();
  }

  async #enter(name: string): Promise<void> {
    this.#entered = { room: this.rtc.room, name };
    this.refusal = '';
    const { shared } = this.rtc;
    try {
      await shared?.join(name, false);
    } catch (error) {
      if (shared !== this.rtc.shared) return;
      this.refusal = (error as RtcError).message;
      // What ended the stay is in the snapshot, and an event already.
      if (this.rtc.state?.connection !== 'closed')
        this.dispatchEvent(new RtcErrorEvent(error as RtcError, false));
    }
  }

  /** Waits for the log, which knows whether a new message was seen at once. */
  async #countUnread(): Promise<void> {
    await this.log?.updateComplete;
    const unread = this.rtc.shared?.unread ?? 0;
    if (unread === this.unread) return;
    this.unread = unread;
    this.dispatchEvent(new RtcUnreadEvent(unread));
  }

  readonly #reveal = (seq: number): Promise<boolean> =>
    this.log?.reveal(seq) ?? Promise.resolve(false);

  /** Waits for the inside of the chat to load, and for it to be drawn, before it focuses the field. */
  async #focusLater(): Promise<void> {
    const { lazyElements } = this.constructor as typeof RtcChat;
    await lazyElements.interface.load().catch(() => undefined);
    this.requestUpdate();
    await this.updateComplete;
    const { composer } = this;
    await composer?.updateComplete;
    if (composer) composer.focus();
    else super.focus();
  }
}
