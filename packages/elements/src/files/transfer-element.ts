// What the elements that show transfers have in common: the list, its words, its buttons, and what is announced.
import type { Transfer } from '@rtc-elements/core';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { enFiles } from '../i18n/en-files.js';
import { NamingElement } from '../names/naming-element.js';
import { deskOf } from './file-desk.js';
import { FilesController } from './files-controller.js';
import { perform } from './perform.js';
import { renderTransfer, type TransferContext } from './render-transfer.js';
import { isUnderWay, type TransferButton } from './transfer-buttons.js';
import { newsWords, transferNews } from './transfer-news.js';
import { noteUnfinished } from './unfinished.js';

/** How many sentences the live region holds, so that several in a row are all read. */
const ANNOUNCED = 4;

const partOf = ({ status }: Transfer): string =>
  status === 'offered' || status === 'done' ? `transfer transfer-${status}` : 'transfer';

export abstract class TransferElement extends NamingElement {
  static override words = enFiles;

  @state() private announced: readonly { readonly id: number; readonly words: string }[] = [];
  /** The offer that is being declined. */
  @state() private declining: string | null = null;
  #seen: readonly Transfer[] | null = null;
  #said = 0;

  /** @internal */
  readonly files = new FilesController(this, (all) => this.choose(all));

  /** Which transfers are shown. */
  protected abstract choose(all: readonly Transfer[]): readonly Transfer[];

  /** Whether news is said here, rather than by another element. */
  protected abstract get speaks(): boolean;

  protected override roomChanged(): void {
    this.#seen = null;
    this.announced = [];
    this.declining = null;
  }

  /** After it was drawn: a live region reads only what comes later than itself. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { transfers } = this.files;
    const { room } = this.rtc;
    if (!this.isConnected || !room || transfers === this.#seen) return;
    // Once what was kept of an earlier page is in the list; before, that is empty.
    if (this.#seen?.length || transfers.length > 0)
      noteUnfinished(room.getSnapshot().room, room.files.getSnapshot().some(isUnderWay));
    const news = transferNews(this.#seen, transfers);
    this.#seen = transfers;
    if (news.length === 0 || !this.speaks) return;
    const said = news.map((one) => ({
      id: (this.#said += 1),
      words: newsWords(one, this.#context),
    }));
    this.announced = [...this.announced, ...said].slice(-ANNOUNCED);
  }

  /** A list item for each; `kind` is its class. */
  protected renderRows(kind: string): unknown {
    const context = this.#context;
    return repeat(
      this.files.transfers,
      ({ id }) => id,
      (transfer) =>
        html`<li part=${partOf(transfer)} class="file ${kind}" data-transfer=${transfer.id}>
          ${renderTransfer(transfer, context)}
        </li>`,
    );
  }

  protected renderAnnounced(): TemplateResult {
    return html`<div class="quiet" aria-live="polite">
      ${repeat(
        this.announced,
        ({ id }) => id,
        ({ words }) => html`<p>${words}</p>`,
      )}
    </div>`;
  }

  get #context(): TransferContext {
    const { shared } = this.rtc;
    return {
      t: this.t.bind(this),
      format: this.files.format,
      nameOf: ({ user, peerName }) => this.nameOf({ user, name: peerName }),
      why: this.why.bind(this),
      declining: this.declining,
      previewOf: (transfer) => this.files.previewOf(transfer),
      failureOf: (id) => (shared && deskOf(shared).failureOf(id)) ?? null,
      onButton: this.#onButton,
      onDecline: this.#onDecline,
      onBack: () => void this.#ask(null),
    };
  }

  /** Asks why an offer is declined; `null`: it is not. */
  async #ask(id: string | null): Promise<void> {
    const before = this.declining;
    this.declining = id;
    await this.updateComplete;
    const row = `[data-transfer="${CSS.escape(id ?? before ?? '')}"]`;
    const place = id === null ? '[data-does="decline"]' : 'input';
    this.renderRoot.querySelector<HTMLElement>(`${row} ${place}`)?.focus();
  }

  readonly #onButton = (button: TransferButton, transfer: Transfer): void => {
    if (button === 'decline') void this.#ask(transfer.id);
    else void perform(this, button, transfer);
  };

  readonly #onDecline = (transfer: Transfer, reason: string): void => {
    this.declining = null;
    void perform(this, 'decline', transfer, reason);
  };
}
