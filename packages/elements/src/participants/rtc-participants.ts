// <rtc-participants>: everybody in the room, with a menu for each and, for a host, moderation.
import type { Peer, RoomState, You } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { avatarStyles } from '../base/avatar-styles.js';
import { icon } from '../base/icon.js';
import { Hand, Mic, MicOff, Video, VideoOff } from '../base/icons/call.js';
import { EllipsisVertical } from '../base/icons/people.js';
import { MenuController } from '../base/menu.js';
import { RtcElement } from '../base/rtc-element.js';
import { pickFiles } from '../files/pick-files.js';
import { enPeople } from '../i18n/en-people.js';
import type { MessageKey } from '../i18n/en.js';
import { NamingElement } from '../names/naming-element.js';
import type { RtcAction } from '../session/requests/request-map.js';
import { mayModerate } from '../view/may-moderate.js';
import { type HostContext, renderAccess, renderFace, renderWaiting } from './room-access.js';
import { type PersonItem, personItems } from './person-menu.js';
import { participantsStyles } from './rtc-participants.styles.js';

const ROLES = { host: 'roleHost', speaker: 'roleSpeaker', listener: 'roleListener' } as const;

/**
 * @summary Everybody in the room, in and out of the call, with role and media, and a menu per person. For a host, also the waiting room and bans.
 * @tag rtc-participants
 *
 * @fires rtc-request - `send-files`, from the menu of a person, and what a host requests: `mute-person`, `set-role`, `lock-room` …
 *
 * @csspart list - The list.
 * @csspart person - Each person.
 * @csspart person-menu - The open menu of a person.
 * @csspart waiting - Those in the waiting room.
 */
export class RtcParticipants extends NamingElement {
  static override styles: CSSResultGroup = [RtcElement.styles, avatarStyles, participantsStyles];
  static override words = enPeople;

  @state() private people: readonly (Peer | You)[] = [];
  @state() private failure = '';
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  #you: You | null = null;
  readonly #menu = new MenuController(this);
  readonly #host: HostContext = {
    t: this.t.bind(this),
    nameOf: this.nameOf.bind(this),
    ask: (action) => void this.#ask(action),
  };

  /** The question whether to end a call for everybody was about the former room. */
  protected override roomChanged(): void {
    this.failure = '';
    this.dialog?.close();
    void this.#menu.close();
  }

  protected override takeState({ you, peers }: RoomState): void {
    this.#you = you;
    // A modal dialog that is removed open leaves Chromium without a focus for a while.
    if (!mayModerate(you)) this.dialog?.close();
    this.people = you ? [you, ...peers] : peers;
  }

  protected override render(): TemplateResult {
    const access = this.rtc.state?.access;
    const hosts = access && mayModerate(this.#you) ? access : null;
    return html`${hosts ? renderWaiting(hosts, this.#host) : nothing}
      <ul
        part="list"
        tabindex="-1"
        data-focus
        aria-label=${this.t('participants')}
        data-menu-root
        @keydown=${this.#menu.onKeydown}
      >
        ${repeat(
          this.people,
          ({ session }) => session,
          (person) => this.#renderPerson(person),
        )}
      </ul>
      <p class="failure" role="alert" ?hidden=${!this.failure}>${this.failure}</p>
      ${hosts ? renderAccess(hosts, this.#host, () => this.dialog?.showModal()) : nothing}
      ${hosts ? this.#renderEnd() : nothing}`;
  }

  #renderPerson(person: Peer | You): TemplateResult {
    const { user, call, hand, media, muted } = person;
    const name = this.nameOf(person);
    const notes = this.#notesOf(person).join(', ');
    return html`<li part="person">
      ${renderFace(user, person.name)}
      <span class="who" title=${name}
        >${name} ${notes ? html`<small>${notes}</small>` : nothing}</span
      >
      <span class="marks">
        ${hand ? html`<span class="raised">${icon(Hand)}${this.#say('handRaised')}</span>` : nothing}
        ${
          call > 0
            ? html`<span class=${muted.includes('microphone') ? 'muted' : ''}
                  >${icon(media.microphone ? Mic : MicOff)}${this.#say(
                    media.microphone ? 'saidMicrophoneOn' : 'saidMicrophoneOff',
                  )}</span
                ><span class=${muted.includes('camera') ? 'muted' : ''}
                  >${icon(media.camera ? Video : VideoOff)}${this.#say(
                    media.camera ? 'saidCameraOn' : 'saidCameraOff',
                  )}</span
                >${muted.length > 0 ? this.#say('muteState') : nothing}`
            : nothing
        }
      </span>
      ${'link' in person ? this.#renderMenu(person) : nothing}
    </li>`;
  }

  /** Only what is unusual: for a speaker in the call, there is nothing to say. */
  #notesOf(person: Peer | You): string[] {
    const { session, role, state, call } = person;
    const notes: MessageKey[] = [];
    if (this.names?.isNamesake(person)) notes.push('namesake');
    if (session === this.#you?.session) notes.push('you');
    if (role !== 'speaker') notes.push(ROLES[role]);
    if (state === 'reconnecting') notes.push('reconnecting');
    else if (call === 0 && session !== this.#you?.session) notes.push('chatOnly');
    return notes.map((key) => this.t(key));
  }

  #renderMenu(person: Peer): unknown {
    const { session } = person;
    const items = this.#you ? personItems(person, this.#you) : [];
    if (items.length === 0) return nothing;
    const isOpen = this.#menu.isOpen(session);
    const label = this.t('personMenu', { name: this.nameOf(person) });
    // In a long list, the menus in the lower half open upwards.
    const isLow = this.people.length > 5 && this.people.indexOf(person) > this.people.length / 2;
    return html`<button
        type="button"
        class="more"
        data-menu=${session}
        aria-haspopup="menu"
        aria-expanded=${isOpen}
        aria-label=${label}
        title=${label}
        @click=${() => this.#toggleMenu(session)}
      >
        ${icon(EllipsisVertical)}
      </button>
      ${
        isOpen
          ? html`<div
              part="person-menu"
              class=${isLow ? 'menu up' : 'menu'}
              role="menu"
              aria-label=${label}
            >
              ${items.map(
                ({ key, action, isHarsh }) =>
                  html`<button
                    type="button"
                    role="menuitem"
                    tabindex="-1"
                    class=${isHarsh ? 'harsh' : ''}
                    @click=${() => this.#choose(action, session)}
                  >
                    ${this.t(key)}
                  </button>`,
              )}
            </div>`
          : nothing
      }`;
  }

  /** The confirmation before the call ends for everybody. */
  #renderEnd(): TemplateResult {
    const close = (): void => this.dialog?.close();
    const onEnd = (): void => {
      close();
      void this.#ask({ do: 'close-room' });
    };
    return html`<dialog aria-labelledby="end">
      <h2 id="end">${this.t('endAsk')}</h2>
      <p>${this.t('endHint')}</p>
      <div>
        <button type="button" class="plain" @click=${close}>${this.t('endKeep')}</button>
        <button type="button" class="sure" @click=${onEnd}>${this.t('endAll')}</button>
      </div>
    </dialog>`;
  }

  /** Scrolls an opened menu into view. */
  async #toggleMenu(session: string): Promise<void> {
    await this.#menu.toggle(session);
    this.renderRoot.querySelector('.menu')?.scrollIntoView({ block: 'nearest' });
  }

  #choose(action: PersonItem['action'], session: string): void {
    if (action === 'pick-files') void this.#send(session);
    else void this.#ask(action);
    void this.#menu.close();
  }

  /** Call it within a click, as browsers open their picker only then. */
  async #send(to: string): Promise<void> {
    const { shared } = this.rtc;
    const files = await pickFiles(this.ownerDocument);
    // In another room, the session would be nobody's.
    if (files && shared === this.rtc.shared) await this.#ask({ do: 'send-files', files, to });
  }

  /** Makes a request, and shows why if it fails. Nothing changes before the room has done it. */
  async #ask(action: RtcAction): Promise<void> {
    this.failure = '';
    const { shared } = this.rtc;
    const outcome = await this.rtc.request(action);
    if (outcome.status !== 'failed' || shared !== this.rtc.shared) return;
    this.failure = this.t('hostFailed', { why: outcome.error.message });
  }

  /** The meaning of an icon, for screen readers. */
  #say(key: MessageKey): TemplateResult {
    return html`<span class="quiet">${this.t(key)}</span>`;
  }
}
