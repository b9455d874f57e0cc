// The header and the panel of a room, as templates.
import type { RoomState } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { ShieldCheck, Users, Waypoints, WifiOff, X } from '../base/icons.js';
import type { MessageKey } from '../i18n/en.js';
import type { MessageParams } from '../i18n/localize.js';
import type { Panel } from '../session/requests.js';

type Translate = (key: MessageKey, params?: MessageParams) => string;

/** Room name, how many are here, and how media travels, which a click tells more of. */
export function renderHeader(
  state: RoomState,
  t: Translate,
  isOpen: boolean,
  onPath: () => void,
): TemplateResult {
  const count = state.peers.length + 1;
  const path = pathOf(state);
  const sign = path === 'direct' ? ShieldCheck : path === 'relayed' ? Waypoints : WifiOff;
  return html`<header part="header">
    <h2>${state.room}</h2>
    <span class="chip" title=${t('peopleCount', { count })}>
      ${icon(Users)}<span aria-hidden="true">${count}</span>
      <span class="quiet">${t('peopleCount', { count })}</span>
    </span>
    ${
      path
        ? html`<button
            type="button"
            class="path"
            aria-label="${t('stats')}: ${t(path)}"
            aria-expanded=${isOpen}
            title=${t('stats')}
            @click=${onPath}
          >
            <span class="chip ${path}">${icon(sign)}${t(path)}</span>
          </button>`
        : nothing
    }
    <slot name="header"></slot>
  </header>`;
}

/** The worst of all paths; `null` while there is nothing to tell. */
function pathOf({ connection, peers }: RoomState): 'direct' | 'relayed' | 'reconnecting' | null {
  if (connection === 'reconnecting') return 'reconnecting';
  const paths = peers.map(({ link }) => link.path).filter((path) => path !== null);
  if (paths.length === 0) return null;
  return paths.includes('relayed') ? 'relayed' : 'direct';
}

/** What of the chat a page can style through the room. */
const CHAT_PARTS =
  'log,scroller,day,divider,message,own,pending,failed,avatar,author,time,text,link,problem,jump,' +
  'deleted,quote,edited,reactions,reaction,mine,seen,toolbar,line-menu,search,' +
  'typing,dots,composer,field,send,note,target';

/** A panel with its head. */
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
