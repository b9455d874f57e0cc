// The base of the elements that can open a room by themselves: `<rtc-room>` and `<rtc-chat>`.
import type { Room, RoomOptions } from '@rtc-elements/core';
import { adoptStyles, type CSSResult, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import { LazyController } from '../lazy/lazy-controller.js';
import { LazyElements } from '../lazy/lazy-elements.js';
import { deriveRoomName } from '../session/derive-room-name.js';
import { engine, type SharedRoomRequest } from '../session/room-registry.js';
import { SharedRoom } from '../session/shared-room.js';
import { RtcElement } from './rtc-element.js';

type Pass = Pick<RoomOptions, 'token' | 'tokenProvider'>;

/** What such an element shows, which loads beside it. */
export interface EntryInterface {
  readonly styles: CSSResult;
  render(): unknown;
}

/** An element with a host, a room and a name of its own. */
export abstract class RoomEntry extends RtcElement {
  /** The edge room's host or URL. Default: the page's origin. */
  @property() host = '';

  /** The room's name, `^[A-Za-z0-9_-]{1,64}$`. Default: derived from the page's URL. */
  @property() room = '';

  /** What others see. Asked for when absent. */
  @property() name = '';

  /** The pass that a deployment with tokens asks for: a JWT of your backend. */
  @property() token = '';

  /** Fetches a fresh token whenever the room is entered; wins over `token`. */
  @property({ attribute: false }) tokenProvider: (() => Promise<string>) | null = null;

  /** @internal */
  readonly lazy = new LazyController(this, this.t.bind(this));

  #adopted: SharedRoom | null = null;
  #interface: EntryInterface | null = null;

  /** The object behind the element, as `joinRoom()` returns it. Set it to show a Room made elsewhere. */
  @property({ attribute: false })
  get client(): Room | null {
    return this.rtc.room;
  }
  set client(room: Room | null) {
    const name = room?.getSnapshot().room ?? '';
    this.#adopted = room && new SharedRoom(engine, { room: name, name: this.name }, room);
    this.requestUpdate();
  }

  /** @internal */
  get adopted(): SharedRoom | null {
    return this.#adopted;
  }

  /** The room's name, given or derived. */
  get roomName(): string {
    return this.room || deriveRoomName(this.host, location);
  }

  /** @internal */
  abstract roomRequest(): SharedRoomRequest | null;

  /** What the element shows; `null` until that has loaded. */
  protected abstract createInterface(): EntryInterface | null;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const lazy of LazyElements.inPage()) this.lazy.use(lazy);
  }

  protected override willUpdate(changed: PropertyValues): void {
    // A pass that comes later is for the next time that the room is entered.
    if (changed.has('token') || changed.has('tokenProvider')) this.rtc.shared?.renew(this.#pass);
    if (this.#interface) return;
    this.#interface = this.createInterface();
    if (!this.#interface) return;
    const { elementStyles } = this.constructor as typeof RoomEntry;
    adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, this.#interface.styles]);
  }

  /** Until the interface has loaded there is nothing to see; the element has its size already. */
  protected override render(): unknown {
    return this.#interface?.render() ?? this.lazy.renderNotice();
  }

  /** What every element with a room of its own asks for. */
  protected get ownRoom(): Pick<SharedRoomRequest, 'host' | 'room' | 'name' | keyof Pass> {
    const { host, roomName: room, name } = this;
    return { ...(host && { host }), room, name, ...this.#pass };
  }

  get #pass(): Pass {
    const { token, tokenProvider } = this;
    return { ...(token && { token }), ...(tokenProvider && { tokenProvider }) };
  }
}
