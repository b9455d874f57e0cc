// The toolbar of a line, its menu, and the question before it is deleted, as templates.
import type { ChatEntry } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { icon, type IconNode } from '../../base/icon.js';
import { Ellipsis, FaceSlightlySmilingPlus, Pencil, Reply, Trash } from '../../base/icons.js';
import type { MessageKey } from '../../i18n/en.js';
import { type MessageRights, PALETTE } from './message-rights.js';

/** What the tools of one line need. */
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
  /** Opens the menu, with focus on what matches. */
  onMenu(first: string): void;
}

/** For the pointer: on the keyboard, Enter on a line opens the menu. */
export function renderToolbar({ t, onMenu, onReply }: ToolContext): TemplateResult {
  const button = (key: MessageKey, sign: IconNode, act: () => void): TemplateResult =>
    html`<button type="button" tabindex="-1" aria-label=${t(key)} title=${t(key)} @click=${act}>
      ${icon(sign)}
    </button>`;
  return html`<div part="toolbar" class="bar" role="toolbar" aria-label=${t('lineActions')}>
    ${button('lineReact', FaceSlightlySmilingPlus, () => onMenu('.palette button'))}
    ${button('lineReply', Reply, onReply)} ${button('lineMore', Ellipsis, () => onMenu('.item'))}
  </div>`;
}

/** All that we may do with the line. */
export function renderMenu({ reactions }: ChatEntry, context: ToolContext): TemplateResult {
  const { t, user = '', rights } = context;
  const item = (key: MessageKey, sign: IconNode, act: () => void, kind = ''): TemplateResult =>
    html`<button type="button" role="menuitem" tabindex="-1" class="item ${kind}" @click=${act}>
      ${icon(sign)}${t(key)}
    </button>`;
  return html`<div part="line-menu" class="menu" role="menu" aria-label=${t('lineActions')}>
    <div class="palette" role="group" aria-label=${t('lineReact')}>
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
    ${item('lineReply', Reply, context.onReply)}
    ${rights.edit ? item('lineEdit', Pencil, context.onEdit) : nothing}
    ${rights.remove ? item('lineDelete', Trash, context.onAsk, 'danger') : nothing}
  </div>`;
}

/** What is deleted is gone for everybody, so it is asked before, and no undoing is offered after. */
export function renderAsk({ t, onKeep, onDelete }: ToolContext): TemplateResult {
  return html`<div class="ask" role="alertdialog" aria-labelledby="ask">
    <p id="ask">${t('lineDeleteAsk')}</p>
    <div>
      <button type="button" class="plain keep" @click=${onKeep}>${t('lineKeep')}</button>
      <button type="button" class="sure" @click=${onDelete}>${t('lineDelete')}</button>
    </div>
  </div>`;
}
