// The files that a person has added to a message and not sent yet: what shows and sends them. Loaded with the first.
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';

import { icon } from '../../base/icon.js';
import { X } from '../../base/icons/common.js';
import { fileIcon } from '../../files/file-icon.js';
import { createFilesFormat, type FilesFormat } from '../../files/format-files.js';
import { languageOf } from '../../i18n/language.js';
import type { Translate } from '../../i18n/localize.js';
import type { RoomController } from '../../session/room-controller.js';
import type { RequestOutcome } from '../../session/requests/request-map.js';
import { groupFiles, type FileGroup } from './file-group.js';

/** What the controller needs from its element. */
export interface AttachHost extends ReactiveControllerHost, HTMLElement {
  readonly rtc: RoomController;
}

export class AttachedFiles implements ReactiveController {
  readonly #host: AttachHost;
  readonly #t: Translate;
  #files: readonly File[] = [];
  #format: FilesFormat | null = null;

  constructor(host: AttachHost, t: Translate) {
    this.#host = host;
    this.#t = t;
    host.addController(this);
  }

  hostUpdate(): void {
    const language = languageOf(this.#host);
    if (this.#format && this.#format.language !== language) this.#format = null;
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  add(files: readonly File[]): void {
    this.#set([...this.#files, ...files]);
  }

  clear(): void {
    if (!this.isEmpty) this.#set([]);
  }

  /**
   * Tells the room of each attachment, in order. What the room does not take comes back, and the outcome says why.
   * `replyTo`: the message that the first one answers.
   */
  async send(replyTo: number | null): Promise<RequestOutcome | null> {
    const { rtc } = this.#host;
    const waiting = [...groupFiles(this.#files)];
    this.#set([]);
    let answers = replyTo;
    for (let one = waiting[0]; one; one = waiting[0]) {
      const reply = answers === null ? {} : { replyTo: answers };
      const outcome = await rtc.request({
        do: 'share-files',
        files: one.files,
        text: this.#words(one),
        ...reply,
      });
      if (outcome.status !== 'done') {
        this.#set([...waiting.flatMap(({ files }) => files), ...this.#files]);
        return outcome;
      }
      answers = null;
      waiting.shift();
    }
    return null;
  }

  render(): unknown {
    if (this.isEmpty) return nothing;
    return html`<ul part="attachments" class="attachments" aria-label=${this.#t('chatAttached')}>
      ${this.#files.map(
        (file, at) =>
          html`<li part="attachment">
            ${icon(fileIcon(file))}<bdi title=${file.name}>${file.name}</bdi>
            <span>${this.#sizes.size(file.size)}</span>
            <button
              type="button"
              aria-label=${this.#t('chatDetach', { name: file.name })}
              @click=${() => this.#set(this.#files.filter((_, index) => index !== at))}
            >
              ${icon(X)}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  get #sizes(): FilesFormat {
    return (this.#format ??= createFilesFormat(languageOf(this.#host)));
  }

  /** What people read whose clients know no files. */
  #words({ files, name, size }: FileGroup): string {
    const words = { name, size: this.#sizes.size(size), count: files.length };
    return this.#t(files.length > 1 ? 'chatFilesText' : 'chatFileText', words);
  }

  #set(files: readonly File[]): void {
    this.#files = files;
    this.#host.requestUpdate();
  }
}
