// <rtc-files>: sends files to people in the room, and lists what is on its way.
import type { FileSelection, RoomState, Transfer } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { icon } from '../base/icon.js';
import { Upload } from '../base/icons/common.js';
import { RtcElement } from '../base/rtc-element.js';
import type { NamedUser } from '../names/name-book.js';
import { loadMore } from '../session/requests/load-more.js';
import { failed } from '../session/requests/outcome.js';
import { refusedFile } from './check-files.js';
import { copyList } from './copy-list.js';
import { filesIn } from './dropped-files.js';
import { droppedItems } from './dropped-items.js';
import { FileDrop } from './file-drop.js';
import { fileStyles } from './file.styles.js';
import { canPickFolders, pickFiles } from './pick-files.js';
import { filesStyles } from './rtc-files.styles.js';
import { TransferElement } from './transfer-element.js';

interface Receiver extends NamedUser {
  readonly session: string;
}

/**
 * A place to drop, paste or choose files for people in the room, and the list of all files on their way: with
 * progress, and buttons to accept, decline, pause, resume and cancel. Files go from browser to browser.
 *
 * @summary Sends files to people, and lists what is on its way.
 * @tag rtc-files
 *
 * @slot hint - Replaces the line below "Drop files here".
 *
 * @fires rtc-request - What the person does: to send files, or to accept, decline, pause, resume, cancel, save or discard a transfer.
 *
 * @csspart zone - The place to drop files.
 * @csspart pick - Each button that chooses files.
 * @csspart receiver - The field that chooses who gets the files.
 * @csspart problem - Why files were not sent.
 * @csspart transfers - The list.
 * @csspart transfer - Each transfer.
 * @csspart transfer-offered - In addition to `transfer`: waits to be accepted.
 * @csspart transfer-done - In addition to `transfer`: all of it has arrived.
 * @csspart file-name - The name of a file.
 * @csspart file-facts - Who it is from or for, and how large it is.
 * @csspart file-status - How a transfer does.
 * @csspart file-problem - In addition to `file-status`: something is wrong.
 * @csspart file-progress - The bar.
 * @csspart file-preview - The picture of what was received.
 * @csspart file-button - Each button of a transfer.
 */
export class RtcFiles extends TransferElement {
  static override styles: CSSResultGroup = [RtcElement.styles, fileStyles, filesStyles];

  /** The session ids of those who get the files, separated by spaces. If empty, the person chooses. */
  @property() to = '';

  /** Which files may be sent, as in `<input accept>`. */
  @property() accept = '';

  /** The largest file that may be sent, in bytes; `null`: any. */
  @property({ type: Number, attribute: 'max-size' }) maxSize: number | null = null;

  @state() private receivers: readonly Receiver[] = [];
  @state() private isIn = false;
  /** Why the last files were not sent. */
  @state() private problem = '';
  /** Who was chosen; empty: everybody. */
  #chosen = '';
  #stopPaste: AbortController | null = null;
  readonly #drop: FileDrop;

  constructor() {
    super();
    this.#drop = new FileDrop(
      this,
      () => this.#canSend,
      (items) => void filesIn(items).then((files) => this.#offer(files), this.#onUnread),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopPaste = new AbortController();
    const { signal } = this.#stopPaste;
    this.ownerDocument.addEventListener('paste', this.#onPaste, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopPaste?.abort();
    this.rtc.disowns('file-list');
  }

  /** Whether anybody is there to get files. */
  get #canSend(): boolean {
    return this.isIn && this.receivers.length > 0;
  }

  /**
   * Offers files to those who are chosen, as if the person had chosen the files.
   * @throws RtcError as `room.files.offer()` does.
   */
  async sendFiles(files: FileSelection): Promise<void> {
    const all = copyList(files);
    const { sendFiles } = await loadMore();
    await sendFiles(this, all, () => ({ to: this.#sessions() }));
  }

  protected override choose(all: readonly Transfer[]): readonly Transfer[] {
    // What came last is wanted first.
    return all.filter(({ isHandled }) => !isHandled).reverse();
  }

  protected override get speaks(): boolean {
    return this.rtc.owns('file-list');
  }

  protected override roomChanged(): void {
    super.roomChanged();
    this.#chosen = '';
    this.problem = '';
  }

  protected override takeState({ connection, peers }: RoomState): void {
    this.#claimList();
    this.isIn = connection === 'connected' || connection === 'reconnecting';
    const isSame =
      peers.length === this.receivers.length &&
      peers.every(({ session, name }, at) => {
        const one = this.receivers[at];
        return one?.session === session && one.name === name;
      });
    if (!isSame) this.receivers = peers.map(({ session, user, name }) => ({ session, user, name }));
    if (!peers.some(({ session }) => session === this.#chosen)) this.#chosen = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('to')) this.problem = '';
  }

  protected override render(): TemplateResult {
    return html`${this.#renderZone()}
      <p part="problem" class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
      ${
        this.files.transfers.length === 0
          ? nothing
          : html`<ul part="transfers" aria-label=${this.t('files')}>
              ${this.renderRows('row')}
            </ul>`
      }
      ${this.renderAnnounced()}`;
  }

  /** Cards that show the same go, once. */
  #claimList(): void {
    const { shared } = this.rtc;
    const isFirst = shared?.owners.ownerOf('file-list') === undefined;
    this.rtc.owns('file-list');
    if (isFirst) queueMicrotask(() => shared?.notify());
  }

  #renderZone(): TemplateResult {
    const button = (folder: boolean): TemplateResult =>
      html`<button
        part="pick"
        type="button"
        class="plain"
        aria-disabled=${!this.#canSend}
        @click=${() => void this.#pick(folder)}
      >
        ${this.t(folder ? 'filesPickFolder' : 'filesPick')}
      </button>`;
    const hasFolders = !this.accept && canPickFolders(this.ownerDocument);
    return html`<div
      part="zone"
      class=${this.#drop.isOver ? 'zone over' : 'zone'}
      role="group"
      aria-label=${this.t('files')}
    >
      ${icon(Upload)}
      <strong>${this.t('filesDrop')}</strong>
      <p><slot name="hint">${this.t(this.#hint())}</slot></p>
      ${this.#renderReceivers()}
      <div class="pick">${button(false)}${hasFolders ? button(true) : nothing}</div>
    </div>`;
  }

  #hint(): 'filesHint' | 'filesOutside' | 'filesAlone' {
    if (!this.isIn) return 'filesOutside';
    return this.receivers.length > 0 ? 'filesHint' : 'filesAlone';
  }

  /** Between one person and everybody, there is nothing to choose. */
  #renderReceivers(): unknown {
    if (this.to || this.receivers.length < 2) return nothing;
    return html`<label
      >${this.t('filesTo')}
      <select part="receiver" class="field" @change=${this.#onChoose}>
        <option value="" .selected=${this.#chosen === ''}>${this.t('filesEverybody')}</option>
        ${this.receivers.map(
          (one) =>
            html`<option value=${one.session} .selected=${this.#chosen === one.session}>
              ${this.nameOf(one)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #sessions(): readonly string[] {
    const chosen = this.to.split(/\s+/).filter(Boolean);
    if (chosen.length > 0) return chosen;
    return this.#chosen ? [this.#chosen] : this.receivers.map(({ session }) => session);
  }

  async #pick(folder: boolean): Promise<void> {
    if (!this.#canSend) return;
    const { accept } = this;
    const files = await pickFiles(this.ownerDocument, { folder, ...(!folder && { accept }) });
    if (files) await this.#offer(files);
  }

  /** Offers what the person has chosen, or says why not. */
  async #offer(files: readonly File[]): Promise<void> {
    const refused = refusedFile(files, this);
    if (refused) {
      const size = this.files.format.size(this.maxSize ?? 0);
      this.problem = this.t(refused.why, { name: refused.file.name, size });
      return;
    }
    this.problem = '';
    const { shared } = this.rtc;
    const outcome = await this.rtc.request({ do: 'send-files', files, to: this.#sessions() });
    if (outcome.status !== 'failed' || shared !== this.rtc.shared) return;
    this.problem = this.t('filesNotSent', { why: this.why(outcome.error) });
  }

  /** A folder that cannot be read. */
  readonly #onUnread = (cause: unknown): void => {
    this.problem = this.t('filesNotSent', { why: failed(cause).error.message });
  };

  readonly #onChoose = (event: Event): void => {
    this.#chosen = (event.target as HTMLSelectElement).value;
  };

  /** Of the whole page, unless the person writes somewhere, or something else took it. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const [target] = event.composedPath();
    const isField =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches('input, textarea'));
    if (event.defaultPrevented || isField || !this.#canSend) return;
    const items = droppedItems(event.clipboardData);
    if (items.length === 0) return;
    event.preventDefault();
    void filesIn(items).then((files) => this.#offer(files), this.#onUnread);
  };
}
