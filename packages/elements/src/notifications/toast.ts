// Templates of toasts.
import type { NoticeLevel } from '@rtc-elements/protocol';
import { html, nothing, type TemplateResult } from 'lit';

import { icon, type IconNode } from '../base/icon.js';
import { X } from '../base/icons/common.js';
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from '../base/icons/notices.js';

/** What a toast needs from its element. */
export interface ToastHands {
  readonly id: number;
  /** Whether it is read to people who cannot see it. */
  readonly isRead: boolean;
  readonly dismiss: string;
  onDrop(): void;
  /** The pointer or focus entered or left. */
  onPause(event: Event): void;
  /** The question whether to turn on system notifications, which a button answers. */
  readonly ask?: string;
  readonly turnOn?: string;
  readonly onTurnOn?: () => void;
}

const SIGNS: Readonly<Record<NoticeLevel, IconNode>> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  error: OctagonAlert,
};

/** A few words about an event. */
export const renderWord = (id: number, text: string): TemplateResult =>
  html`<div part="toast" class="toast word" aria-hidden="true" data-id=${id}>
    <span>${text}</span>
  </div>`;

/** A notice from the backend, with at most one question. */
export function renderNotice(
  { level, title, body }: { level: NoticeLevel; title: string; body: string | undefined },
  { id, isRead, dismiss, onDrop, onPause, ...asking }: ToastHands,
): TemplateResult {
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onDrop();
  };
  return html`<div
    part="toast"
    class="toast card ${level}"
    role=${isRead ? (level === 'error' ? 'alert' : 'status') : nothing}
    data-id=${id}
    @keydown=${onKeydown}
    @pointerenter=${onPause}
    @pointerleave=${onPause}
    @focusin=${onPause}
    @focusout=${onPause}
  >
    ${icon(SIGNS[level])}
    <div class="words">
      <strong dir="auto">${title}</strong>
      ${body ? html`<span class="body" dir="auto">${body}</span>` : nothing}
      ${
        asking.ask
          ? html`<span class="ask">${asking.ask}</span>
              <button type="button" class="plain" @click=${asking.onTurnOn}>
                ${asking.turnOn}
              </button>`
          : nothing
      }
    </div>
    <button type="button" class="drop" aria-label=${dismiss} title=${dismiss} @click=${onDrop}>
      ${icon(X)}
    </button>
  </div>`;
}
