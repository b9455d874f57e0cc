// What a chat displays below its header. Loads separately from the element.
import { html, nothing, type TemplateResult } from 'lit';

import type { EntryInterface, RoomEntry } from '../base/room-entry.js';
import { icon } from '../base/icon.js';
import { Upload } from '../base/icons/common.js';
import { RtcErrorEvent } from '../events.js';
import type { DroppedItem } from '../files/dropped-items.js';
import { FileDrop } from '../files/file-drop.js';
import { readDropped } from '../files/read-dropped.js';
import { enChat } from '../i18n/en-chat.js';
import { localize } from '../i18n/localize.js';
import { failed } from '../session/requests/outcome.js';
import { chatInterfaceStyles } from './chat-interface.styles.js';
import type { RtcChatComposer } from './composer/rtc-chat-composer.js';
import { COMPOSER_PARTS, ENTRY_PARTS, LOG_PARTS, TYPING_PARTS } from './chat-parts.js';

/** What the interface reads from its element. */
interface ChatHost extends RoomEntry {
  readonly notify: string;
  readonly problem: string;
  readonly hasOwnEntry: boolean;
  readonly isOutside: boolean;
}

/** Renders the messages and the composer or, before and after a stay, the entry. */
export class ChatInterface implements EntryInterface {
  readonly styles = chatInterfaceStyles;
  readonly #chat: ChatHost;
  readonly #drop: FileDrop;

  constructor(chat: ChatHost) {
    this.#chat = chat;
    this.#drop = new FileDrop(
      chat,
      () => this.#composer !== null && chat.rtc.state?.connection === 'connected',
      (items) => void this.#attach(items),
    );
  }

  render(): TemplateResult {
    return this.#chat.isOutside ? this.#renderEntry('alone') : this.#renderChat();
  }

  focusPlace(): HTMLElement | null {
    return this.#chat.renderRoot.querySelector<HTMLElement>('rtc-chat-composer, rtc-chat-entry');
  }

  /** `place` is `alone` if nothing else is in the chat. */
  #renderEntry(place: 'alone' | ''): TemplateResult {
    const { roomName, name, problem, hasOwnEntry } = this.#chat;
    return html`<rtc-chat-entry
      class=${place}
      exportparts=${ENTRY_PARTS}
      room=${roomName}
      .name=${name}
      .problem=${problem}
      .own=${hasOwnEntry}
    ></rtc-chat-entry>`;
  }

  #renderChat(): TemplateResult {
    const { rtc } = this.#chat;
    const empty = localize(rtc.shared?.messages, enChat, 'chatEmpty');
    return html`
      <rtc-chat-log part="log" exportparts=${LOG_PARTS}>
        <slot name="empty" slot="empty">${empty}</slot>
      </rtc-chat-log>
      ${this.#renderNotices()}
      ${
        this.#drop.isOver
          ? html`<div part="drop" class="drop">
              ${icon(Upload)}${localize(rtc.shared?.messages, enChat, 'chatDrop')}
            </div>`
          : nothing
      }
      <rtc-chat-typing exportparts=${TYPING_PARTS}></rtc-chat-typing>
      ${
        rtc.state?.connection === 'closed'
          ? this.#renderEntry('')
          : html`<rtc-chat-composer exportparts=${COMPOSER_PARTS}>
              <slot name="composer-start" slot="start"></slot>
              <slot name="composer-end" slot="end"></slot>
            </rtc-chat-composer>`
      }
    `;
  }

  get #composer(): RtcChatComposer | null {
    return this.#chat.renderRoot.querySelector('rtc-chat-composer');
  }

  async #attach(items: readonly DroppedItem[]): Promise<void> {
    try {
      this.#composer?.attach(await readDropped(items));
    } catch (error) {
      this.#chat.dispatchEvent(new RtcErrorEvent(failed(error).error, false));
    }
  }

  /** Notices and toasts, for a chat without a call: a call shows them over its stage. */
  #renderNotices(): unknown {
    const { rtc, hasOwnEntry, notify } = this.#chat;
    if (!hasOwnEntry || rtc.shared?.isCalling) return nothing;
    return html`<div class="notices">
      <rtc-notices only="waiting" exportparts="notice"></rtc-notices>
      <rtc-notifications only="notices" notify=${notify} exportparts="toast"></rtc-notifications>
    </div>`;
  }
}
