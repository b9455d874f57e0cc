// The template of one message of the log. Text is only ever rendered as text nodes.
import { html, nothing, type TemplateResult } from 'lit';

import type { Translate } from '../../i18n/localize.js';
import { initials, personColor } from '../../view/person.js';
import type { ChatRow } from './chat-rows.js';
import { linkify } from './linkify.js';
import type { MessageExtras } from './message-extras.js';
import type { When } from './when.js';

/** What a row needs from its log. */
export interface RowContext {
  readonly when: When;
  /** The current time, to tell which day is today. */
  readonly today: number;
  readonly extras: MessageExtras;
  readonly t: Translate;
  onRetry(id: string): void;
  onDiscard(id: string): void;
}

/** One message, with the separators above it. */
export function renderRow(row: ChatRow, words: RowContext): TemplateResult {
  const { entry, own } = row;
  const { extras } = words;
  const [part, text] = entry.deleted ? ['deleted', words.t('chatDeleted')] : ['text', entry.text];
  const status = entry.status === 'sent' ? '' : ` ${entry.status}`;
  return html`<div class=${row.head ? 'item first' : 'item'}>
    ${row.newDay ? renderRule('day', words.when.day(entry.at, words.today)) : nothing}
    ${row.firstNew ? renderRule('divider', words.t('chatNew')) : nothing}
    <div
      part=${`message${own ? ' own' : ''}${status}`}
      class=${`row${row.head ? ' head' : ''}${status}`}
      role="article"
      tabindex="-1"
      aria-label=${words.t('saidMessage', { name: entry.name, text })}
      data-seq=${entry.seq ?? nothing}
    >
      ${row.head ? renderHead(row, words) : nothing} ${extras.above(row)}
      <div part=${part} class=${part} dir="auto">${linkify(text).map(renderPiece)}</div>
      ${extras.below(row)} ${entry.status === 'failed' ? renderProblem(row, words) : nothing}
    </div>
  </div>`;
}

const renderRule = (part: string, label: string): TemplateResult =>
  html`<div part=${part} class=${`rule ${part}`}><span>${label}</span></div>`;

function renderHead({ entry }: ChatRow, { when }: RowContext): TemplateResult {
  // Set as a property, which uses the CSSOM: a strict policy blocks `style` attributes.
  return html`<span
      part="avatar"
      class="avatar"
      aria-hidden="true"
      .style=${`--person: ${personColor(entry.user)}`}
      >${initials(entry.name)}</span
    >
    <div class="meta">
      <bdi part="author" class="name">${entry.name}</bdi>
      <time part="time" datetime=${new Date(entry.at).toISOString()} title=${when.full(entry.at)}
        >${when.time(entry.at)}</time
      >
    </div>`;
}

const renderPiece = ({ text, href }: ReturnType<typeof linkify>[number]): unknown =>
  href === undefined
    ? text
    : html`<a
        part="link"
        href=${href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        dir="ltr"
        >${text}</a
      >`;

function renderProblem({ entry }: ChatRow, { t, onRetry, onDiscard }: RowContext): TemplateResult {
  return html`<div part="problem" class="problem">
    <span>${entry.problem?.message ?? t('chatNotSent')}</span>
    <button @click=${() => onRetry(entry.id)}>${t('chatRetry')}</button>
    <button @click=${() => onDiscard(entry.id)}>${t('chatDiscard')}</button>
  </div>`;
}
