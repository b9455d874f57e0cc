// <rtc-controls>: the bar of buttons below the stage.
import type { RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { icon } from '../base/icon.js';
import { MessageSquare, PhoneOff } from '../base/icons/call.js';
import { ChevronDown, Ellipsis } from '../base/icons/common.js';
import { MenuController } from '../base/menu.js';
import { RtcElement } from '../base/rtc-element.js';
import { enRoom } from '../i18n/en-room.js';
import { tokenError } from '../session/requests/misuse.js';
import type { RtcAction } from '../session/requests/request-map.js';
import { type Control, deviceControl, rareControls } from './control.js';
import { renderDeviceItems } from './device-items.js';
import { controlsStyles } from './rtc-controls.styles.js';

/**
 * @summary Buttons for microphone, camera, screen, hand, chat, people and leave, with device menus.
 * @tag rtc-controls
 *
 * @slot start - Before the buttons.
 * @slot end - After them.
 *
 * @fires rtc-request - What a button requests; `preventDefault()` stops it.
 *
 * @csspart bar - The row.
 * @csspart button - Each button.
 * @csspart button-mic - In addition to `button`: the microphone.
 * @csspart button-camera - In addition to `button`: the camera.
 * @csspart button-screen - In addition to `button`: the screen.
 * @csspart button-hand - In addition to `button`: the hand.
 * @csspart button-chat - In addition to `button`: the chat.
 * @csspart button-people - In addition to `button`: the people.
 * @csspart button-leave - In addition to `button`: leaving.
 * @csspart menu - The open menu.
 */
export class RtcControls extends RtcElement {
  static override styles: CSSResultGroup = [RtcElement.styles, controlsStyles];
  static override words = enRoom;

  /** Which buttons to show: `mic camera screen hand chat people leave`. */
  @property() controls = 'mic camera screen hand chat people leave';

  readonly #menu = new MenuController(this);
  readonly #t = this.t.bind(this);

  /**
   * Focuses the button with this token of `controls`, or "more" while the button is in that menu. Has no effect while the
   * button is not shown.
   * @throws RtcError `bad-argument`, if no button has this token.
   */
  focusButton(token: string): void {
    if (!TOKENS.includes(token)) throw tokenError(TOKENS);
    this.#find(token)?.focus();
  }

  /** The button with this token, "more" if the button is in that menu, or else the bar. @internal */
  buttonOf(token: string): HTMLElement {
    return this.#find(token) ?? this;
  }

  #find(token: string): HTMLElement | undefined {
    const button = this.shadowRoot?.querySelector<HTMLElement>(`[part~="button-${token}"]`);
    // A button that is in the menu is hidden in the bar.
    const more = button && this.shadowRoot?.querySelector<HTMLElement>('[data-menu="more"]');
    return [button, more].find((one) => one?.offsetParent) ?? undefined;
  }

  protected override render(): unknown {
    const { state } = this.rtc;
    if (!state) return nothing;
    const mayShow = state.you?.role !== 'listener';
    const has = (token: string): boolean =>
      (mayShow || !/mic|camera|screen/.test(token)) && this.controls.split(/\s+/).includes(token);
    const panel = this.rtc.shared?.panel ?? null;
    const rare = rareControls(state, panel, this.#t).filter(({ token }) => has(token));
    return html`
      <div
        part="bar"
        class="bar"
        role="group"
        aria-label=${this.t('controls')}
        data-menu-root
        @keydown=${this.#menu.onKeydown}
      >
        <slot name="start"></slot>
        ${has('mic') ? this.#renderSplit(state, 'microphone') : nothing}
        ${has('camera') ? this.#renderSplit(state, 'camera') : nothing}
        ${rare.filter(({ token }) => token !== 'people').map((c) => this.#renderButton(c, 'wide'))}
        ${has('chat') ? this.#renderChat() : nothing}
        ${rare.filter(({ token }) => token === 'people').map((c) => this.#renderButton(c, 'wide'))}
        ${this.#renderMore(state, rare)} ${has('leave') ? this.#renderLeave() : nothing}
        <slot name="end"></slot>
      </div>
    `;
  }

  #renderSplit(state: RoomState, source: 'microphone' | 'camera'): TemplateResult {
    const isMicrophone = source === 'microphone';
    const choose = this.t(isMicrophone ? 'chooseMicrophone' : 'chooseCamera');
    const isOpen = this.#menu.isOpen(source);
    return html`<div class="split">
      ${this.#renderButton(deviceControl(state, source, this.#t))}
      <button
        part="button"
        type="button"
        data-menu=${source}
        aria-haspopup="menu"
        aria-expanded=${isOpen}
        aria-label=${choose}
        title=${choose}
        @click=${() => this.#menu.toggle(source)}
      >
        ${icon(ChevronDown)}
      </button>
      ${isOpen ? this.#renderMenu(choose, state.media, isMicrophone ? MIC_MENU : CAM_MENU) : nothing}
    </div>`;
  }

  #renderButton(control: Control, place = ''): TemplateResult {
    const { pressed } = control;
    return html`<button
      part="button button-${control.token}"
      type="button"
      class="${place} ${control.tone ?? (pressed ? 'on' : '')}"
      aria-label=${control.label}
      aria-pressed=${pressed}
      title=${control.hint}
      @click=${() => this.rtc.request(control.action)}
    >
      ${icon(control.icon)}
    </button>`;
  }

  #renderChat(): TemplateResult {
    const isOpen = this.rtc.shared?.panel === 'chat';
    const unread = this.rtc.shared?.unread ?? 0;
    return html`<button
      part="button button-chat"
      type="button"
      class=${isOpen ? 'on' : ''}
      aria-label=${unread ? this.t('chatUnread', { count: unread }) : this.t('chat')}
      aria-pressed=${isOpen}
      title=${this.t('chat')}
      @click=${() => this.rtc.request({ do: 'toggle-panel', panel: 'chat' })}
    >
      ${icon(MessageSquare)}
      ${unread ? html`<span class="badge" aria-hidden="true">${Math.min(unread, 99)}</span>` : nothing}
    </button>`;
  }

  #renderMore({ media }: RoomState, rare: readonly Control[]): TemplateResult {
    return html`<div class="more">
      <button
        part="button"
        type="button"
        data-menu="more"
        aria-haspopup="menu"
        aria-expanded=${this.#menu.isOpen('more')}
        aria-label=${this.t('more')}
        title=${this.t('more')}
        @click=${() => this.#menu.toggle('more')}
      >
        ${icon(Ellipsis)}
      </button>
      ${this.#menu.isOpen('more') ? this.#renderMenu(this.t('more'), media, ALL_KINDS, rare) : nothing}
    </div>`;
  }

  #renderLeave(): TemplateResult {
    return html`<button
      part="button button-leave"
      type="button"
      class="leave"
      aria-label=${this.t('leave')}
      title=${this.t('leave')}
      @click=${() => this.rtc.request({ do: 'leave' })}
    >
      ${icon(PhoneOff)}<span>${this.t('leave')}</span>
    </button>`;
  }

  #renderMenu(
    label: string,
    media: RoomState['media'],
    kinds: readonly MediaDeviceKind[],
    controls: readonly Control[] = [],
  ): TemplateResult {
    return html`<div part="menu" class="menu" role="menu" aria-label=${label}>
      ${controls.map(
        ({ icon: node, label: text, action, pressed }) =>
          html`<button
            type="button"
            role="menuitemcheckbox"
            aria-checked=${pressed}
            tabindex="-1"
            @click=${() => this.#choose(action)}
          >
            ${icon(node)}<span>${text}</span>
          </button>`,
      )}
      ${renderDeviceItems(kinds, {
        media,
        choices: this.rtc.shared?.choices ?? {},
        t: this.#t,
        choose: this.#choose,
      })}
    </div>`;
  }

  readonly #choose = (action: RtcAction): void => {
    void this.#menu.close();
    void this.rtc.request(action);
  };
}

const TOKENS: readonly string[] = 'mic camera screen hand chat people leave'.split(' ');
const MIC_MENU = ['audioinput', 'audiooutput'] as const;
const CAM_MENU = ['videoinput'] as const;
const ALL_KINDS = ['audioinput', 'videoinput', 'audiooutput'] as const;
