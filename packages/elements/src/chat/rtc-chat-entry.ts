// <rtc-chat-entry>: what a chat shows before and after a stay: the name form, the wait, why the stay
// ended.
import type { RoomState } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';
import { RtcErrorEvent } from '../events.js';
import { enEntry } from '../i18n/en-entry.js';
import { leaveWords } from '../view/leave-words.js';
import { entryStyles } from './rtc-chat-entry.styles.js';

/**
 * @summary Asks for a name, waits for admission, and says why a stay ended. Used by `<rtc-chat>`; pages do not need it.
 * @tag rtc-chat-entry
 *
 * @fires rtc-request - Requests to join, to join again, or to leave.
 * @fires rtc-error - The name was not accepted.
 *
 * @csspart entry - The form that asks for a name.
 * @csspart waiting - Shown in the waiting room.
 * @csspart over - Shown after the stay has ended.
 */
export class RtcChatEntry extends RtcElement {
  static override styles = [RtcElement.styles, entryStyles];
  static override words = enEntry;

  /** The name of the room. */
  @property() room = '';

  /** The initial display name. */
  @property() name = '';

  /** Why there is no room, or why the name was not accepted. */
  @property() problem = '';

  /** Whether the chat itself may join and leave, rather than an `<rtc-room>`. */
  @property({ type: Boolean }) own = false;

  @state() private refusal = '';

  protected override roomChanged(): void {
    this.refusal = '';
  }

  override render(): TemplateResult {
    const snapshot = this.rtc.state;
    if (!snapshot) return this.#renderOver(this.problem);
    if (snapshot.connection === 'closed') return this.#renderLeft(snapshot);
    if (snapshot.connection === 'waiting') return this.#renderWait();
    return this.#renderForm();
  }

  #renderForm(): TemplateResult {
    const refusal = this.refusal || this.problem;
    return html`<form part="entry" class="entry" @submit=${this.#onName}>
      <h3>${this.t('joinRoom', { room: this.room })}</h3>
      <label>
        ${this.t('yourName')}
        <input
          class="field"
          name="name"
          maxlength="64"
          autocomplete="name"
          required
          dir="auto"
          .value=${this.name}
        />
      </label>
      ${refusal ? html`<p class="refusal" role="alert">${refusal}</p>` : nothing}
      <button class="primary">${this.t('chatJoin')}</button>
    </form>`;
  }

  #renderWait(): TemplateResult {
    return html`<div part="waiting" class="over wait" role="status">
      <p tabindex="-1" data-focus>${this.t('waitTitle')}</p>
      <p class="why">${this.t('waitHint')}</p>
      ${
        this.own
          ? html`<button class="plain" @click=${() => this.rtc.request({ do: 'leave' })}>
              ${this.t('waitLeave')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderLeft(snapshot: RoomState): TemplateResult {
    const { title, hint, mayReturn } = leaveWords(snapshot);
    const why = hint ? this.t(hint) : snapshot.problem && this.why(snapshot.problem);
    return this.#renderOver(
      this.t(title, { room: snapshot.room }),
      why && html`<p class="why">${why}</p>`,
      mayReturn && this.own && !this.rtc.shared?.isAdopted
        ? html`<button class="plain" @click=${() => this.rtc.request({ do: 'rejoin' })}>
            ${this.t('rejoin')}
          </button>`
        : nothing,
    );
  }

  #renderOver(title: string, ...more: readonly unknown[]): TemplateResult {
    return html`<div part="over" class="over" role="alert">
      <p tabindex="-1">${title}</p>
      ${more}
    </div>`;
  }

  readonly #onName = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name')).trim();
    if (name) void this.#enter(name);
  };

  async #enter(name: string): Promise<void> {
    this.refusal = '';
    const { shared } = this.rtc;
    const outcome = await this.rtc.request({ do: 'join', name, call: false });
    if (outcome.status !== 'failed' || shared !== this.rtc.shared) return;
    this.refusal = outcome.error.message;
    // What ended the stay is in the snapshot, and an event of the chat already.
    if (this.rtc.state?.connection !== 'closed')
      this.dispatchEvent(new RtcErrorEvent(outcome.error, false));
  }
}
