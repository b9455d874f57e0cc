// Templates of a message's toolbar, its menu, and the confirmation before it is deleted.
import type { ChatEntry } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { icon, type IconNode } from '../../base/icon.js';
import { FaceSlightlySmilingPlus, Pencil, Reply, Trash } from '../../base/icons/chat.js';
import { Ellipsis } from '../../base/icons/common.js';
import type { MessageKey } from '../../i18n/en.js';
import { type MessageRights, PALETTE } from './message-rights.js';

/** What the templates need. */
export interface ToolContext {
  readonly user: string | undefined;
  readonly rights: MessageRights;
  t(key: MessageKey): string;
  onReact(emoji: string, on: boolean): void;
  onReply(): void;
  onEdit(): void;
  onAsk(): void;
  onKeep(): void;
  onDelete(): void;
  /** Opens the menu and focuses the first element that matches the selector. */
  onMenu(first: string): void;
}

/** For the pointer. On the keyboard, Enter on a message opens the menu. */
export function renderToolbar({ t, onMenu, onReply }: ToolContext): TemplateResult {
  const button = (key: MessageKey, sign: IconNode, act: () => void): TemplateResult =>
    html`<button type="button" tabindex="-1" aria-label=${t(key)} title=${t(key)} @click=${act}>
      ${icon(sign)}
    </button>`;
  return html`<div part="toolbar" class="bar" role="toolbar" aria-label=${t('messageActions')}>
    ${button('messageReact', FaceSlightlySmilingPlus, () => onMenu('.palette button'))}
    ${button('messageReply', Reply, onReply)}
    ${button('messageMore', Ellipsis, () => onMenu('.item'))}
  </div>`;
}

/** Everything that the local user may do with the message. */
export function renderMenu({ reactions }: ChatEntry, context: ToolContext): TemplateResult {
  const { t, user = '', rights } = context;
  const item = (key: MessageKey, sign: IconNode, act: () => void, kind = ''): TemplateResult =>
    html`<button type="button" role="menuitem" tabindex="-1" class="item ${kind}" @click=${act}>
      ${icon(sign)}${t(key)}
    </button>`;
  return html`<div part="message-menu" class="menu" role="menu" aria-label=${t('messageActions')}>
    <div class="palette" role="group" aria-label=${t('messageReact')}>
      ${PALETTE.map((emoji) => {
        const isOurs = reactions?.[emoji]?.includes(user) ?? false;
        return html`<button
          type="button"
          role="menuitemcheckbox"
          tabindex="-1"
          aria-checked=${isOurs}
          @click=${() => context.onReact(emoji, !isOurs)}
        >
          ${emoji}
        </button>`;
      })}
    </div>
    ${item('messageReply', Reply, context.onReply)}
    ${rights.edit ? item('messageEdit', Pencil, context.onEdit) : nothing}
    ${rights.remove ? item('messageDelete', Trash, context.onAsk, 'danger') : nothing}
  </div>`;
}

/** Deleting cannot be undone, so the person is asked first. */
export function renderAsk({ t, onKeep, onDelete }: ToolContext): TemplateResult {
  return html`<div class="ask" role="alertdialog" aria-labelledby="ask">
    <p id="ask">${t('messageDeleteAsk')}</p>
    <div>
      <button type="button" class="plain keep" @click=${onKeep}>${t('messageKeep')}</button>
      <button type="button" class="sure" @click=${onDelete}>${t('messageDelete')}</button>
    </div>
  </div>`;
}
