// <rtc-chat-composer>: the field for writing a message.
import type { Connection } from '@rtc-elements/core';
import type { LIMITS } from '@rtc-elements/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { icon } from '../../base/icon.js';
import { SendHorizontal } from '../../base/icons/chat.js';
import { RtcElement } from '../../base/rtc-element.js';
import { RtcBeforeSendEvent } from '../../events.js';
import { enChat } from '../../i18n/en-chat.js';
import type { MessageKey } from '../../i18n/en.js';
import type { ComposerTarget } from '../../session/interface-state.js';
import { ComposerFiles } from './composer-files.js';
import { type Draft, draftOf } from './draft.js';
import { chatComposerStyles } from './rtc-chat-composer.styles.js';

/** The maximum length of a message in code points. The type ties it to the protocol. */
const MAX_LENGTH: (typeof LIMITS)['textLength'] = 4_000;

/** The remaining length is shown when fewer code points than this are left. */
const COUNT_FROM = 200;

/** Errors after which the message is in no outbox, so its text goes back into the field. */
const NOT_QUEUED: readonly unknown[] = ['text-empty', 'text-too-long', 'outbox-full'];

/** Why a message is not sent at once. */
const REASONS: Readonly<Partial<Record<Connection, MessageKey>>> = {
  idle: 'chatJoinFirst',
  connecting: 'chatWaits',
  reconnecting: 'chatWaits',
  closed: 'chatOver',
};

/**
 * The field for writing a message. It grows with the text, sends on Enter and keeps a draft across a
 * reload. While the room is unreachable it still accepts messages, which are sent later.
 *
 * @summary The text field and button for writing to a room.
 * @tag rtc-chat-composer
 *
 * @slot start - Before the field.
 * @slot end - Between the field and the send button.
 *
 * @fires rtc-before-send - A message is about to be sent. Cancelable; its `text` can be changed.
 * @fires rtc-request - Requests to send or edit a message, to share files, or to announce typing.
 *
 * @csspart composer - The row of field and buttons.
 * @csspart field - The text field.
 * @csspart send - The send button.
 * @csspart attach - The button that attaches files.
 * @csspart attachments - The files that are attached and not sent yet.
 * @csspart attachment - Each of them.
 * @csspart target - The bar above the field while a message is answered or edited.
 * @csspart note - The note below the field: why messages wait, and how many characters are left.
 */
export class RtcChatComposer extends RtcElement {
  static override styles = [RtcElement.styles, chatComposerStyles];
  static override words = enChat;

  /** How many code points are left; `null` while there are plenty. */
  @state() private remaining: number | null = null;
  @state() private isEmpty = true;
  /** Why the last message was not accepted. */
  @state() private problem = '';

  @query('textarea') private readonly field!: HTMLTextAreaElement;

  readonly #attachments = new ComposerFiles(this, this.t.bind(this));
  #draft: Draft | null = null;
  #target: ComposerTarget | null = null;
  /** The text in the field before an edit began. */
  #setAside = '';

  /** Focuses the field. */
  override focus(options?: FocusOptions): void {
    this.field.focus(options);
  }

  /** Adds files, which are sent with the next message. @internal */
  attach(files: readonly File[]): void {
    this.#add(files);
    this.field.focus();
  }

  override render(): TemplateResult {
    const connection = this.rtc.state?.connection ?? 'idle';
    const isOff = connection === 'idle' || connection === 'closed';
    return html`
      <rtc-chat-target exportparts="target"></rtc-chat-target>
      ${this.#attachments.render()}
      <form part="composer" @submit=${this.#onSubmit}>
        <slot name="start"></slot>
        ${this.#attachments.renderButton(isOff, this.#add)}
        <div class="grow">
          <textarea
            part="field"
            rows="1"
            data-focus
            dir="auto"
            enterkeyhint="send"
            autocomplete="off"
            aria-label=${this.t('chatField')}
            aria-describedby="note"
            placeholder=${this.t('chatPlaceholder')}
            ?disabled=${isOff}
            @input=${this.#onInput}
            @keydown=${this.#onKeydown}
            @paste=${this.#onPaste}
          ></textarea>
        </div>
        <slot name="end"></slot>
        <button
          part="send"
          class="primary send"
          aria-label=${this.t('chatSend')}
          ?disabled=${isOff || this.#hasNothing || (this.remaining ?? 0) < 0}
        >
          ${icon(SendHorizontal)}
        </button>
      </form>
      ${this.#renderNote(connection)}
    `;
  }

  protected override updated(): void {
    const { shared } = this.rtc;
    if (!shared) return;
    const draft = draftOf(shared);
    if (draft !== this.#draft) this.#takeDraft(draft);
    this.#takeTarget(shared.target);
  }

  protected override roomChanged(): void {
    this.#attachments.clear();
  }

  /** What is in the field belongs to the room in which it was written, and comes back with it. */
  #takeDraft(draft: Draft): void {
    const isFirst = this.#draft === null;
    this.#draft = draft;
    this.#target = null;
    this.#setAside = '';
    const text = draft.load();
    if (!isFirst || (text && !this.field.value)) this.#write(text);
  }

  #renderNote(connection: Connection): TemplateResult {
    const { remaining } = this;
    const reason = REASONS[connection];
    const words = this.problem || (reason ? this.t(reason) : '');
    const isOver = remaining !== null && remaining < 0;
    return html`<p id="note" part="note" class="note" ?hidden=${!words && remaining === null}>
      <span class=${this.problem ? 'words over' : 'words'} role="status">${words}</span>
      ${
        remaining === null
          ? nothing
          : html`<span class=${isOver ? 'count over' : 'count'}
              >${this.t(isOver ? 'chatOverLimit' : 'chatLeft', { count: Math.abs(remaining) })}</span
            >`
      }
    </p>`;
  }

  #write(text: string): void {
    this.field.value = text;
    this.#measure();
  }

  /** Updates everything that depends on the text in the field. */
  #measure(): void {
    const text = this.field.value;
    const grow = this.field.parentElement as HTMLElement;
    grow.dataset['text'] = text;
    this.isEmpty = text.trim() === '';
    // A text has at most as many code points as code units, so most keystrokes need no count.
    const remaining =
      text.length > MAX_LENGTH - COUNT_FROM ? MAX_LENGTH - [...text.trim()].length : COUNT_FROM + 1;
    this.remaining = remaining > COUNT_FROM ? null : remaining;
    this.problem = '';
    if (!this.#target?.edits) this.#draft?.save(text);
  }

  readonly #onInput = (): void => {
    this.#measure();
    this.#tellTyping();
  };

  #tellTyping(): void {
    void this.rtc.request({ do: 'set-typing', on: !this.isEmpty });
  }

  /** Puts a message that is edited into the field, and restores the previous text afterwards. */
  #takeTarget(target: ComposerTarget | null): void {
    const before = this.#target;
    if (target === before) return;
    if (target?.edits && !before?.edits) this.#setAside = this.field.value;
    this.#target = target;
    if (target?.edits) this.#write(target.entry.text);
    else if (before?.edits) this.#write(this.#setAside);
    if (target) this.field.focus();
  }

  /** Handles Escape and the up arrow. `true`: the key was used. */
  #steers({ key, shiftKey, isComposing }: KeyboardEvent): boolean {
    const { shared, state } = this.rtc;
    if (isComposing || !shared) return false;
    if (key === 'Escape' && shared.target) {
      shared.setTarget(null);
      return true;
    }
    if (key !== 'ArrowUp' || shiftKey || this.field.value || shared.target) return false;
    const entry = state?.chat.entries.findLast(
      ({ status, deleted, user, file }) =>
        status === 'sent' && !deleted && !file && user === state.you?.user,
    );
    if (entry) shared.setTarget({ entry, edits: true });
    return entry !== undefined;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (this.#steers(event)) {
      event.preventDefault();
      // An enclosing panel would close on Escape.
      event.stopPropagation();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    // Enter that confirms an input method's suggestion. WebKit sends it after the composition, with
    // 229.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void this.#send();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#send();
    this.field.focus();
  };

  /** An edit has no files. */
  get #hasNothing(): boolean {
    return this.isEmpty && (this.#attachments.isEmpty || this.#target?.edits === true);
  }

  /** First what was written, then the files. */
  async #send(): Promise<void> {
    if (this.#hasNothing || (this.remaining ?? 0) < 0 || this.field.disabled) return;
    const target = this.#target;
    const answered = this.isEmpty ? (target?.entry.seq ?? null) : null;
    if (!this.isEmpty && !(await this.#sendText())) return;
    if (target?.edits || this.#attachments.isEmpty) return;
    if (answered !== null) this.rtc.shared?.setTarget(null);
    const draft = this.#draft;
    const outcome = await this.#attachments.send(answered);
    if (outcome?.status === 'failed' && draft === this.#draft) this.problem = outcome.error.message;
  }

  /** Resolves with whether what comes after it may be sent. */
  async #sendText(): Promise<boolean> {
    const written = this.field.value;
    const before = new RtcBeforeSendEvent(written.trim());
    if (!this.dispatchEvent(before)) return false;
    const target = this.#target;
    const draft = this.#draft;
    this.#write('');
    if (target) this.rtc.shared?.setTarget(null);
    this.#tellTyping();
    const { text } = before;
    const { seq = null, text: former } = target?.entry ?? {};
    if (target?.edits && text === former) return true;
    const outcome = await this.rtc.request(
      target?.edits && seq !== null
        ? { do: 'edit-message', seq, text }
        : { do: 'send-message', text, ...(seq !== null && { replyTo: seq }) },
    );
    if (outcome.status !== 'failed') return outcome.status === 'done';
    const { error } = outcome;
    if (!target?.edits && !NOT_QUEUED.includes(error.code)) return true;
    // The field belongs to another room by now.
    if (this.#draft !== draft) {
      if (!target?.edits) draft?.saveUnlessBegun(written);
      return false;
    }
    // A failed edit is not visible in the log, so its text returns to the field.
    if (target) this.rtc.shared?.setTarget(target);
    await this.updateComplete;
    if (target?.edits || !this.field.value) this.#write(written);
    this.problem = error.message;
    return false;
  }

  readonly #add = (files: readonly File[]): void => {
    this.#attachments.add(files).catch(() => (this.problem = this.t('notLoaded')));
  };

  /** A table that is pasted brings a picture of itself, which nobody wants. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const data = event.clipboardData;
    const files = [...(data?.files ?? [])];
    if (files.length === 0 || data?.types.includes('text/plain')) return;
    event.preventDefault();
    this.attach(files);
  };
}
