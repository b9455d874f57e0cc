// Template of the panel next to the stage.
import { html, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { X } from '../base/icons.js';
import type { Translate } from '../i18n/localize.js';
import type { Panel } from '../session/shared-room.js';

/** The parts of the chat that the room exports. */
const CHAT_PARTS =
  'log,scroller,day,divider,message,own,pending,failed,avatar,author,time,text,link,problem,jump,' +
  'deleted,quote,edited,reactions,reaction,mine,seen,toolbar,message-menu,search,' +
  'typing,dots,composer,field,send,note,target';

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
