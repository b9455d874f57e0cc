// <rtc-chat-target>: shows which message is being answered or edited.
import { css, html, nothing, type TemplateResult } from 'lit';

import { icon } from '../../base/icon.js';
import { Pencil, Reply } from '../../base/icons/chat.js';
import { X } from '../../base/icons/common.js';
import { RtcElement } from '../../base/rtc-element.js';
import { enChat } from '../../i18n/en-chat.js';
import { NamingElement } from '../../names/naming-element.js';

/**
 * @summary Shows which message is being answered or edited. Used by `<rtc-chat-composer>`; pages do not need it.
 * @tag rtc-chat-target
 *
 * @csspart target - The bar above the field.
 */
export class RtcChatTarget extends NamingElement {
  static override styles = [
    RtcElement.styles,
    css`
      .target {
        display: flex;
        align-items: center;
        gap: 8px;
        margin: 8px 12px -4px;
        padding-inline-start: 10px;
        border-inline-start: 3px solid var(--accent);
        color: var(--ink-2);
        font-size: 12.5px;
        --icon-size: 14px;
      }
      p {
        flex: 1;
        min-width: 0;
        margin: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      strong {
        color: var(--ink);
        font-weight: 600;
      }
      button {
        min-width: 32px;
        min-height: 32px;
      }
      @media (pointer: coarse) {
        button {
          min-width: 44px;
          min-height: 44px;
        }
      }
    `,
  ];
  static override words = enChat;

  override render(): TemplateResult | typeof nothing {
    const target = this.rtc.shared?.target;
    if (!target) return nothing;
    const { edits, entry } = target;
    const cancel = this.t('targetCancel');
    return html`<div part="target" class="target">
      ${icon(edits ? Pencil : Reply)}
      <p role="status">
        <strong
          >${edits ? this.t('targetEdit') : this.t('targetReply', { name: this.nameOf(entry) })}</strong
        >
        ${edits ? nothing : html`<span dir="auto">${entry.text}</span>`}
      </p>
      <button
        type="button"
        aria-label=${cancel}
        title=${cancel}
        @click=${() => this.rtc.shared?.setTarget(null)}
      >
        ${icon(X)}
      </button>
    </div>`;
  }
}
