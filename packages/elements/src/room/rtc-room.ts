// The whole meeting in one tag, or the provider of a room for elements that a page lays out itself.
import type { Room, RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { RoomEntry } from '../base/room-entry.js';
import type { RtcElement } from '../base/rtc-element.js';
import { RtcErrorEvent } from '../events.js';
import { enRoom } from '../i18n/en-room.js';
import type { Messages } from '../i18n/en.js';
import { EventRelay } from '../session/event-relay.js';
import type { Panel } from '../session/requests.js';
import type { RoomRequest } from '../session/room-registry.js';
import type { SharedRoom } from '../session/shared-room.js';
import { renderHeader, renderPanel } from './room-parts.js';
import { roomStyles } from './rtc-room.styles.js';

/** How a device starts: `off` is never asked for, `muted` can be turned on. */
export type DeviceStart = 'on' | 'off' | 'muted';

type Switch = 'toggle-microphone' | 'toggle-camera' | 'toggle-screen' | 'toggle-hand';

const AS_OPTION = { on: true, off: false, muted: 'muted' } as const;

/**
 * @summary A whole meeting: lobby, stage, controls, chat. With children it shows only those, and gives them its room.
 * @tag rtc-room
 *
 * @slot - A layout of your own; `rtc-*` elements in it find this room. Nothing else is shown then.
 * @slot header - At the end of the header.
 * @slot controls-start - Before the buttons of the bar.
 * @slot controls-end - After them.
 * @slot empty - On the stage while nobody else is here.
 * @slot lobby - Under the button of the lobby.
 * @slot left - Under the button of the screen after the call.
 * @slot waiting - Under the button of the screen at a locked door.
 *
 * @fires rtc-ready - The room object exists: `client` is set.
 * @fires rtc-join - We are in.
 * @fires rtc-leave - We are out; `reason` says why.
 * @fires rtc-error - Something failed: `code`, `fatal`, `message`, `action`.
 * @fires rtc-peer-join - Somebody is here now.
 * @fires rtc-peer-leave - Somebody went.
 * @fires rtc-track - A track of a peer came or went.
 * @fires rtc-message - A chat line of somebody else arrived.
 * @fires rtc-typing - Somebody began or stopped typing.
 * @fires rtc-presence - Somebody's name, media, hand or state changed.
 * @fires rtc-quality - The quality of our link to a peer changed.
 * @fires rtc-knock - Somebody asks to come in; only hosts are told.
 * @fires rtc-role-change - We may do more now, or less.
 * @fires rtc-notify - The page's backend tells us something; `preventDefault()` keeps the toast away.
 * @fires rtc-connection-change - Our connection to the room changed.
 * @fires rtc-request - An element asks for something; `preventDefault()` stops it.
 *
 * @csspart header - The line above the stage.
 * @csspart stage - The box of the tiles.
 * @csspart grid - The tiles; parts of tiles are exported as `tile`, `tile-frame`, `tile-video`, `tile-name` …
 * @csspart controls - The bar; its parts are exported as `bar`, `button`, `button-leave`, `menu` …
 * @csspart panel - The open panel.
 * @csspart lobby - The screen before the call.
 * @csspart left - The screen after it.
 * @csspart waiting - The screen while we wait to be let in.
 * @csspart notice - Each card over the stage.
 * @csspart toast - Each toast.
 *
 * @cssprop --rtc-accent - Speaking ring, primary button, links.
 * @cssprop --rtc-accent-ink - Text on it.
 * @cssprop --rtc-danger - Leave, muted, errors.
 * @cssprop --rtc-ok - Levels, and a direct connection.
 * @cssprop --rtc-warn - A connection that could be better.
 * @cssprop --rtc-surface - Panels and buttons.
 * @cssprop --rtc-surface-2 - Fields.
 * @cssprop --rtc-surface-3 - Chips and meters.
 * @cssprop --rtc-stage - Behind the tiles.
 * @cssprop --rtc-tile - A tile without a picture.
 * @cssprop --rtc-tile-ink - Text on it.
 * @cssprop --rtc-ink - Text.
 * @cssprop --rtc-ink-2 - Secondary text.
 * @cssprop --rtc-line - Hairlines.
 * @cssprop [--rtc-radius=12px] - Corners.
 * @cssprop [--rtc-gap=8px] - Between buttons.
 * @cssprop [--rtc-font=system-ui] - The font.
 */
export class RtcRoom extends RoomEntry {
  static override styles: CSSResultGroup = [RoomEntry.styles, roomStyles];
  static override words = enRoom;

  /** The microphone: `on`, `off` (never asked for) or `muted`. */
  @property() audio: DeviceStart = 'on';

  /** The camera: `on`, `off` (never asked for) or `muted`. */
  @property() video: DeviceStart = 'on';

  /** The screen before the call. `auto`: shown unless `autojoin` and a name are given. */
  @property() lobby: 'auto' | 'on' | 'off' = 'auto';

  /** Joins without a click. */
  @property({ type: Boolean }) autojoin = false;

  /** Which buttons, by token. */
  @property() controls = 'mic camera screen hand chat people leave';

  /** The key that is held to talk, as `KeyboardEvent.code` names it; empty: Space. Absent: none. */
  @property({ attribute: 'push-to-talk' }) pushToTalk: string | null = null;

  /** A microphone that is turned off stays open: on again at once, and told when we talk into it. */
  @property({ type: Boolean, attribute: 'hold-microphone' }) holdMicrophone = false;

  /** `relay` hides our addresses from peers; needs a TURN server. */
  @property() privacy: 'relay' | null = null;

  /** Cap of the call, ourselves included. */
  @property({ type: Number, attribute: 'max-peers' }) maxPeers: number | null = null;

  /** Sends smaller, slower pictures and a plainer voice. */
  @property({ type: Boolean, attribute: 'data-saver' }) dataSaver = false;

  /** Where to tell of what happens: `toast`, `sound`, `title`, `system`. */
  @property() notify = 'toast title';

  /** Light or dark whatever the page is; `auto` follows its `color-scheme`. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** ICE servers beside those that the room names. */
  @property({ attribute: false }) iceServers: readonly RTCIceServer[] = [];

  /** Texts in place of the English ones. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  /** Has children of its own, and so shows nothing else. */
  @property({ type: Boolean, reflect: true }) composed = false;

  /** @internal */
  readonly isProvider = true;

  #hadFocus = false;
  /** What was shown last of panel, bar and the screen after the call. */
  #shown: Element | null = null;
  /** Resolves with `client` as soon as it exists. */
  readonly ready: Promise<Room>;
  #resolveReady!: (room: Room) => void;
  readonly #relay = new EventRelay(this);
  #started: SharedRoom | null = null;
  #failed: RtcErrorEvent['error'] | null = null;

  constructor() {
    super();
    this.ready = new Promise((resolve) => (this.#resolveReady = resolve));
  }

  /** @internal */
  get shared(): SharedRoom | null {
    return this.rtc.shared;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#onSlotChange();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A room that is gone for good still says that it was left.
    setTimeout(() => this.isConnected || this.#relay.follow(null), 0);
  }

  /** Enters. Resolves once in; rejects when the room refuses. */
  async join(): Promise<void> {
    await this.updateComplete;
    if (this.rtc.failure) throw this.rtc.failure;
    const { shared, state } = this.rtc;
    const isIn = state?.connection !== 'idle' && shared?.options.name;
    await shared?.join(isIn || this.#anyName || this.t('guest'));
  }

  /** Leaves for good. */
  async leave(): Promise<void> {
    await this.rtc.room?.leave();
  }

  /** Microphone on or off; the other way round without `force`. */
  async toggleMicrophone(force?: boolean): Promise<void> {
    await this.#toggle('toggle-microphone', force);
  }

  /** Camera on or off; the other way round without `force`. */
  async toggleCamera(force?: boolean): Promise<void> {
    await this.#toggle('toggle-camera', force);
  }

  /** Screen share on or off; the other way round without `force`. Call it within a click. */
  async toggleScreen(force?: boolean): Promise<void> {
    await this.#toggle('toggle-screen', force);
  }

  /** Raises our hand, or lowers it; the other way round without `force`. */
  async raiseHand(force?: boolean): Promise<void> {
    await this.#toggle('toggle-hand', force);
  }

  /** Says `text` to everybody. Rejects when it is too long, or the room was left. */
  async sendMessage(text: string): Promise<void> {
    const outcome = await this.rtc.request({ do: 'send-message', text });
    if (outcome instanceof Error) throw outcome;
  }

  /** @internal */
  roomRequest(): RoomRequest {
    return {
      ...this.ownRoom,
      audio: AS_OPTION[this.audio] ?? true,
      video: AS_OPTION[this.video] ?? true,
      call: true,
      iceServers: this.iceServers,
      ...((this.holdMicrophone || this.pushToTalk !== null) && { holdMicrophone: true }),
      ...(this.privacy === 'relay' && { privacy: 'relay' }),
      ...(this.dataSaver && { dataSaver: true }),
      ...(this.maxPeers !== null && { maxPeers: this.maxPeers }),
    };
  }

  protected override takeState(): void {
    this.#hadFocus = this.matches(':focus-within');
  }

  protected override render(): unknown {
    const { state, failure } = this.rtc;
    const announcer = html`<rtc-announcer class="quiet" aria-live="polite"></rtc-announcer>${
        this.pushToTalk === null
          ? nothing
          : html`<rtc-talk-key code=${this.pushToTalk || 'Space'}></rtc-talk-key>`
      }`;
    const slot = html`<slot @slotchange=${this.#onSlotChange}></slot>`;
    if (this.composed)
      return html`<rtc-player></rtc-player>${announcer}${this.parts?.render()}${slot}`;
    if (failure)
      return html`<p class="failure" role="alert">${failure.message}</p>
        ${slot}`;
    if (!state) return slot;
    const isLeft = state.connection === 'closed';
    const showsLobby = !isLeft && !this.rtc.shared?.isCalling && this.#wantsLobby();
    return html`<rtc-player></rtc-player>${announcer}${slot}
      ${
        showsLobby
          ? this.withPart(
              'lobby',
              html`<rtc-lobby
                part="lobby"
                exportparts="preview, title, form, field, join, verdict, check"
                .name=${this.#anyName}
                ><slot name="lobby"></slot
              ></rtc-lobby>`,
            )
          : isLeft
            ? this.withPart(
                'chat',
                html`<rtc-leaving part="left" exportparts="title, rejoin"
                  ><slot name="left"></slot
                ></rtc-leaving>`,
              )
            : state.connection === 'waiting'
              ? this.withPart(
                  'chat',
                  html`<rtc-waiting part="waiting" exportparts="title, leave"
                    ><slot name="waiting"></slot
                  ></rtc-waiting>`,
                )
              : this.#renderCall(state)
      }`;
  }

  protected override updated(): void {
    const { shared, failure } = this.rtc;
    if (shared && shared.messages !== this.messages) {
      shared.messages = this.messages;
      shared.notify();
    }
    // Also where a page lays out the room itself: its live region is ours.
    if (shared) void this.parts?.want('notices');
    this.#relay.follow(shared);
    if (shared && shared !== this.#started) {
      this.#started = shared;
      void this.#start(shared);
    }
    if (failure && this.#failed !== failure) this.dispatchEvent(new RtcErrorEvent(failure, true));
    this.#failed = failure;
    void this.#moveFocus();
  }

  /** To what has just come onto the page, if focus was with us before. */
  async #moveFocus(): Promise<void> {
    const { renderRoot } = this;
    const before = this.#shown;
    const bar = renderRoot.querySelector('rtc-controls');
    const leaving = renderRoot.querySelector<RtcElement>('rtc-leaving, rtc-waiting');
    const panel = renderRoot.querySelector('aside > :last-child');
    const shown = (this.#shown = leaving ?? panel ?? bar);
    if (!this.#hadFocus || !shown || shown === before) return;
    // A panel that closes gives focus back by itself.
    if (shown === bar && before && !/left|waiting/.test(before.part.value)) return;
    await customElements.whenDefined(shown.localName);
    await (bar ?? leaving)?.updateComplete;
    if (shown === bar) bar.focusButton('mic');
    else (shown as HTMLElement).focus();
  }

  #renderCall(state: RoomState): TemplateResult {
    const panel = this.rtc.shared?.panel ?? null;
    return html`<div class="call">
      ${renderHeader(state, this.t.bind(this), panel === 'stats', this.#toggleStats)}
      <div part="stage" class="stage">
        <rtc-grid
          part="grid"
          exportparts="tile, tile-frame, tile-video, tile-initials, tile-name, tile-quality, tile-hand, empty"
        >
          <slot name="empty" slot="empty"
            ><strong>${this.t('alone')}</strong><br />${this.t('aloneHint')}</slot
          >
        </rtc-grid>
        ${this.withPart(
          'notices',
          html`<rtc-notices exportparts="notice"></rtc-notices>
            <rtc-notifications exportparts="toast" notify=${this.notify}></rtc-notifications>`,
        )}
      </div>
      <rtc-controls
        part="controls"
        exportparts="bar, button, button-mic, button-camera, button-screen, button-hand, button-chat, button-people, button-leave, menu"
        controls=${this.controls}
        ><slot name="controls-start" slot="start"></slot><slot name="controls-end" slot="end"></slot
      ></rtc-controls>
      ${panel ? this.#renderPanel(panel) : nothing}
    </div>`;
  }

  #renderPanel(panel: Panel): TemplateResult {
    const content = this.withPart(
      'chat',
      panel === 'stats'
        ? html`<rtc-stats exportparts="person, figures"></rtc-stats>`
        : html`<rtc-participants exportparts="person, person-menu, waiting"></rtc-participants>`,
    );
    return renderPanel(panel, this.t.bind(this), this.#closePanel, content);
  }

  #toggle(what: Switch, force: boolean | undefined): Promise<unknown> {
    return this.rtc.request({ do: what, ...(force !== undefined && { force }) });
  }

  /** Given here, or to the chat that was in the room before. */
  get #anyName(): string {
    return this.name || (this.rtc.shared?.options.name ?? '');
  }

  #wantsLobby(): boolean {
    return this.lobby === 'on' || (this.lobby === 'auto' && !(this.autojoin && this.#anyName));
  }

  /** A room is here for the first time: the call begins by itself, or its lobby does. */
  async #start(shared: SharedRoom): Promise<void> {
    this.#resolveReady(shared.room);
    const { connection } = shared.room.getSnapshot();
    if (!this.rtc.ownsRoom || connection === 'closed') return;
    if (this.#wantsLobby() || !this.autojoin) return;
    // The room's refusal is in the snapshot and in `rtc-error`.
    await this.join().catch(() => undefined);
  }

  /** Children may come late: a parser brings them one by one. */
  readonly #onSlotChange = (): void => {
    this.composed = [...this.children].some((child) => !child.slot);
  };

  readonly #closePanel = async (): Promise<void> => {
    const panel = this.rtc.shared?.panel;
    if (!panel) return;
    await this.rtc.request({ do: 'toggle-panel', panel, force: false });
    // Focus was in what is gone now, and the header may have been behind it.
    await this.updateComplete;
    const { renderRoot } = this;
    if (panel === 'stats') renderRoot.querySelector<HTMLElement>('.path')?.focus();
    else renderRoot.querySelector('rtc-controls')?.focusButton(panel);
  };

  readonly #toggleStats = (): void => void this.rtc.request({ do: 'toggle-panel', panel: 'stats' });
}
