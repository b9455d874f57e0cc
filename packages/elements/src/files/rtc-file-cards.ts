// <rtc-file-cards>: cards over the stage for files on their way, where no list shows them.
import type { RoomState, Transfer } from '@rtc-elements/core';
import { css, type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { icon } from '../base/icon.js';
import { X } from '../base/icons/common.js';
import { RtcElement } from '../base/rtc-element.js';
import { fileStyles } from './file.styles.js';
import { TransferElement } from './transfer-element.js';

/** How many there are at once: they cover the call. */
const MOST_CARDS = 3;

const isOffer = ({ direction, status }: Transfer): boolean =>
  direction === 'receive' && status === 'offered';

/**
 * Cards for files that somebody offers, and for those that are on their way, at most three at once. It shows none while a `<rtc-files>` of the
 * same session lists them, and none for files of the chat, which shows them itself.
 *
 * @summary Cards for files that are offered or on their way, over the stage of a call.
 * @tag rtc-file-cards
 *
 * @fires rtc-request - What the buttons of a card request.
 *
 * @csspart transfers - All cards.
 * @csspart transfer - Each card.
 * @csspart transfer-offered - In addition to `transfer`: waits to be accepted.
 * @csspart transfer-done - In addition to `transfer`: all of it has arrived.
 * @csspart file-name - The name of a file.
 * @csspart file-facts - Who it is from or for, and how large it is.
 * @csspart file-status - How a transfer does.
 * @csspart file-problem - In addition to `file-status`: something is wrong.
 * @csspart file-progress - The bar.
 * @csspart file-preview - The picture of what was received.
 * @csspart file-button - Each button of a card.
 */
export class RtcFileCards extends TransferElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    fileStyles,
    css`
      :host {
        container-type: inline-size;
        position: relative;
        pointer-events: none;
      }
      ul {
        display: grid;
        gap: var(--gap);
        max-width: 460px;
        margin: 0 auto;
        padding: 0;
        list-style: none;
      }
      .card {
        padding: 4px 6px 4px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: 0 6px 20px rgb(0 0 0 / 14%);
        pointer-events: auto;
        animation: enter 160ms;
      }
      .failure p {
        margin: 0;
      }
      .failure {
        grid-template: 'what buttons' auto / minmax(0, 1fr) auto;
      }
      .more {
        justify-self: center;
        padding: 2px 10px;
        border-radius: 99px;
        background: var(--surface);
        color: var(--ink-2);
        font-size: 12.5px;
      }
      @keyframes enter {
        from {
          opacity: 0;
          translate: 0 -6px;
        }
      }
    `,
  ];

  /** Why the last files were not sent. */
  @state() private failure = '';
  /** The ids of what is shared in the chat. */
  #shared: ReadonlySet<string> = new Set();
  #entries: unknown = null;
  /** How many have no card now. */
  #hidden = 0;

  protected override choose(all: readonly Transfer[]): readonly Transfer[] {
    const { shared } = this.rtc;
    if (!shared || shared.owners.ownerOf('file-list')) return [];
    const own = all.filter(({ isHandled, offer }) => !isHandled && !this.#shared.has(offer));
    const offers = own.filter(isOffer);
    const rest = own.filter((one) => !isOffer(one)).reverse();
    const cards = [...offers, ...rest];
    this.#hidden = Math.max(0, cards.length - MOST_CARDS);
    return cards.slice(0, MOST_CARDS);
  }

  protected override get speaks(): boolean {
    return this.rtc.owns('file-cards') && !this.rtc.shared?.owners.ownerOf('file-list');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rtc.disowns('file-cards');
  }

  protected override takeState({ chat }: RoomState): void {
    const { shared } = this.rtc;
    this.rtc.owns('file-cards');
    if (chat.entries !== this.#entries) {
      this.#entries = chat.entries;
      this.#shared = new Set(chat.entries.flatMap(({ file }) => file?.id ?? []));
    }
    const error = shared?.fileProblem;
    this.failure = error ? this.t('filesNotSent', { why: this.why(error) }) : '';
  }

  protected override render(): TemplateResult {
    const isEmpty = this.files.transfers.length === 0 && !this.failure;
    return html`${
      isEmpty
        ? nothing
        : html`<ul part="transfers" aria-label=${this.t('files')}>
            ${this.failure ? this.#renderFailure() : nothing} ${this.renderRows('card')}
            ${this.#hidden > 0 ? html`<li class="more"><span>${this.t('filesMore', { count: this.#hidden })}</span></li>` : nothing}
          </ul>`
    }
    ${this.renderAnnounced()}`;
  }

  #renderFailure(): TemplateResult {
    return html`<li part="transfer" class="file card failure">
      <p class="what wrong" role="alert">${this.failure}</p>
      <div class="buttons">
        <button
          part="file-button"
          type="button"
          class="sign-button"
          aria-label=${this.t('fileRemove')}
          @click=${this.#onDismiss}
        >
          ${icon(X)}
        </button>
      </div>
    </li>`;
  }

  readonly #onDismiss = (): void => {
    this.rtc.shared?.setFileProblem(null);
  };
}
