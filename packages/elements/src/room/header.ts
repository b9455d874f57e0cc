// The line above the stage, as a template.
import type { RoomState } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { ShieldCheck, Users, Waypoints, WifiOff } from '../base/icons.js';
import type { Translate } from '../i18n/localize.js';

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
