// <rtc-chat-file>: a file in a chat, with a button to get it from whoever sent it.
import type { ChatEntry, RoomState, RtcError, Transfer } from '@rtc-elements/core';
import type { ChatFile } from '@rtc-elements/protocol';
import { css, type CSSResultGroup, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';

import { RtcElement } from '../../base/rtc-element.js';
import { deskOf } from '../../files/file-desk.js';
import { FilesController } from '../../files/files-controller.js';
import { fileStyles } from '../../files/file.styles.js';
import { download, perform } from '../../files/perform.js';
import { type FileView, renderFile } from '../../files/render-file.js';
import { renderButtons } from '../../files/render-transfer.js';
import { hasEnded, isUnderWay, type TransferButton } from '../../files/transfer-buttons.js';
import { type TransferLanguage, transferStatus } from '../../files/transfer-words.js';
import { enFiles } from '../../i18n/en-files.js';
import { NamingElement } from '../../names/naming-element.js';

/**
 * A file in a chat. Whoever sent it has it; it comes from their page when somebody asks for it, for as long as they are
 * there.
 *
 * @summary A file in a chat: its name and size, and a button to get it.
 * @tag rtc-chat-file
 *
 * @fires rtc-request - Requests the file, or to pause, resume, cancel or save it.
 *
 * @csspart file - The box.
 * @csspart file-name - The name of the file.
 * @csspart file-facts - Its size.
 * @csspart file-status - How it does, or that it is no longer available.
 * @csspart file-problem - In addition to `file-status`: something is wrong.
 * @csspart file-progress - The bar.
 * @csspart file-preview - The picture that was received.
 * @csspart file-button - Each button.
 */
export class RtcChatFile extends NamingElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    fileStyles,
    css`
      :host {
        container-type: inline-size;
        max-width: 420px;
      }
      .file {
        margin-block: 4px;
        padding-inline: 8px;
        border: 1px solid var(--line);
        border-radius: calc(var(--radius) - 2px);
        background: var(--surface-2);
      }
    `,
  ];
  static override words = enFiles;

  /** The message, of the kind `file`. */
  @property({ attribute: false }) entry: ChatEntry | null = null;

  /** The sessions of the sender, which may have the file. */
  @state() private sessions = '';
  @state() private isOwn = false;
  /** Why the file did not come, and of which sessions that was asked. */
  @state() private failure: { readonly error: RtcError; readonly sessions: string } | null = null;
  @state() private isAsking = false;
  readonly #files = new FilesController(this, (all) =>
    all.filter(({ offer }) => offer === this.entry?.file?.id),
  );

  protected override takeState({ you, peers }: RoomState): void {
    const user = this.entry?.user;
    this.isOwn = you?.user === user;
    const theirs = peers.filter((peer) => peer.user === user).map(({ session }) => session);
    this.sessions = theirs.join(' ');
  }

  protected override render(): unknown {
    const file = this.entry?.file;
    if (!file) return nothing;
    return html`<div part="file" class="file">
      ${this.isOwn ? this.#renderOwn(file) : this.#renderTheirs(file)}
    </div>`;
  }

  /** Of our own, people see how many get it, and how far that is. */
  #renderOwn(file: ChatFile): unknown {
    const { format, transfers } = this.#files;
    const sent = transfers.filter(({ direction }) => direction === 'send');
    const active = sent.filter((one) => !hasEnded(one) && one.status !== 'offered');
    const done = sent.filter(({ status }) => status === 'done');
    const sum = active.reduce((all, { progress }) => all + progress, 0);
    const view = this.#view(file, {
      status:
        active.length > 0
          ? this.t('fileSending', { count: active.length })
          : done.length > 0
            ? this.t('fileSentTo', { count: done.length })
            : '',
      progress: active.length > 0 ? sum / active.length : null,
    });
    return renderFile({ ...view, facts: format.size(file.size) }, nothing);
  }

  #renderTheirs(file: ChatFile): unknown {
    const transfer = this.#files.transfers.findLast(({ direction }) => direction === 'receive');
    const isOver = !transfer || (hasEnded(transfer) && transfer.status !== 'done');
    return isOver ? this.#renderOffer(file, transfer) : this.#renderTransfer(file, transfer);
  }

  #renderTransfer(file: ChatFile, transfer: Transfer): unknown {
    const address = this.#files.previewOf(transfer);
    const { shared } = this.rtc;
    const failure = shared && deskOf(shared).failureOf(transfer.id);
    const view = this.#view(file, {
      status: failure ? this.#failed(failure) : transferStatus(transfer, this.#language),
      isWrong: failure !== null || transfer.problem !== null,
      progress: isUnderWay(transfer) ? transfer.progress : null,
      preview: address ? { address, words: this.t('filePreview', { name: file.name }) } : null,
    });
    return renderFile(
      view,
      renderButtons(transfer, {
        t: this.t.bind(this),
        onButton: this.#onButton,
        without: 'remove',
      }),
    );
  }

  /** Before the file was asked for, and after it did not come. */
  #renderOffer(file: ChatFile, former: Transfer | undefined): unknown {
    const { failure, sessions } = this;
    const isGone =
      sessions === '' || (failure?.sessions === sessions && failure.error.code === 'not-found');
    const problem = failure?.error ?? former?.problem ?? null;
    const isWrong = !isGone && problem !== null;
    const status = isGone ? this.t('fileGone') : problem ? this.#failed(problem) : '';
    const label = this.t('fileDownload');
    const button = html`<button
      part="file-button"
      type="button"
      class="plain"
      aria-disabled=${this.isAsking}
      aria-label=${`${label}: ${file.name}`}
      @click=${() => void this.#ask(file)}
    >
      ${label}
    </button>`;
    return renderFile(this.#view(file, { status, isWrong }), isGone ? nothing : button);
  }

  #view({ name, type, size }: ChatFile, over: Partial<FileView>): FileView {
    return { name, type, facts: this.#files.format.size(size), status: '', ...over };
  }

  #failed(problem: Pick<RtcError, 'code' | 'message'>): string {
    return this.t('fileFailed', { why: this.why(problem) });
  }

  get #language(): TransferLanguage {
    return {
      t: this.t.bind(this),
      format: this.#files.format,
      nameOf: ({ user, peerName }) => this.nameOf({ user, name: peerName }),
      why: this.why.bind(this),
    };
  }

  async #ask(file: ChatFile): Promise<void> {
    if (this.isAsking) return;
    const { sessions } = this;
    this.isAsking = true;
    this.failure = null;
    const outcome = await download(this, file, sessions.split(' ').filter(Boolean));
    this.isAsking = false;
    if (outcome?.status === 'failed') this.failure = { error: outcome.error, sessions };
  }

  readonly #onButton = (button: TransferButton, transfer: Transfer): void =>
    void perform(this, button, transfer);
}
