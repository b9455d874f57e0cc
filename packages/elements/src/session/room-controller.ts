// The bridge between an element and its room: finds the room, updates the element on changes, makes
// requests.
import { ContextConsumer, ContextProvider } from '@lit/context';
import type { Room, RoomState, RtcError } from '@rtc-elements/core';
import type { Source } from '@rtc-elements/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { RtcRequestEvent } from '../events.js';
import { attendPage } from './attend-page.js';
import { carryOut } from './requests/carry-out.js';
import { answerWith, hearRequest } from './requests/hear-request.js';
import { failed, noRoomError } from './requests/outcome.js';
import type { RequestName, RequestOutcome, RtcAction } from './requests/request-map.js';
import { differences } from './option-owners.js';
import { roomContext, sharedRoomContext } from './room-context.js';
import {
  acquireRoom,
  announceRoom,
  letGo,
  onRoomsChange,
  releaseRoom,
  retainRoom,
  type SharedRoomRequest,
  roomKey,
} from './room-registry.js';
import type { OwnedField } from './owners.js';
import type { SharedRoom } from './shared-room.js';

/** What the controller needs from its element. */
export interface RoomHost extends ReactiveControllerHost, HTMLElement {
  /** The `id` of an `<rtc-room>`. */
  for: string;
  /** The room that the element opens itself; `null` if none. */
  roomRequest?(): SharedRoomRequest | null;
  /** A Room that the page created. Takes precedence over everything else. */
  readonly adopted?: SharedRoom | null;
  /** Whether the element ignores the room of an enclosing element, as `<rtc-room>` does. */
  readonly isProvider?: boolean;
  /** The room of an `<rtc-room>`, for elements that refer to it with `for`. */
  readonly shared?: SharedRoom | null;
}

/**
 * Finds the shared room: by `for`, or else from the enclosing provider, or else by the element's own
 * `host` and `room`. Holds it while connected, and updates the element when it changes.
 */
export class RoomController implements ReactiveController {
  readonly #host: RoomHost;
  /**
   * The room of the enclosing element: `null` while that has none, `undefined` if there is no such
   * element.
   */
  readonly #around: ContextConsumer<typeof sharedRoomContext, RoomHost>;
  /** The room of this element, provided to our elements inside it. */
  readonly #shown: ContextProvider<typeof sharedRoomContext, RoomHost>;
  /** The same, for elements that are not ours. */
  readonly #shownRoom: ContextProvider<typeof roomContext, RoomHost>;
  readonly #levelListeners = new Set<(levels: ReadonlyMap<string, number>) => void>();
  /** Why the element's own `host` and `room` are not valid, such as `bad-room-name`. */
  failure: RtcError | null = null;
  #key: string | null = null;
  /** What was asked for last. */
  #tried: SharedRoomRequest | undefined;
  #cleanup: (() => void)[] = [];
  #stopWaiting: (() => void) | null = null;

  constructor(host: RoomHost) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('rtc-request', this.#onRequest);
    this.#around = new ContextConsumer(host, { context: sharedRoomContext, subscribe: true });
    this.#shown = new ContextProvider(host, { context: sharedRoomContext, initialValue: null });
    this.#shownRoom = new ContextProvider(host, { context: roomContext, initialValue: null });
  }

  /** The shared room; `null` while there is none. */
  get shared(): SharedRoom | null {
    return this.#shown.value;
  }

  /**
   * Whether the room was opened by the element's own `host` and `room`, so that the element may join
   * it.
   */
  get ownsRoom(): boolean {
    return this.shared !== null && this.#key !== null;
  }

  get room(): Room | null {
    return this.shared?.room ?? null;
  }

  /** The current snapshot. */
  get state(): RoomState | null {
    return this.shared?.room.getSnapshot() ?? null;
  }

  /**
   * Whether the element is the one that has `field` of its session: the first that asked. It keeps it until
   * it is removed or shows another session. Call it in `takeState()`.
   */
  owns(field: OwnedField): boolean {
    return this.shared?.owners.claim(field, this.#host) ?? false;
  }

  /** Leaves `field` to the next element. */
  disowns(field: OwnedField): void {
    this.shared?.owners.release(field, this.#host);
  }

  /** A live track of a peer, or of the local user. */
  getTrack(session: string, source: Source): MediaStreamTrack | null {
    const room = this.room;
    if (!room) return null;
    const you = room.getSnapshot().you?.session;
    return session === you || session === ''
      ? room.media.getTrack(source)
      : room.getTrack(session, source);
  }

  /**
   * Calls `listener` with audio levels while connected, ten times a second, without updating the
   * element.
   */
  onLevels(listener: (levels: ReadonlyMap<string, number>) => void): void {
    this.#levelListeners.add(listener);
  }

  /**
   * Dispatches `rtc-request` on the element and, unless a listener prevents it, carries it out. Never
   * rejects: failures are in the outcome, and in the snapshot as a problem.
   */
  request<Name extends RequestName>(
    action: RtcAction<Name> & { readonly do: Name },
  ): Promise<RequestOutcome<Name>> {
    const event = new RtcRequestEvent<Name>(action);
    let settle: (outcome: RequestOutcome<Name> | Promise<RequestOutcome<Name>>) => void = () =>
      undefined;
    const result = new Promise<RequestOutcome<Name>>((resolve) => (settle = resolve));
    // Before the event is dispatched, so that no enclosing element carries it out as well.
    answerWith(event, () => result);
    const isWanted = this.#host.dispatchEvent(event);
    // Synchronous, because browsers allow some calls only during a click.
    if (!isWanted) settle({ status: 'prevented' });
    else
      settle(
        this.shared ? carryOut<Name>(action, this.shared) : failed(this.failure ?? noRoomError()),
      );
    return result;
  }

  /**
   * Takes requests of elements that are not ours. An element without a room leaves them to the next one,
   * except for a provider, which is about to have one.
   */
  readonly #onRequest = (event: Event): void => {
    if (this.shared || this.#host.isProvider) hearRequest(event, () => this.shared);
  };

  hostConnected(): void {
    attendPage(this.#host.ownerDocument);
    // The room that `for` refers to may appear later.
    this.#stopWaiting = onRoomsChange(() => this.#host.for && this.#host.requestUpdate());
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // The element may be moved to a place without a provider.
    delete this.#around.value;
    this.#stopWaiting?.();
    for (const task of this.#cleanup.splice(0)) task();
    if (!this.shared) return;
    letGo(this.shared, this);
    this.#releaseLater(this.shared);
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const before = this.shared;
    const shared = this.#find();
    if (shared === before && this.#cleanup.length > 0) return;
    for (const task of this.#cleanup.splice(0)) task();
    this.#show(shared);
    if (shared !== before) announceRoom();
    if (before && before !== shared) this.#releaseLater(before);
    if (!shared) return;
    retainRoom(shared, this);
    this.#cleanup = [
      shared.subscribe(() => {
        this.#show(shared);
        this.#host.requestUpdate();
      }),
      shared.onLevels((levels) => {
        for (const listener of this.#levelListeners) listener(levels);
      }),
    ];
  }

  /** Tells the elements inside, of which only those are told for which something is new. */
  #show(shared: SharedRoom | null): void {
    this.#shown.setValue(shared);
    this.#shownRoom.setValue(shared?.room ?? null);
  }

  /** Deferred, because an element that is moved in the DOM is disconnected and connected again. */
  #releaseLater(shared: SharedRoom): void {
    setTimeout(() => {
      if (this.shared === shared) {
        if (this.#host.isConnected) return;
        this.#show(null);
      }
      shared.owners.releaseAll(this.#host);
      releaseRoom(shared, this);
    }, 0);
  }

  #find(): SharedRoom | null {
    const found = this.#findElsewhere();
    const request = found === undefined ? (this.#host.roomRequest?.() ?? null) : null;
    const key = request && roomKey(request);
    // What cannot be opened is tried again when anything of it has changed.
    const isFailed = key === this.#key && this.failure && !this.shared;
    if (isFailed && Object.keys(differences(this.#tried, request ?? {})).length === 0) return null;
    this.#key = key;
    this.failure = null;
    if (!request) return found ?? null;
    this.#tried = request;
    try {
      return acquireRoom(request, this);
    } catch (error) {
      this.failure = error as RtcError;
      return null;
    }
  }

  /** `undefined`: nowhere, so the element uses its own room. */
  #findElsewhere(): SharedRoom | null | undefined {
    const { adopted, for: id, isProvider } = this.#host;
    if (adopted) return adopted;
    if (!id) return isProvider ? undefined : this.#around.value;
    const scope = this.#host.getRootNode() as Document | ShadowRoot;
    return (scope.getElementById(id) as RoomHost | null)?.shared ?? null;
  }
}
