// What stands above and below the text of a message, as templates.
import type { ChatEntry } from '@rtc-elements/core';
import { html, type TemplateResult } from 'lit';

import type { Translate } from '../../i18n/localize.js';
import type { Seen } from './seen-by.js';
import type { When } from './when.js';

/** What the extras of a row need. */
export interface ExtraContext {
  readonly when: When;
  /** Our user id. */
  readonly user: string | undefined;
  readonly t: Translate;
  /** The name of a user, from who is here and what was written. */
  nameOf(user: string): string;
  onReveal(seq: number): void;
  onReact(seq: number, emoji: string, on: boolean): void;
}

/** The most names in one sentence; others are counted. */
const MOST_NAMES = 3;

/** The message that this one answers, with the way to it; `original` is `undefined` while not loaded. */
export function renderQuote(
  seq: number,
  original: ChatEntry | undefined,
  words: ExtraContext,
): TemplateResult {
  const text = original?.deleted ? words.t('chatDeleted') : (original?.text ?? '');
  const name = original?.name ?? words.t('lineQuoteGone');
  return html`<button
    part="quote"
    class="quote"
    type="button"
    title=${words.t('lineQuoteGo')}
    @click=${() => words.onReveal(seq)}
  >
    <bdi>${name}</bdi> <span dir="auto">${text}</span>
  </button>`;
}

/** That a text was changed, and when. */
export function renderEdited(at: number, { t, when }: ExtraContext): TemplateResult {
  const title = t('lineEditedAt', { when: when.full(at) });
  return html`<small part="edited" class="edited" title=${title}>${t('lineEdited')}</small>`;
}

/** A chip for each emoji; a click adds ours or takes it away. */
export function renderReactions(
  { seq, reactions = {} }: ChatEntry,
  words: ExtraContext,
): TemplateResult {
  return html`<div
    part="reactions"
    class="reactions"
    role="group"
    aria-label=${words.t('lineReactions')}
  >
    ${Object.entries(reactions).map(([emoji, users]) => {
      const isOurs = users.includes(words.user ?? '');
      const names = users.map((user) => words.nameOf(user)).join(', ');
      return html`<button
        part=${isOurs ? 'reaction mine' : 'reaction'}
        class="reaction"
        type="button"
        aria-pressed=${isOurs}
        aria-label=${words.t('lineReaction', { emoji, names, number: users.length })}
        title=${names}
        @click=${() => words.onReact(seq ?? 0, emoji, !isOurs)}
      >
        <span>${emoji}</span> ${users.length}
      </button>`;
    })}
  </div>`;
}

/** Who has read this message, and so all above it. */
export function renderSeen({ names }: Seen, { t }: ExtraContext): TemplateResult {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const count = names.length - MOST_NAMES;
  return html`<p part="seen" class="seen">
    ${count > 0 ? t('seenByMore', { names: shown, count }) : t('seenBy', { names: shown })}
  </p>`;
}

/** Most messages have none. */
export const hasReactions = ({ reactions }: ChatEntry): boolean =>
  Object.keys(reactions ?? {}).length > 0;
