// The one bridge between the room and an element: finds the shared room, renders on its changes, asks it.
import { ContextConsumer, ContextProvider } from '@lit/context';
import type { Room, RoomState, RtcError } from '@rtc-elements/core';
import type { Source } from '@rtc-elements/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { RtcRequestEvent } from '../events.js';
import { carryOut, type RequestOutcome, type RtcAction } from './requests.js';
import { repeatLateRequests, roomContext } from './room-context.js';
import {
  acquireRoom,
  announceRoom,
  onRoomsChange,
  releaseRoom,
  retainRoom,
  type SharedRoomRequest,
  roomKey,
} from './room-registry.js';
import type { SharedRoom } from './shared-room.js';

/** What the controller needs of its element. */
export interface RoomHost extends ReactiveControllerHost, HTMLElement {
  /** The id of an `<rtc-room>`. */
  for: string;
  /** An element that can open a room itself says which; `null`: it cannot, or not yet. */
  roomRequest?(): SharedRoomRequest | null;
  /** A Room that the page made itself; comes before everything else. */
  readonly adopted?: SharedRoom | null;
  /** `<rtc-room>`: its own room comes before one around it. */
  readonly isProvider?: boolean;
  /** What an `<rtc-room>` shows, for those that name it by `for`. */
  readonly shared?: SharedRoom | null;
}

/**
 * Finds the shared room by `for`, else from the provider around, else by the element's own host and
 * room; holds it while connected, and updates the element when it changes.
 */
export class RoomController implements ReactiveController {
  readonly #host: RoomHost;
  /** What the nearest element around shows: `null` while that has no room, `undefined` if there is none. */
  readonly #around: ContextConsumer<typeof roomContext, RoomHost>;
  /** What we show ourselves, for whatever stands inside of us. */
  readonly #shown: ContextProvider<typeof roomContext, RoomHost>;
  readonly #levelListeners = new Set<(levels: ReadonlyMap<string, number>) => void>();
  /** Why the element's own host and room make no room at all, such as `bad-room-name`. */
  failure: RtcError | null = null;
  #key: string | null = null;
  #cleanup: (() => void)[] = [];
  #stopWaiting: (() => void) | null = null;

  constructor(host: RoomHost) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('rtc-request', this.#onRequest);
    this.#around = new ContextConsumer(host, { context: roomContext, subscribe: true });
    this.#shown = new ContextProvider(host, { context: roomContext, initialValue: null });
  }

  /** What the elements of this room share; `null` while there is none. */
  get shared(): SharedRoom | null {
    return this.#shown.value;
  }

  /** Whether the element opened the room by its own `host` and `room`, and so may join it. */
  get ownsRoom(): boolean {
    return this.shared !== null && this.#key !== null;
  }

  get room(): Room | null {
    return this.shared?.room ?? null;
  }

  /** The present snapshot. */
  get state(): RoomState | null {
    return this.shared?.room.getSnapshot() ?? null;
  }

  /** A live track of somebody, ourselves included. */
  getTrack(session: string, source: Source): MediaStreamTrack | null {
    const room = this.room;
    if (!room) return null;
    const you = room.getSnapshot().you?.session;
    return session === you || session === ''
      ? room.media.getTrack(source)
      : room.getTrack(session, source);
  }

  /** Calls `listener` with levels while connected; ten times a second, outside of rendering. */
  onLevels(listener: (levels: ReadonlyMap<string, number>) => void): void {
    this.#levelListeners.add(listener);
  }

  /**
   * Dispatches `rtc-request` on the element and, unless a listener prevents it, carries it out. Never
   * rejects: what fails is in the snapshot as a problem, and in the outcome.
   */
  request(action: RtcAction): Promise<RequestOutcome> {
    const event = new RtcRequestEvent(action);
    let settle: (outcome: RequestOutcome | Promise<RequestOutcome>) => void = () => undefined;
    const result = new Promise<RequestOutcome>((resolve) => (settle = resolve));
    // Set before anybody hears it, so that no element around carries it out as well.
    event.result = result;
    const isWanted = this.#host.dispatchEvent(event);
    // Without waiting: browsers allow some things only while they dispatch a click.
    settle(isWanted && this.shared ? carryOut(action, this.shared) : 'prevented');
    return result;
  }

  /** Carries out what somebody else's element asks for, once every listener has had its say. */
  readonly #onRequest = (event: RtcRequestEvent): void => {
    const { shared } = this;
    if (event.result || !shared) return;
    event.result = Promise.resolve().then(() =>
      event.defaultPrevented ? 'prevented' : carryOut(event.action, shared),
    );
  };

  hostConnected(): void {
    repeatLateRequests();
    // The room that we name by `for` may be opened after us.
    this.#stopWaiting = onRoomsChange(() => this.#host.for && this.#host.requestUpdate());
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // We may come back to a place with nobody around.
    delete this.#around.value;
    this.#stopWaiting?.();
    for (const task of this.#cleanup.splice(0)) task();
    if (this.shared) this.#letGo(this.shared);
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const before = this.shared;
    const shared = this.#find();
    if (shared === before && this.#cleanup.length > 0) return;
    for (const task of this.#cleanup.splice(0)) task();
    this.#shown.setValue(shared);
    if (shared !== before) announceRoom();
    if (before && before !== shared) this.#letGo(before);
    if (!shared) return;
    retainRoom(shared, this);
    this.#cleanup = [
      shared.subscribe(() => this.#host.requestUpdate()),
      shared.onLevels((levels) => {
        for (const listener of this.#levelListeners) listener(levels);
      }),
    ];
  }

  /** After the end of the task, unless we are back by then: an element moved in the DOM is. */
  #letGo(shared: SharedRoom): void {
    setTimeout(() => {
      if (this.shared === shared) {
        if (this.#host.isConnected) return;
        this.#shown.setValue(null);
      }
      releaseRoom(shared, this);
    }, 0);
  }

  #find(): SharedRoom | null {
    const found = this.#findElsewhere();
    const request = found === undefined ? (this.#host.roomRequest?.() ?? null) : null;
    const key = request && roomKey(request);
    if (key !== null && key === this.#key && (this.shared || this.failure)) return this.shared;
    this.#key = key;
    this.failure = null;
    if (!request) return found ?? null;
    try {
      return acquireRoom(request, this);
    } catch (error) {
      this.failure = error as RtcError;
      return null;
    }
  }

  /** `undefined`: nowhere, so the element's own room it is. */
  #findElsewhere(): SharedRoom | null | undefined {
    const { adopted, for: id, isProvider } = this.#host;
    if (adopted) return adopted;
    if (!id) return isProvider ? undefined : this.#around.value;
    const scope = this.#host.getRootNode() as Document | ShadowRoot;
    return (scope.getElementById(id) as RoomHost | null)?.shared ?? null;
  }
}
