// The base of the elements that can open a room by themselves: `<rtc-room>` and `<rtc-chat>`.
import type { Room, RoomOptions } from '@rtc-elements/core';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import type { MessageKey } from '../i18n/en.js';
import type { LazyElementsController } from '../lazy/lazy-elements.js';
import { deriveRoomName } from '../session/derive-room-name.js';
import { engine, type RoomRequest } from '../session/room-registry.js';
import { SharedRoom } from '../session/shared-room.js';
import { RtcElement } from './rtc-element.js';

/** A screen that may come from beside the first file. */
export type LazyElementsName = 'lobby' | 'chat' | 'notices';

/** From a key to words. */
export type Translate = (key: MessageKey) => string;

type KeepParts = (host: RoomEntry, t: Translate) => LazyElementsController;
let keepParts: KeepParts | null = null;

/** From now on elements load parts as they want them. */
export function setLazyElementsController(keep: KeepParts): void {
  keepParts = keep;
}

type Pass = Pick<RoomOptions, 'token' | 'tokenProvider'>;

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

  #adopted: SharedRoom | null = null;

  /** The screens that load later; none where all of them are here, as in the file of the chat. */
  protected readonly parts = keepParts?.(this, this.t.bind(this));

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
  abstract roomRequest(): RoomRequest | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.parts?.start();
  }

  /** One that comes later is for the next time that the room is entered. */
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('token') || changed.has('tokenProvider')) this.rtc.shared?.renew(this.#pass);
  }

  /** What every element with a room of its own asks for. */
  protected get ownRoom(): Pick<RoomRequest, 'host' | 'room' | 'name' | keyof Pass> {
    const { host, roomName: room, name } = this;
    return { ...(host && { host }), room, name, ...this.#pass };
  }

  get #pass(): Pass {
    const { token, tokenProvider } = this;
    return { ...(token && { token }), ...(tokenProvider && { tokenProvider }) };
  }

  /** `content`, which needs this part; or why there is none of it. */
  protected withPart(name: LazyElementsName, content: unknown): unknown {
    void this.parts?.want(name);
    return this.parts?.render(name) ?? content;
  }
}
