// The files that a person adds to a message: the button, and what shows and sends them, which is loaded with the first.
import { html } from 'lit';

import { icon } from '../../base/icon.js';
import { Paperclip } from '../../base/icons/chat.js';
import { pickFiles } from '../../files/pick-files.js';
import type { Translate } from '../../i18n/localize.js';
import { lazyFiles } from '../../lazy/lazy-files.js';
import type { RequestOutcome } from '../../session/requests/request-map.js';
import type { AttachedFiles, AttachHost } from './attached-files.js';

export class ComposerFiles {
  readonly #host: AttachHost;
  readonly #t: Translate;
  #attached: AttachedFiles | null = null;
  /** Replaced when the message is another one: what is loaded for the former one is not attached. */
  #message = {};

  constructor(host: AttachHost, t: Translate) {
    this.#host = host;
    this.#t = t;
  }

  get isEmpty(): boolean {
    return this.#attached?.isEmpty ?? true;
  }

  /** Rejects if what shows them cannot be loaded. */
  async add(files: readonly File[]): Promise<void> {
    const message = this.#message;
    const { AttachedFiles } = lazyFiles.module ?? (await lazyFiles.load());
    if (message !== this.#message) return;
    this.#attached ??= new AttachedFiles(this.#host, this.#t);
    this.#attached.add(files);
  }

  clear(): void {
    this.#message = {};
    this.#attached?.clear();
  }

  /** As `AttachedFiles.send()`. */
  async send(replyTo: number | null): Promise<RequestOutcome | null> {
    return this.#attached?.send(replyTo) ?? null;
  }

  /** The button, which calls `onPick` with what was chosen. */
  renderButton(isOff: boolean, onPick: (files: readonly File[]) => void): unknown {
    const words = this.#t('chatAttach');
    const pick = async (): Promise<void> => {
      // Within the click, or a browser shows no picker.
      const files = await pickFiles(this.#host.ownerDocument);
      if (files) onPick(files);
    };
    return html`<button
      part="attach"
      type="button"
      class="attach"
      aria-label=${words}
      title=${words}
      ?disabled=${isOff}
      @click=${() => void pick()}
    >
      ${icon(Paperclip)}
    </button>`;
  }

  render(): unknown {
    return this.#attached?.render();
  }
}
