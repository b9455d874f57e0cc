// Template of the panel next to the stage.
import { html, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { X } from '../base/icons/common.js';
import { CHAT_PARTS } from '../chat/chat-parts.js';
import type { Translate } from '../i18n/localize.js';
import type { Panel } from '../session/interface-state.js';

/** A panel with its header. */
export function renderPanel(
  panel: Panel,
  t: Translate,
  close: () => Promise<void>,
  content: unknown,
): TemplateResult {
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) void close();
  };
  const end = html`<button
    slot="header-end"
    type="button"
    aria-label=${t('close')}
    title=${t('close')}
    @click=${close}
  >
    ${icon(X)}
  </button>`;
  return html`<aside part="panel" aria-label=${t(panel)} @keydown=${onKeydown}>
    ${
      panel === 'chat'
        ? html`<rtc-chat part="chat" exportparts=${CHAT_PARTS}>${end}</rtc-chat>`
        : html`<div class="head">
              <h2>${t(panel)}</h2>
              ${end}
            </div>
            ${content}`
    }
  </aside>`;
}
