// The whole meeting in one tag, or the provider of a room for elements that a page lays out itself.
import type { Room } from '@rtc-elements/core';
import { type CSSResultGroup, html } from 'lit';
import { property } from 'lit/decorators.js';

import { RoomEntry } from '../base/room-entry.js';
import { RtcChat } from '../chat/rtc-chat.js';
import { RtcErrorEvent } from '../events.js';
import type { Messages } from '../i18n/en.js';
import { isSettled, Prefetch } from '../lazy/prefetch.js';
import { EventRelay } from '../session/event-relay.js';
import type { SharedRoomRequest } from '../session/room-registry.js';
import type { SharedRoom } from '../session/shared-room.js';
import { callOptions, type DeviceStart } from './call-options.js';
import { lazyRoom } from './lazy-room.js';
import type { RoomInterface } from './room-interface.js';
import { roomStyles } from './rtc-room.styles.js';

type Switch = 'toggle-microphone' | 'toggle-camera' | 'toggle-screen' | 'toggle-hand';

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

  /** What loads beside the element. @internal */
  static lazyElements = { ...lazyRoom, chat: RtcChat.lazyElements.interface };

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

  /** Resolves with `client` as soon as it exists. */
  readonly ready: Promise<Room>;
  #resolveReady!: (room: Room) => void;
  readonly #relay = new EventRelay(this);
  #started: SharedRoom | null = null;
  #failed: RtcErrorEvent['error'] | null = null;

  constructor() {
    super();
    this.ready = new Promise((resolve) => (this.#resolveReady = resolve));
    const { interface: ownInterface, ...others } = this.lazyElements;
    new Prefetch(this, Object.values(others), () => {
      const { shared } = this;
      return ownInterface.module !== null && shared !== null && isSettled(shared);
    });
  }

  /** @internal */
  get lazyElements(): typeof RtcRoom.lazyElements {
    return (this.constructor as typeof RtcRoom).lazyElements;
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

  /** The name to begin with: given here, or to the chat that was in the room before. @internal */
  get startName(): string {
    return this.name || (this.shared?.options.name ?? '');
  }

  /** Whether the screen before the call stands here now. @internal */
  get showsLobby(): boolean {
    const { shared, state } = this.rtc;
    return state?.connection !== 'closed' && shared?.isCalling === false && this.#wantsLobby();
  }

  /** Enters. Resolves once in; rejects when the room refuses. */
  async join(): Promise<void> {
    await this.updateComplete;
    if (this.rtc.failure) throw this.rtc.failure;
    const { shared, state } = this.rtc;
    const isIn = state?.connection !== 'idle' && shared?.options.name;
    await shared?.join(isIn || this.startName || this.t('guest'));
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
  roomRequest(): SharedRoomRequest {
    return { ...this.ownRoom, ...callOptions(this) };
  }

  protected override createInterface(): RoomInterface | null {
    const module = this.lazy.use(this.lazyElements.interface);
    return module && new module.RoomInterface(this);
  }

  protected override render(): unknown {
    const { failure } = this.rtc;
    const inside =
      failure && !this.composed
        ? html`<p class="failure" role="alert">${failure.message}</p>`
        : super.render();
    return html`${inside}<slot @slotchange=${this.#onSlotChange}></slot>`;
  }

  protected override updated(): void {
    const { shared, failure } = this.rtc;
    if (shared && shared.messages !== this.messages) {
      shared.messages = this.messages;
      shared.notify();
    }
    // At once: the interface asks for it as well, but has to load first.
    if (this.showsLobby && !this.composed) this.lazy.use(this.lazyElements.screens);
    this.#relay.follow(shared);
    if (shared && shared !== this.#started) {
      this.#started = shared;
      void this.#start(shared);
    }
    if (failure && this.#failed !== failure) this.dispatchEvent(new RtcErrorEvent(failure, true));
    this.#failed = failure;
  }

  #toggle(what: Switch, force: boolean | undefined): Promise<unknown> {
    return this.rtc.request({ do: what, ...(force !== undefined && { force }) });
  }

  #wantsLobby(): boolean {
    return this.lobby === 'on' || (this.lobby === 'auto' && !(this.autojoin && this.startName));
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
}
