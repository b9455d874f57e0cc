// The template of one message of the log. Text is only ever rendered as text nodes.
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

import type { Translate } from '../../i18n/localize.js';
import type { NameBook } from '../../names/name-book.js';
import { initials, personColor } from '../../view/person.js';
import { FILE_PARTS } from '../chat-parts.js';
import { piecesOf } from '../links/lazy-links.js';
import type { TextPiece } from '../links/linkify.js';
import type { ChatRow } from './chat-rows.js';
import { type LongTexts, mayBeLong, textKeyOf } from './long-texts.js';
import type { MessageExtras } from './message-extras.js';
import type { When } from '../../i18n/when.js';

/** What a row needs from its log. */
export interface RowContext {
  readonly when: When;
  /** The current time, to tell which day is today. */
  readonly today: number;
  readonly extras: MessageExtras;
  readonly t: Translate;
  /** What tells people apart whose names look the same. */
  readonly names: NameBook | null;
  /** Whether files can be shown: their element has loaded. */
  readonly showsFiles: boolean;
  /** Which texts are folded. */
  readonly texts: LongTexts;
  /** Links can be found now, which some texts may have. */
  onLinks(): void;
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
      aria-label=${words.t('saidMessage', { name: words.names?.labelOf(entry) ?? entry.name, text })}
      data-seq=${entry.seq ?? nothing}
      @focusin=${(event: FocusEvent) => words.texts.follow(textKeyOf(entry), event)}
    >
      ${row.head ? renderHead(row, words) : nothing} ${extras.above(row)}
      ${isFile(row) && words.showsFiles ? renderFile(row) : renderText(row, part, text, words)}
      ${extras.below(row)} ${entry.status === 'failed' ? renderProblem(row, words) : nothing}
    </div>
  </div>`;
}

/** One that is deleted has no file any more. */
const isFile = ({ entry }: ChatRow): boolean => entry.kind === 'file' && entry.file !== undefined;

const renderFile = ({ entry }: ChatRow): TemplateResult =>
  html`<rtc-chat-file exportparts=${FILE_PARTS} .entry=${entry}></rtc-chat-file>`;

/** The text, with a button that appears if it is tall. */
function renderText({ entry }: ChatRow, part: string, text: string, words: RowContext): unknown {
  const { texts, t } = words;
  const pieces = piecesOf(text, words.onLinks).map(renderPiece);
  if (!mayBeLong(text)) return html`<div part=${part} class=${part} dir="auto">${pieces}</div>`;
  const key = textKeyOf(entry);
  const isOpen = texts.isOpen(key);
  const look = isOpen ? part : `${part} fold`;
  return html`<div part=${part} class=${look} dir="auto" ${ref(texts.observe)}>${pieces}</div>
    <button
      part="show-more"
      class="unfold"
      type="button"
      aria-expanded=${isOpen}
      @click=${(event: Event) => void texts.turn(key, event, !isOpen)}
    >
      ${t(isOpen ? 'chatShowLess' : 'chatShowMore')}
    </button>`;
}

const renderRule = (part: string, label: string): TemplateResult =>
  html`<div part=${part} class=${`rule ${part}`}><span>${label}</span></div>`;

function renderHead({ entry }: ChatRow, { when, names, t }: RowContext): TemplateResult {
  const title = names?.isNamesake(entry) ? t('namesake') : nothing;
  // Set as a property, which uses the CSSOM: a strict policy blocks `style` attributes.
  return html`<span
      part="avatar"
      class="avatar"
      aria-hidden="true"
      .style=${`--person: ${personColor(entry.user)}`}
      >${initials(entry.name)}</span
    >
    <div class="meta">
      <bdi part="author" class="name" title=${title}>${names?.labelOf(entry) ?? entry.name}</bdi>
      <time part="time" datetime=${new Date(entry.at).toISOString()} title=${when.full(entry.at)}
        >${when.time(entry.at)}</time
      >
    </div>`;
}

const renderPiece = ({ text, href }: TextPiece): unknown =>
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
