// Templates for what a message shows above and below its text.
import type { ChatEntry } from '@rtc-elements/core';
import { html, type TemplateResult } from 'lit';

import type { Translate } from '../../i18n/localize.js';
import type { NamedUser } from '../../names/name-book.js';
import type { Seen } from './seen-by.js';
import type { When } from '../../i18n/when.js';

/** What the templates need. */
export interface ExtraContext {
  readonly when: When;
  /** The local user's id. */
  readonly user: string | undefined;
  readonly t: Translate;
  /** A name as it is shown. */
  labelOf(person: NamedUser): string;
  /** The name of a user as it is shown. */
  nameOf(user: string): string;
  onReveal(seq: number): void;
  onReact(seq: number, emoji: string, on: boolean): void;
}

/** How many names a sentence lists at most; the rest are counted. */
const MOST_NAMES = 3;

/**
 * The message that this one answers; a click goes there. `original` is `undefined` if it is not loaded.
 */
export function renderQuote(
  seq: number,
  original: ChatEntry | undefined,
  words: ExtraContext,
): TemplateResult {
  const text = original?.deleted ? words.t('chatDeleted') : (original?.text ?? '');
  const name = original ? words.labelOf(original) : words.t('messageQuoteGone');
  return html`<button
    part="quote"
    class="quote"
    type="button"
    title=${words.t('messageQuoteGo')}
    @click=${() => words.onReveal(seq)}
  >
    <bdi>${name}</bdi> <span dir="auto">${text}</span>
  </button>`;
}

/** Marks a message as edited, with the time in a tooltip. */
export function renderEdited(at: number, { t, when }: ExtraContext): TemplateResult {
  const title = t('messageEditedAt', { when: when.full(at) });
  return html`<small part="edited" class="edited" title=${title}>${t('messageEdited')}</small>`;
}

/** A chip per emoji; a click adds or removes the local user's reaction. */
export function renderReactions(
  { seq, reactions = {} }: ChatEntry,
  words: ExtraContext,
): TemplateResult {
  return html`<div
    part="reactions"
    class="reactions"
    role="group"
    aria-label=${words.t('messageReactions')}
  >
    ${Object.entries(reactions).map(([emoji, users]) => {
      const isOurs = users.includes(words.user ?? '');
      const names = users.map((user) => words.nameOf(user)).join(', ');
      return html`<button
        part=${isOurs ? 'reaction mine' : 'reaction'}
        class="reaction"
        type="button"
        aria-pressed=${isOurs}
        aria-label=${words.t('messageReaction', { emoji, names, number: users.length })}
        title=${names}
        @click=${() => words.onReact(seq ?? 0, emoji, !isOurs)}
      >
        <span>${emoji}</span> ${users.length}
      </button>`;
    })}
  </div>`;
}

/** Who has read this message, and therefore all before it. */
export function renderSeen({ names }: Seen, { t }: ExtraContext): TemplateResult {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const count = names.length - MOST_NAMES;
  return html`<p part="seen" class="seen">
    ${count > 0 ? t('seenByMore', { names: shown, count }) : t('seenBy', { names: shown })}
  </p>`;
}

/** Most messages have no reactions. */
export const hasReactions = ({ reactions }: ChatEntry): boolean =>
  Object.keys(reactions ?? {}).length > 0;
