// Templates for a host: who is waiting, who is banned, and whether the room is locked.
import type { Access } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { cssProperties } from '../base/css-properties.js';
import { icon } from '../base/icon.js';
import { Lock, LockOpen } from '../base/icons/people.js';
import type { MessageKey } from '../i18n/en.js';
import type { MessageParams } from '../i18n/localize.js';
import type { RtcAction } from '../session/requests/request-map.js';
import type { NamedUser } from '../names/name-book.js';
import { initials, personColor } from '../view/person.js';

/** What the templates need. */
export interface HostContext {
  t(key: MessageKey, params?: MessageParams): string;
  /** A name as it is shown. */
  nameOf(person: NamedUser): string;
  ask(action: RtcAction): void;
}

/** Those in the waiting room, the longest waiting first, each with buttons to admit and deny. */
export function renderWaiting({ waiting }: Access, { t, ask, nameOf }: HostContext): unknown {
  if (waiting.length === 0) return nothing;
  return html`<section part="waiting" class="waiting" aria-label=${t('waitingList')}>
    <h3>${t('waitingList')}</h3>
    <ul>
      ${waiting.map(
        ({ session, ...person }) =>
          html`<li>
            ${renderPerson(person, nameOf)}
            <button type="button" class="plain" @click=${() => ask({ do: 'deny-person', session })}>
              ${t('deny')}
            </button>
            <button
              type="button"
              class="primary"
              @click=${() => ask({ do: 'admit-person', session })}
            >
              ${t('admit')}
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

/**
 * The lock, those who are banned, and the button that ends the call for everybody, after a
 * confirmation.
 */
export function renderAccess(
  { locked, banned }: Access,
  { t, ask, nameOf }: HostContext,
  onEnd: () => void,
): TemplateResult {
  return html`${
      banned.length > 0
        ? html`<section aria-label=${t('bannedList')}>
            <h3>${t('bannedList')}</h3>
            <ul>
              ${banned.map(
                ({ user, name }) =>
                  html`<li>
                    ${renderPerson({ user, name }, nameOf)}
                    <button
                      type="button"
                      class="plain"
                      @click=${() => ask({ do: 'unban-person', user })}
                    >
                      ${t('unban')}
                    </button>
                  </li>`,
              )}
            </ul>
          </section>`
        : nothing
    }
    <section class="access">
      <p>${t(locked ? 'lockedNote' : 'openNote')}</p>
      <button type="button" class="plain" @click=${() => ask({ do: 'lock-room', on: !locked })}>
        ${icon(locked ? LockOpen : Lock)}${t(locked ? 'unlockRoom' : 'lockRoom')}
      </button>
      <button type="button" class="end" @click=${onEnd}>${t('endAll')}</button>
    </section>`;
}

function renderPerson(person: NamedUser, nameOf: HostContext['nameOf']): TemplateResult {
  const name = nameOf(person);
  return html`${renderFace(person.user, person.name)}
    <span class="who" title=${name}>${name}</span>`;
}

/** A circle with the initials of a name. */
export const renderFace = (user: string, name: string): TemplateResult =>
  html`<span class="avatar" aria-hidden="true" ${cssProperties({ '--person': personColor(user) })}
    >${initials(name)}</span
  >`;
