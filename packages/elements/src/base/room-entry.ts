// The base of the elements that can open a room by themselves: `<rtc-room>` and `<rtc-chat>`.
import { type OptionChanges, type Room, type RoomOptions, RtcError } from '@rtc-elements/core';
import type { CSSResult, CSSResultOrNative, PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import { LazyController } from '../lazy/lazy-controller.js';
import { LazyElements } from '../lazy/lazy-elements.js';
import { deriveRoomName } from '../session/derive-room-name.js';
import { EventRelay } from '../session/event-relay.js';
import { differences } from '../session/option-owners.js';
import { adoptRoom, type SharedRoomRequest } from '../session/room-registry.js';
import { noRoomError } from '../session/requests/outcome.js';
import type { SharedRoom } from '../session/shared-room.js';
import { giveStyles } from './give-styles.js';
import { RtcElement } from './rtc-element.js';

type Pass = Pick<RoomOptions, 'token' | 'tokenProvider'>;

/** What such an element displays. Loads separately from the element. */
export interface EntryInterface {
  readonly styles: CSSResult;
  render(): unknown;
  /** As `focusPlace()` of the element. */
  focusPlace?(): HTMLElement | null | undefined;
}

/** An element with its own `host`, `room` and `name`. */
export abstract class RoomEntry extends RtcElement {
  /** The host or URL of the edge room. Defaults to the page's origin. */
  @property() host = '';

  /** The name of the room, `^[A-Za-z0-9_-]{1,64}$`. Defaults to a name derived from the page's URL. */
  @property() room = '';

  /** The display name. If empty, the person is asked for it. */
  @property() name = '';

  /** A JWT from your backend, for deployments that require tokens. */
  @property() token = '';

  /** Fetches a fresh token for every connection. Overrides `token`. */
  @property({ attribute: false }) tokenProvider: (() => Promise<string>) | null = null;

  /**
   * In a room without tokens, whom others take the person for: `browser`, one person in all tabs of this browser, or
   * `tab`, one person in each tab.
   */
  @property() identity: 'browser' | 'tab' = 'browser';

  /** @internal */
  readonly lazy = new LazyController(this, this.t.bind(this));

  #adopted: SharedRoom | null = null;
  #page: Pick<Location, 'host' | 'pathname'> | null = null;
  #interface: EntryInterface | null = null;
  /** What the element would ask for if it opened the room that it was given. */
  #wishes: SharedRoomRequest | undefined;
  readonly #warned = new Set<string>();
  readonly #relay = new EventRelay(this);

  /**
   * The `Room` behind the element, as `joinRoom()` returns it. Set it to show a room that your code
   * created. The element never creates another one in its place: it offers neither to join again nor to
   * check the network, and `token` has no effect. `null` returns to the element's own `host` and `room`.
   */
  @property({ attribute: false })
  get client(): Room | null {
    return this.rtc.room;
  }
  set client(room: Room | null) {
    if (room === (this.#adopted?.room ?? null)) return;
    this.#adopted = room && adoptRoom(room);
    this.requestUpdate();
  }

  /** @internal */
  get adopted(): SharedRoom | null {
    return this.#adopted;
  }

  /**
   * The value of `room`, or the name derived from the page's URL as it was when the element was connected: a
   * page that changes its URL does not move a call.
   */
  get roomName(): string {
    return this.room || deriveRoomName(this.host, this.#page ?? location);
  }

  /** The name to join with: core says what is wrong with one that is no text. @internal */
  get ownName(): string {
    const name: unknown = this.name;
    return typeof name === 'string' ? name : '';
  }

  /** @internal */
  abstract roomRequest(): SharedRoomRequest | null;

  /** Creates what the element displays; `null` until that has loaded. */
  protected abstract createInterface(): EntryInterface | null;

  override connectedCallback(): void {
    super.connectedCallback();
    // An element that is only moved to another place still has its room.
    if (!this.#page || !this.rtc.shared) {
      const { host, pathname } = location;
      this.#page = { host, pathname };
    }
    for (const lazy of LazyElements.inPage(this.ownerDocument)) this.lazy.use(lazy);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is moved follows on. One that was removed for good still dispatches that the room
    // was left.
    setTimeout(() => this.isConnected || this.#relay.follow(null), 0);
  }

  /** @internal */
  override focusPlace(): HTMLElement | null | undefined {
    return this.#interface?.focusPlace?.();
  }

  /**
   * Sends `text` to everybody in the chat. Resolves once the room has stored it.
   * @throws RtcError as `room.chat.send()` does.
   */
  async sendMessage(
    text: string,
  ): Promise<{ readonly id: string; readonly seq: number; readonly at: number }> {
    if (typeof text !== 'string') throw new RtcError('bad-argument', 'Pass a text.');
    await this.updateComplete;
    if (!this.rtc.room) throw this.rtc.failure ?? noRoomError();
    return this.rtc.room.chat.send(text);
  }

  /** The room whose events the element dispatches; `null` if another element does. */
  protected abstract get relayed(): SharedRoom | null;

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#adopted && changed.size > 0) this.#tellAdopted(this.#adopted);
    if (this.#interface) return;
    this.#interface = this.createInterface();
    if (this.#interface) giveStyles(this.renderRoot as ShadowRoot, this.ownStyles);
  }

  protected override get ownStyles(): readonly CSSResultOrNative[] {
    return [...super.ownStyles, ...(this.#interface ? [this.#interface.styles] : [])];
  }

  protected override updated(_changed: PropertyValues): void {
    // An update that was requested before a removal happens after it.
    if (this.isConnected) this.#relay.follow(this.relayed);
  }

  /** Nothing until the interface has loaded; the element already has its final size. */
  protected override render(): unknown {
    return this.#interface?.render() ?? this.lazy.renderNotice();
  }

  /** The part of a room request that all such elements share. */
  protected get ownRoom(): Pick<
    SharedRoomRequest,
    'host' | 'room' | 'name' | 'identity' | keyof Pass
  > {
    const { host, roomName: room, name, identity } = this;
    const isOther = identity && identity !== 'browser';
    // An attribute that is removed leaves `null`. What cannot be read is left to core, which refuses it.
    return {
      ...(host && { host }),
      room,
      name: name || '',
      ...(isOther && { identity }),
      ...this.#pass,
    };
  }

  /** Of a Room that the page created, an element changes nothing but the name. */
  #tellAdopted(adopted: SharedRoom): void {
    const wishes = this.roomRequest() ?? undefined;
    const { name, ...others } = this.#wishes ? differences(this.#wishes, wishes ?? {}) : {};
    this.#wishes = wishes;
    if (name) adopted.configure({ name } as OptionChanges);
    for (const option of Object.keys(others)) {
      if (this.#warned.has(option)) continue;
      this.#warned.add(option);
      console.warn(
        `rtc-elements: the page created this room, so "${option}" of the element has no effect. ` +
          'Use configure() of the room.',
      );
    }
  }

  get #pass(): Pass {
    const { token, tokenProvider } = this;
    return { ...(token && { token }), ...(tokenProvider && { tokenProvider }) };
  }
}
