// Who is here, as a list.
import type { Peer, RoomState, You } from '@rtc-elements/core';
import { css, type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { state } from '../internal/decorators.js';
import { each } from '../internal/each.js';
import Hand from 'lucide/dist/esm/icons/hand.mjs';
import Mic from 'lucide/dist/esm/icons/mic.mjs';
import MicOff from 'lucide/dist/esm/icons/mic-off.mjs';
import Video from 'lucide/dist/esm/icons/video.mjs';
import VideoOff from 'lucide/dist/esm/icons/video-off.mjs';

import { cssProperties } from '../internal/css-properties.js';
import { icon } from '../internal/icon.js';
import { initials, personColor } from '../internal/person.js';
import { RtcElement } from '../internal/rtc-element.js';
import type { MessageKey } from '../locales/en.js';
import { enRoom } from '../locales/en-room.js';

/**
 * @summary Everybody in the room, in and out of the call, with what they are sending.
 * @tag rtc-participants
 *
 * @csspart list - The list.
 * @csspart person - Each line.
 */
export class RtcParticipants extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    css`
      ul {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 8px;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 44px;
        padding: 4px 8px;
        border-radius: 10px;
      }
      .who {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
      }
      small {
        color: var(--ink-2);
        font-size: 12px;
        font-weight: 400;
      }
      .marks {
        display: flex;
        gap: 10px;
        color: var(--ink-2);
        --icon-size: 16px;
      }
      .raised {
        color: var(--warn);
      }
    `,
  ];
  static override words = enRoom;

  @state() private people: readonly (Peer | You)[] = [];
  #you: You | null = null;

  protected override takeState({ you, peers }: RoomState): void {
    this.#you = you;
    this.people = you ? [you, ...peers] : peers;
  }

  /** Puts focus on the list. */
  override focus(): void {
    this.renderRoot.querySelector('ul')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<ul part="list" tabindex="-1" aria-label=${this.t('participants')}>
      ${each(
        this.people,
        ({ session }) => session,
        (person) => this.#renderPerson(person),
      )}
    </ul>`;
  }

  #renderPerson(person: Peer | You): TemplateResult {
    const { name, user, call, hand, media, state } = person;
    const note =
      person === this.#you
        ? this.t('you')
        : state === 'reconnecting'
          ? this.t('reconnecting')
          : call === 0
            ? this.t('chatOnly')
            : '';
    return html`<li part="person">
      <span class="avatar" aria-hidden="true" ${cssProperties({ '--person': personColor(user) })}
        >${initials(name)}</span
      >
      <span class="who">${name} ${note ? html`<small>${note}</small>` : nothing}</span>
      <span class="marks">
        ${hand ? html`<span class="raised">${icon(Hand)}${this.#say('handRaised')}</span>` : nothing}
        ${
          call > 0
            ? html`<span
                  >${icon(media.microphone ? Mic : MicOff)}${this.#say(
                    media.microphone ? 'saidMicrophoneOn' : 'saidMicrophoneOff',
                  )}</span
                ><span
                  >${icon(media.camera ? Video : VideoOff)}${this.#say(
                    media.camera ? 'saidCameraOn' : 'saidCameraOff',
                  )}</span
                >`
            : nothing
        }
      </span>
    </li>`;
  }

  /** What a mark says, to those who do not see it. */
  #say(key: MessageKey): TemplateResult {
    return html`<span class="quiet">${this.t(key)}</span>`;
  }
}
