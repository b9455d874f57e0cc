// What `<rtc-room>` displays: the lobby, the call, or the screen after it. Loads separately from the
// element.
import type { RoomState } from '@rtc-elements/core';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';

import type { EntryInterface, RoomEntry } from '../base/room-entry.js';
import type { RtcElement } from '../base/rtc-element.js';
import { enRoom } from '../i18n/en-room.js';
import { localize, type Translate } from '../i18n/localize.js';
import type { LazyElements } from '../lazy/lazy-elements.js';
import type { Panel, SharedRoom } from '../session/shared-room.js';
import { OUTER_TILE_PARTS } from '../tile/tile-parts.js';
import { renderHeader } from './header.js';
import { renderPanel } from './panel.js';
import { roomInterfaceStyles } from './room-interface.styles.js';

// A name that several elements have gets the name of the place in front.
const LOBBY_PARTS =
  'preview,title:lobby-title,form,field:lobby-field,join,meter-track,verdict,check,' +
  `good:verdict-good,fair:verdict-fair,poor:verdict-poor,${OUTER_TILE_PARTS}`;
const STATS_PARTS =
  'list:stats-list,person:stats-person,quality:stats-quality,' +
  'good:stats-good,fair:stats-fair,poor:stats-poor,figures';

/** What the interface reads from its element. */
interface RoomHost extends Pick<
  RoomEntry,
  'addController' | 'lazy' | 'matches' | 'renderRoot' | 'rtc' | 'updateComplete'
> {
  readonly composed: boolean;
  readonly controls: string;
  readonly notify: string;
  readonly pushToTalk: string | null;
  readonly lazyElements: Readonly<Record<'panels' | 'screens', LazyElements>>;
  readonly shared: SharedRoom | null;
  readonly showsLobby: boolean;
  readonly startName: string;
}

/** Renders `<rtc-room>`, and moves focus to what replaces the focused content. */
export class RoomInterface implements EntryInterface, ReactiveController {
  readonly styles = roomInterfaceStyles;
  readonly #room: RoomHost;
  #hadFocus = false;
  /** The panel, bar or screen that was last shown. */
  #shown: Element | null = null;

  constructor(room: RoomHost) {
    this.#room = room;
    room.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#room.matches(':focus-within');
  }

  hostUpdated(): void {
    void this.#moveFocus();
  }

  render(): TemplateResult {
    const { pushToTalk, composed, lazy, rtc } = this.#room;
    return html`<rtc-player></rtc-player>
      <rtc-announcer class="quiet" aria-live="polite"></rtc-announcer>
      ${
        pushToTalk === null
          ? nothing
          : html`<rtc-talk-key code=${pushToTalk || 'Space'}></rtc-talk-key>`
      }
      ${composed || !rtc.state ? lazy.renderNotice() : this.#renderScreen(rtc.state)}`;
  }

  #renderScreen(state: RoomState): unknown {
    if (this.#room.showsLobby) return this.#renderLobby();
    if (state.connection === 'closed') return this.#renderLeaving();
    if (state.connection === 'waiting') return this.#renderWaiting();
    return this.#renderCall(state);
  }

  #renderLobby(): unknown {
    const { lazy, lazyElements, startName } = this.#room;
    return lazy.place(
      lazyElements.screens,
      html`<rtc-lobby part="lobby" exportparts=${LOBBY_PARTS} .name=${startName}
        ><slot name="lobby"></slot
      ></rtc-lobby>`,
    );
  }

  #renderLeaving(): unknown {
    const { lazy, lazyElements } = this.#room;
    return lazy.place(
      lazyElements.screens,
      html`<rtc-leaving part="left" exportparts="title:left-title, rejoin"
        ><slot name="left"></slot
      ></rtc-leaving>`,
    );
  }

  #renderWaiting(): unknown {
    const { lazy, lazyElements } = this.#room;
    return lazy.place(
      lazyElements.screens,
      html`<rtc-waiting part="waiting" exportparts="title:waiting-title, leave"
        ><slot name="waiting"></slot
      ></rtc-waiting>`,
    );
  }

  #renderCall(state: RoomState): TemplateResult {
    const { rtc, notify, controls } = this.#room;
    const panel = rtc.shared?.panel ?? null;
    return html`<div class="call">
      ${renderHeader(state, this.#t, panel === 'stats', this.#toggleStats)}
      <div part="stage" class="stage">
        <rtc-grid part="grid" exportparts="tile, empty, ${OUTER_TILE_PARTS}">
          <slot name="empty" slot="empty"
            ><strong>${this.#t('alone')}</strong><br />${this.#t('aloneHint')}</slot
          >
        </rtc-grid>
        <rtc-notices exportparts="notice"></rtc-notices>
        <rtc-notifications exportparts="toast" notify=${notify}></rtc-notifications>
      </div>
      <rtc-controls
        part="controls"
        exportparts="bar, button, button-mic, button-camera, button-screen, button-hand, button-chat, button-people, button-leave, menu"
        controls=${controls}
        ><slot name="controls-start" slot="start"></slot><slot name="controls-end" slot="end"></slot
      ></rtc-controls>
      ${panel ? this.#renderPanel(panel) : nothing}
    </div>`;
  }

  #renderPanel(panel: Panel): TemplateResult {
    const { lazy, lazyElements } = this.#room;
    const content =
      panel === 'chat'
        ? nothing
        : lazy.place(
            lazyElements.panels,
            panel === 'stats'
              ? html`<rtc-stats exportparts=${STATS_PARTS}></rtc-stats>`
              : html`<rtc-participants
                  exportparts="list:people-list, person, person-menu, waiting:people-waiting"
                ></rtc-participants>`,
          );
    return renderPanel(panel, this.#t, this.#closePanel, content);
  }

  /** Moves focus to what has just appeared, if the room had focus before. */
  async #moveFocus(): Promise<void> {
    const { renderRoot } = this.#room;
    const before = this.#shown;
    const bar = renderRoot.querySelector('rtc-controls');
    const screen = renderRoot.querySelector<RtcElement>('rtc-leaving, rtc-waiting');
    const panel = renderRoot.querySelector('aside > :last-child');
    const shown = (this.#shown = screen ?? panel ?? bar);
    if (!this.#hadFocus || !shown || shown === before) return;
    // A panel that closes returns focus itself.
    if (shown === bar && before && !/left|waiting/.test(before.part.value)) return;
    await customElements.whenDefined(shown.localName);
    await (bar ?? screen)?.updateComplete;
    if (shown === bar) bar.focusButton('mic');
    else (shown as HTMLElement).focus();
  }

  readonly #t: Translate = (key, params) =>
    localize(this.#room.shared?.messages, enRoom, key, params);

  readonly #closePanel = async (): Promise<void> => {
    const { rtc, renderRoot } = this.#room;
    const panel = rtc.shared?.panel;
    if (!panel) return;
    await rtc.request({ do: 'toggle-panel', panel, force: false });
    // The focused button is gone. The header may not have been visible before.
    await this.#room.updateComplete;
    if (panel === 'stats') renderRoot.querySelector<HTMLElement>('.path')?.focus();
    else renderRoot.querySelector('rtc-controls')?.focusButton(panel);
  };

  readonly #toggleStats = (): void =>
    void this.#room.rtc.request({ do: 'toggle-panel', panel: 'stats' });
}
