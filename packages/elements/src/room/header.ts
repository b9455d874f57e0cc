// Template of the header above the stage.
import type { RoomState } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { ShieldCheck, Users, Waypoints, WifiOff } from '../base/icons/call.js';
import type { Translate } from '../i18n/localize.js';

/**
 * The name of the room, the number of people, and the media path; a click on the path shows details.
 */
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

/** The worst of all paths; `null` while there are none. */
function pathOf({ connection, peers }: RoomState): 'direct' | 'relayed' | 'reconnecting' | null {
  if (connection === 'reconnecting') return 'reconnecting';
  const paths = peers.map(({ link }) => link.path).filter((path) => path !== null);
  if (paths.length === 0) return null;
  return paths.includes('relayed') ? 'relayed' : 'direct';
}
