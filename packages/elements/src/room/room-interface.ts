// What `<rtc-room>` displays: the lobby, the call, or the screen after it. Loads separately from the
// element.
import type { RoomState } from '@rtc-elements/core';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';

import type { EntryInterface, RoomEntry } from '../base/room-entry.js';
import type { RtcElement } from '../base/rtc-element.js';
import { enRoom } from '../i18n/en-room.js';
import { localize, type Translate } from '../i18n/localize.js';
import type { LazyElements } from '../lazy/lazy-elements.js';
import type { Panel } from '../session/interface-state.js';
import type { SharedRoom } from '../session/shared-room.js';
import { OUTER_TILE_PARTS } from '../tile/tile-parts.js';
import { renderHeader } from './header.js';
import { renderPanel } from './panel.js';
import { keepPage } from '../files/dropped-items.js';
import { hasUnfinished } from '../files/unfinished.js';
import { FILE_CARD_PARTS, LOBBY_PARTS, STATS_PARTS } from './room-parts.js';
import { roomInterfaceStyles } from './room-interface.styles.js';

/** The content of the open panel. */
const PANEL = 'aside > :last-child';

/** What the interface reads from its element. */
interface RoomHost extends RoomEntry {
  readonly composed: boolean;
  readonly controls: string;
  readonly notify: string;
  readonly pushToTalk: string | null;
  readonly lazyElements: Readonly<Record<'files' | 'panels' | 'screens', LazyElements>>;
  readonly shared: SharedRoom | null;
  readonly showsLobby: boolean;
  readonly startName: string;
}

/** Renders `<rtc-room>`, and moves focus to what replaces the focused content. */
export class RoomInterface implements EntryInterface, ReactiveController {
  readonly styles = roomInterfaceStyles;
  readonly #room: RoomHost;
  #hadFocus = false;
  #panel: Panel | null = null;
  /** What has the focus in the call when something else has lost it: a button of the bar, or the panel that has opened. */
  #place: Panel | 'mic' | typeof PANEL = 'mic';

  constructor(room: RoomHost) {
    this.#room = room;
    room.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#room.matches(':focus-within');
    if (this.#hadFocus && (this.#place !== PANEL || this.#find(PANEL)?.matches(':focus-within')))
      this.#place = 'mic';
  }

  hostUpdated(): void {
    const { shared } = this.#room.rtc;
    const panel = this.#find(PANEL) ? (shared?.panel ?? null) : null;
    // Nobody has lost the focus when a panel opens.
    if (panel !== this.#panel && panel) this.#place = this.#hadFocus ? PANEL : 'mic';
    else if (panel !== this.#panel) this.#place = this.#panel ?? 'mic';
    this.#panel = panel;
    if (this.#place === PANEL) void this.#enterPanel();
  }

  /** In a layout of the page's own, the buttons of the call. */
  focusPlace(): HTMLElement | null | undefined {
    const { composed, renderRoot } = this.#room;
    const bar = (composed ? this.#room : renderRoot).querySelector('rtc-controls');
    const screen = this.#find('rtc-lobby, rtc-leaving, rtc-waiting');
    if (screen || this.#place === PANEL) return screen ?? this.#find(PANEL);
    return this.#place === 'stats' ? this.#find('.path') : bar?.buttonOf(this.#place);
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
    return html`<div class="call" @dragover=${keepPage}>
      ${renderHeader(state, this.#t, panel === 'stats', this.#toggleStats)}
      <div part="stage" class="stage">
        <rtc-grid part="grid" exportparts="tile, empty, ${OUTER_TILE_PARTS}">
          <slot name="empty" slot="empty"
            ><strong>${this.#t('alone')}</strong><br />${this.#t('aloneHint')}</slot
          >
        </rtc-grid>
        <div class="cards">
          <rtc-notices exportparts="notice"></rtc-notices>
          ${this.#renderFiles(state)}
        </div>
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

  /** Nothing is loaded before there are files, or somebody has tried to send some. */
  #renderFiles(state: RoomState): unknown {
    const { lazy, lazyElements, shared } = this.#room;
    const { files } = lazyElements;
    const count = shared?.room.files.getSnapshot().length ?? 0;
    const isWanted = count > 0 || shared?.fileProblem || files.module !== null;
    if (!isWanted && !hasUnfinished(state.room)) return nothing;
    return lazy.place(
      files,
      html`<rtc-file-cards exportparts=${FILE_CARD_PARTS}></rtc-file-cards>`,
    );
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

  async #enterPanel(): Promise<void> {
    const panel = this.#find(PANEL) as RtcElement | null;
    await panel?.updateComplete;
    if (this.#place === PANEL) panel?.focus();
  }

  #find(selector: string): HTMLElement | null {
    return this.#room.renderRoot.querySelector<HTMLElement>(selector);
  }

  readonly #t: Translate = (key, params) =>
    localize(this.#room.shared?.messages, enRoom, key, params);

  readonly #closePanel = async (): Promise<void> => {
    const { rtc } = this.#room;
    const panel = rtc.shared?.panel;
    if (!panel) return;
    await rtc.request({ do: 'toggle-panel', panel, force: false });
    await this.#room.updateComplete;
    // Not every browser focuses a button that is clicked: nobody has lost the focus then.
    this.#room.focus();
  };

  readonly #toggleStats = (): void =>
    void this.#room.rtc.request({ do: 'toggle-panel', panel: 'stats' });
}
