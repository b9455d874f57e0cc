// <rtc-chat-typing>: who is typing now.
import { css, html, nothing, type TemplateResult } from 'lit';

import { RtcElement } from '../../base/rtc-element.js';
import { enChat } from '../../i18n/en-chat.js';
import { NamingElement } from '../../names/naming-element.js';

/** Isolates the direction of a name from the surrounding text (first-strong isolate). */
const isolate = (name: string): string => `\u2068${name}\u2069`;

/**
 * Shows who is typing, in a line of constant height, so that nothing moves. Not announced, as it would
 * keep interrupting screen readers.
 *
 * @summary Who is typing.
 * @tag rtc-chat-typing
 *
 * @csspart typing - The line.
 * @csspart dots - The three dots; not shown with reduced motion.
 */
export class RtcChatTyping extends NamingElement {
  static override styles = [
    RtcElement.styles,
    css`
      .typing {
        display: flex;
        align-items: center;
        gap: 8px;
        block-size: 26px;
        padding-inline: 16px;
        font-size: 12.5px;
        color: var(--ink-2);
      }

      .names {
        unicode-bidi: plaintext;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .dots {
        display: flex;
        gap: 3px;
      }

      .dots i {
        inline-size: 5px;
        block-size: 5px;
        border-radius: 50%;
        background: currentColor;
        animation: breathe 1.5s ease-in-out infinite;
      }

      .dots i:nth-child(2) {
        animation-delay: 0.18s;
      }

      .dots i:nth-child(3) {
        animation-delay: 0.36s;
      }

      @keyframes breathe {
        0%,
        60%,
        100% {
          opacity: 0.35;
        }
        30% {
          opacity: 1;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        .dots {
          display: none;
        }
      }
    `,
  ];
  static override words = enChat;

  override render(): TemplateResult {
    const words = this.#words();
    return html`<div part="typing" class="typing">
      ${
        words
          ? html`<span part="dots" class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
              <span class="names">${words}</span>`
          : nothing
      }
    </div>`;
  }

  #words(): string {
    const { peers = [], you = null } = this.rtc.state ?? {};
    const typing = peers.filter((peer) => peer.typing && peer.user !== you?.user);
    // A person may be connected more than once.
    const names = [
      ...new Map(typing.map((peer) => [peer.user, isolate(this.nameOf(peer))])).values(),
    ];
    const [a = '', b = ''] = names;
    if (names.length === 0) return '';
    if (names.length === 1) return this.t('chatTypingOne', { a });
    return names.length === 2 ? this.t('chatTypingTwo', { a, b }) : this.t('chatTypingMany');
  }
}
