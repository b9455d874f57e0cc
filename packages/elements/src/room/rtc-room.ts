// <rtc-room>: a whole meeting in one tag, or the provider of a room for a page's own layout.
import type { Engines, FileOffer, FileSelection, OfferOptions, Room } from '@rtc-elements/core';
import { type CSSResultGroup, html, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import { RoomEntry } from '../base/room-entry.js';
import { RtcChat } from '../chat/rtc-chat.js';
import { RtcErrorEvent } from '../events.js';
import { copyList } from '../files/copy-list.js';
import type { Messages } from '../i18n/en.js';
import { isSettled, Prefetch } from '../lazy/prefetch.js';
import { forceError, noRoomError } from '../session/requests/outcome.js';
import { PendingJoin } from '../session/pending-join.js';
import { loadMore } from '../session/requests/load-more.js';
import { type SharedRoomRequest, warnOfSecond } from '../session/room-registry.js';
import type { SharedRoom } from '../session/shared-room.js';
import { Autojoin } from './autojoin.js';
import { callOptions, type DeviceStart } from './call-options.js';
import { lazyRoom } from './lazy-room.js';
import type { RoomInterface } from './room-interface.js';
import { roomStyles } from './rtc-room.styles.js';

const NO_TEXTS: Partial<Messages> = {};

type Switch = 'toggle-microphone' | 'toggle-camera' | 'toggle-screen' | 'toggle-hand';

/**
 * @summary A whole meeting: lobby, stage, controls, chat. With children, it shows only those and provides its room to them.
 * @tag rtc-room
 *
 * @slot - Your own layout, shown in place of everything else. `rtc-*` elements in it use this room.
 * @slot header - At the end of the header.
 * @slot controls-start - Before the buttons.
 * @slot controls-end - After the buttons.
 * @slot empty - Shown on the stage while nobody else is in the call.
 * @slot lobby - Below the button of the lobby.
 * @slot left - Below the button of the screen after the call.
 * @slot waiting - Below the button of the waiting screen.
 *
 * @fires rtc-ready - The room object exists; `client` is set.
 * @fires rtc-join - The room was joined.
 * @fires rtc-leave - The room was left; `reason` says why.
 * @fires rtc-error - Something failed: `code`, `fatal`, `message`, `action`.
 * @fires rtc-peer-join - A peer joined.
 * @fires rtc-peer-leave - A peer left.
 * @fires rtc-track - A track of a peer started or ended.
 * @fires rtc-message - A new chat message of somebody else arrived.
 * @fires rtc-typing - A peer started or stopped typing.
 * @fires rtc-presence - The name, media, hand or state of a peer changed.
 * @fires rtc-quality - The quality of the link to a peer changed.
 * @fires rtc-knock - Somebody asks to join; only hosts get it.
 * @fires rtc-role-change - The local user's role changed.
 * @fires rtc-notify - The backend sent a notice; `preventDefault()` suppresses the toast.
 * @fires rtc-connection-change - The connection to the room changed.
 * @fires rtc-file-offer - Somebody offers files. `preventDefault()`: the page takes care of it.
 * @fires rtc-file-progress - Files on their way have moved on.
 * @fires rtc-file-done - A transfer of files has ended; `error` says why, if it was not done.
 * @fires rtc-unread - The number of unread messages in the chat changed.
 * @fires rtc-before-send - A message is about to be sent. Cancelable; its `text` can be changed.
 * @fires rtc-request - An element makes a request; `preventDefault()` stops it.
 *
 * @csspart header - The header above the stage.
 * @csspart stage - The box that contains the tiles.
 * @csspart grid - The tiles, with `empty` while nobody else is in the call.
 * @csspart controls - The bar of buttons.
 * @csspart panel - The open panel.
 * @csspart chat - The chat in the panel.
 * @csspart lobby - The screen before the call.
 * @csspart left - The screen after the call.
 * @csspart waiting - The screen in the waiting room.
 */
export class RtcRoom extends RoomEntry {
  static override styles: CSSResultGroup = [RoomEntry.styles, roomStyles];

  /** What loads separately from the element. @internal */
  static lazyElements = { ...lazyRoom, chat: RtcChat.lazyElements.interface };

  /** The microphone: `on`, `off` (never requested) or `muted` (requested, but starts off). */
  @property() audio: DeviceStart = 'on';

  /** The camera: `on`, `off` (never requested) or `muted` (requested, but starts off). */
  @property() video: DeviceStart = 'on';

  /** The screen before the call. `auto`: shown unless both `autojoin` and a name are given. */
  @property() lobby: 'auto' | 'on' | 'off' = 'auto';

  /** Joins without a click. */
  @property({ type: Boolean }) autojoin = false;

  /** Which buttons to show: `mic camera screen hand chat people leave`. */
  @property() controls = 'mic camera screen hand chat people leave';

  /** The push-to-talk key, as a `KeyboardEvent.code`; empty: Space; `null`: none. */
  @property({ attribute: 'push-to-talk' }) pushToTalk: string | null = null;

  /**
   * Keeps the microphone open while muted: unmuting is instant, and a person who talks while muted gets
   * a hint.
   */
  @property({ type: Boolean, attribute: 'hold-microphone' }) holdMicrophone = false;

  /** `relay` hides the local IP addresses from peers; needs a TURN server. */
  @property() privacy: 'relay' | null = null;

  /** The maximum number of people in the call, including the local user; `null`: the room's limit. */
  @property({ type: Number, attribute: 'max-peers' }) maxPeers: number | null = null;

  /** Sends less: lower resolution, frame rate and audio bitrate. */
  @property({ type: Boolean, attribute: 'data-saver' }) dataSaver = false;

  /** The engine that the call begins with, one of `engines` or registered; `null`: the mesh. */
  @property() engine: string | null = null;

  /** What may connect the call in place of the mesh, by name. See `registerEngine()`. */
  @property({ attribute: false }) engines: Engines = {};

  /** How to announce events: `toast`, `sound`, `title`, `system`. */
  @property() notify = 'toast title';

  /** `light` or `dark`, whatever the page uses; `auto` follows the page's `color-scheme`. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** ICE servers in addition to those of the room. */
  @property({ attribute: false }) iceServers: readonly RTCIceServer[] = [];

  /** Texts that replace the English ones, by the keys of `en`. */
  @property({ attribute: false }) messages: Partial<Messages> = NO_TEXTS;

  /** Whether it has children, and therefore shows nothing else. */
  @property({ type: Boolean, reflect: true }) composed = false;

  /** @internal */
  readonly isProvider = true;

  /** Resolves with `client` as soon as it exists. */
  readonly ready: Promise<Room>;
  #resolveReady!: (room: Room) => void;
  #started: SharedRoom | null = null;
  #failed: RtcErrorEvent['error'] | null = null;
  readonly #joining = new PendingJoin();
  readonly #autojoin = new Autojoin(this);

  constructor() {
    super();
    this.ready = new Promise((resolve) => (this.#resolveReady = resolve));
    // The panels for people and figures are loaded when somebody opens one.
    const { interface: ownInterface, screens, chat } = this.lazyElements;
    // In a layout of the page's own, elements may make requests that are not ours.
    const requests = { load: async () => this.composed && loadMore() };
    new Prefetch(this, [screens, chat, requests], () => {
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
    this.#autojoin.stop();
  }

  /** The initial name: that of this element, or of a chat that joined before. @internal */
  get startName(): string {
    return this.ownName || (this.shared?.options.name ?? '');
  }

  /** Whether the lobby is shown now. @internal */
  get showsLobby(): boolean {
    const { shared, state } = this.rtc;
    return (
      state?.connection !== 'closed' && shared?.isCalling === false && this.#autojoin.wantsLobby
    );
  }

  /**
   * Joins the room. Resolves once inside.
   * @throws RtcError if the room refuses, the attributes are not valid, or the room is left meanwhile (`aborted`).
   */
  async join(): Promise<void> {
    // Attributes that have changed count first. Otherwise, whoever is inside waits for nothing.
    if (this.isUpdatePending || this.rtc.state?.connection !== 'connected')
      await this.#joining.wait(this.updateComplete);
    if (this.rtc.failure) throw this.rtc.failure;
    const { shared, state } = this.rtc;
    if (!shared) throw noRoomError();
    const isIn = state?.connection !== 'idle' && shared.options.name;
    // A Room that the page created has a name already.
    const fallback = shared.isAdopted ? undefined : this.t('guest');
    await shared.join(isIn || this.startName || fallback);
  }

  /** Leaves the room, also one that is about to be joined. */
  async leave(): Promise<void> {
    this.#joining.end(this.rtc.room !== null);
    await this.rtc.room?.leave();
  }

  /**
   * Turns the microphone on (`true`) or off (`false`); toggles it without `force`. Like the other three
   * methods, it dispatches `rtc-request`, and resolves without an effect if a listener prevents that.
   * @throws RtcError as `room.media.setMicrophone()` does.
   */
  async toggleMicrophone(force?: boolean): Promise<void> {
    await this.#toggle('toggle-microphone', force);
  }

  /**
   * Turns the camera on or off; toggles it without `force`.
   * @throws RtcError as `room.media.setCamera()` does.
   */
  async toggleCamera(force?: boolean): Promise<void> {
    await this.#toggle('toggle-camera', force);
  }

  /**
   * Starts or stops sharing the screen; toggles without `force`. Must be called within a click.
   * @throws RtcError as `room.media.shareScreen()` does.
   */
  async toggleScreen(force?: boolean): Promise<void> {
    await this.#toggle('toggle-screen', force);
  }

  /** Raises or lowers the hand; toggles without `force`. */
  async raiseHand(force?: boolean): Promise<void> {
    await this.#toggle('toggle-hand', force);
  }

  /** Offers one file, as `sendFiles()` does. */
  sendFile(file: File | FileSystemFileHandle, options?: OfferOptions): Promise<FileOffer | null> {
    return this.sendFiles(file, options);
  }

  /**
   * Offers files or folders to the sessions in `to`, otherwise to everybody whose page takes files. Resolves once the offer
   * is on its way; with `null` if a listener prevents the `rtc-request`.
   * @throws RtcError as `room.files.offer()` does.
   */
  async sendFiles(files: FileSelection, options?: OfferOptions): Promise<FileOffer | null> {
    const all = copyList(files);
    return (await loadMore()).sendFiles(this, all, () => options);
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
        ? html`<p class="failure" role="alert" tabindex="-1">${failure.message}</p>`
        : super.render();
    return html`${inside}<slot @slotchange=${this.#onSlotChange}></slot>`;
  }

  protected override get relayed(): SharedRoom | null {
    return this.rtc.shared;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    const { shared, failure } = this.rtc;
    const isNew = shared !== this.#started;
    if (shared) this.#useTexts(shared);
    // The interface needs the screens too, but has to load first. This way they load in parallel.
    if (this.showsLobby && !this.composed) this.lazy.use(this.lazyElements.screens);
    super.updated(changed);
    if (shared && isNew) {
      this.#resolveReady(shared.room);
      if (this.#joining.takeEarlyEnd()) this.#autojoin.skip(shared);
    }
    this.#started = shared;
    this.#autojoin.look();
    if (failure && this.#failed !== failure) this.dispatchEvent(new RtcErrorEvent(failure, true));
    this.#failed = failure;
  }

  async #toggle(what: Switch, force: boolean | undefined): Promise<void> {
    // As a listener of a click, it would be given an event.
    if (force !== undefined && typeof force !== 'boolean') throw forceError();
    // A room may be about to come. One that is there is asked at once: a click allows things only briefly.
    const isOutside = (this.rtc.state?.connection ?? 'closed') === 'closed';
    if (isOutside) await this.#joining.wait(this.updateComplete, force === false);
    const outcome = await this.rtc.request({ do: what, ...(force !== undefined && { force }) });
    if (outcome.status === 'failed') throw outcome.error;
  }

  /** Another room element of the same session may have texts, or may have had its own first. */
  #useTexts(shared: SharedRoom): void {
    const texts = this.messages === NO_TEXTS ? null : this.messages;
    if (shared.setMessages(this, texts)) warnOfSecond('texts', shared.options.room);
  }

  /** Children may be added later: a parser adds them one by one. */
  readonly #onSlotChange = (): void => {
    this.composed = [...this.children].some((child) => !child.slot);
  };
}
