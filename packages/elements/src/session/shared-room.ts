// One room as the elements of a page share it: the Room, and the state of the interface.
import type {
  ChatEntry,
  Connection,
  LevelsEvent,
  Room,
  RoomOptions,
  RtcError,
} from '@rtc-elements/core';

import type { Messages } from '../i18n/en.js';
import { keepDevicesOff } from './keep-devices-off.js';
import { Playback } from './playback.js';
import { ReadPosition } from './read-position.js';

/** The panels next to the stage. */
export type Panel = 'chat' | 'people' | 'stats';

/** What a shared room needs from core. Injected by the registry. */
export interface Engine {
  createRoom(options: RoomOptions): Room;
}

/** The message that is being answered or, if `edits`, changed. */
export interface ComposerTarget {
  readonly entry: ChatEntry;
  readonly edits: boolean;
}

/** Devices that were chosen while off. They are used the next time they are turned on. */
export interface DeviceChoices {
  readonly microphone?: string | undefined;
  readonly camera?: string | undefined;
}

/**
 * What the elements of one room share. When the person leaves and joins again, it stays the same object
 * with a new `room`. Listeners are called when the snapshot or a field of this object changes.
 */
export class SharedRoom {
  /** Texts that replace the English ones, from the provider. */
  messages: Partial<Messages> = {};
  choices: DeviceChoices = {};
  #room: Room;
  #options: RoomOptions;
  readonly #engine: Engine | null;
  readonly #listeners = new Set<() => void>();
  readonly #levelListeners = new Set<(levels: ReadonlyMap<string, number>) => void>();
  /** The visible chat logs. They announce messages, so no other element should. */
  readonly visibleLogs = new Set<object>();
  /** Notices whose toasts the page has suppressed. */
  readonly suppressedNotices = new WeakSet<object>();
  /** Tiles that have a remote track but no frame of it yet. */
  readonly awaitedPictures = new Set<object>();
  readonly playback = new Playback(() => this.notify());
  #hasPicture = false;
  #target: ComposerTarget | null = null;
  #panel: Panel | null = null;
  /** Stops listening to the Room; `null` while nobody listens to this object. */
  #unwatch: (() => void) | null = null;
  #read: ReadPosition;
  /** Whether joining the Room enters the call. */
  #joinsCall: boolean;
  /** `true` while the call is being entered, `false` while it is being left, otherwise `null`. */
  #enteringCall: boolean | null = null;

  /** `engine` is `null` if the page created `room`, with options that nobody else knows. */
  constructor(engine: Engine | null, options: RoomOptions, room: Room) {
    this.#engine = engine;
    this.#options = options;
    this.#joinsCall = options.call !== false;
    this.#room = room;
    this.#read = new ReadPosition(room);
  }

  /** The current Room. */
  get room(): Room {
    return this.#room;
  }

  /**
   * Whether the page created the Room. Its options are not known then, so nothing that needs them is
   * possible: another Room, a look at who is in it, a check of its network.
   */
  get isAdopted(): boolean {
    return this.#engine === null;
  }

  /** The options of the current and the next Room. If it is adopted, only the room and the name. */
  get options(): RoomOptions {
    return this.#options;
  }

  /** Whether the call was entered or is being entered. Until then, there is a lobby. */
  get isCalling(): boolean {
    const { connection, you } = this.#room.getSnapshot();
    if (connection === 'idle' || connection === 'closed') return false;
    return this.#enteringCall ?? (you ? you.call > 0 : this.#joinsCall);
  }

  /** The open panel, if any. */
  get panel(): Panel | null {
    return this.#panel;
  }

  /** The message that the composer answers or edits; `null` if none. */
  get target(): ComposerTarget | null {
    return this.#target;
  }

  setTarget(target: ComposerTarget | null): void {
    this.#target = target;
    this.notify();
  }

  /** The number of messages of others since the last `markRead()`. */
  get unread(): number {
    return this.#read.unread;
  }

  /** Whether a remote picture has been shown. */
  get hasPicture(): boolean {
    return this.#hasPicture;
  }

  /** Call when a remote picture is shown. */
  notePicture(): void {
    if (this.#hasPicture) return;
    this.#hasPicture = true;
    this.notify();
  }

  /** Calls `listener` after every change. Returns a function that stops this. */
  subscribe(listener: () => void): () => void {
    return this.#add(this.#listeners, listener);
  }

  /** Calls `listener` with everybody's audio levels, ten times a second while there is audio. */
  onLevels(listener: (levels: ReadonlyMap<string, number>) => void): () => void {
    return this.#add(this.#levelListeners, listener);
  }

  /** Marks all messages as read. */
  markRead(): void {
    if (this.#read.markRead()) this.notify();
  }

  /** Returns the panel that is open afterwards. */
  togglePanel(panel: Panel, force = this.#panel !== panel): Panel | null {
    if (force) this.#panel = panel;
    else if (this.#panel === panel) this.#panel = null;
    this.notify();
    return this.#panel;
  }

  /**
   * Turns a device on or off, or chooses one. A device that is off uses the choice when it is turned
   * on.
   */
  async setDevice(kind: keyof DeviceChoices, choice: boolean | string): Promise<void> {
    const { media } = this.#room;
    const isOff = this.#room.getSnapshot().media[kind].status === 'off';
    if (typeof choice === 'string' && isOff) {
      this.choices = { ...this.choices, [kind]: choice };
      return this.notify();
    }
    const deviceId = typeof choice === 'string' ? choice : this.choices[kind];
    const wish = choice !== false && deviceId ? { deviceId } : choice !== false;
    this.choices = { ...this.choices, [kind]: undefined };
    return kind === 'camera' ? media.setCamera(wish) : media.setMicrophone(wish);
  }

  /**
   * Joins the room or, from the chat only, enters the call. A chat-only Room that has not joined yet is
   * replaced, so that the options of the room element apply.
   */
  async join(name?: string, call = true): Promise<void> {
    const { connection } = this.#room.getSnapshot();
    const isIn = connection !== 'idle' && connection !== 'closed';
    if (isIn && (!call || this.isCalling)) return;
    const { name: before } = this.#options;
    if (name !== undefined) this.#options = { ...this.#options, name };
    try {
      await this.#enter(connection, name, call);
    } catch (error) {
      // A name that was refused must not keep anybody from joining later.
      if ((error as RtcError).code === 'bad-name')
        this.#options = { ...this.#options, name: before };
      throw error;
    }
  }

  #enter(connection: Connection, name: string | undefined, call: boolean): Promise<void> {
    const { you } = this.#room.getSnapshot();
    if (connection === 'closed') return this.rejoin();
    if (connection === 'idle') {
      if (call && this.#options.call === false) this.upgrade({});
      return this.#room.join(name === undefined ? {} : { name });
    }
    if (name && you && name !== you.name) this.#room.setPresence({ name });
    this.#options = { ...this.#options, call: true };
    return this.#changeCall(true);
  }

  /** Leaves the call, but stays in the chat. */
  leaveCall(): Promise<void> {
    this.#options = { ...this.#options, call: false };
    this.#joinsCall = false;
    return this.#changeCall(false);
  }

  async #changeCall(call: boolean): Promise<void> {
    const room = this.#room;
    this.#enteringCall = call;
    this.notify();
    try {
      if (call) await keepDevicesOff(room, this.#options);
      await (call ? room.enterCall() : room.leaveCall());
    } finally {
      if (this.#room === room && this.#enteringCall === call) this.#enteringCall = null;
      this.notify();
    }
  }

  /**
   * Joins again after the stay has ended, with a new Room and the same options. If the Room is adopted,
   * there is no new one. @throws RtcError as `room.join()` does.
   */
  rejoin(): Promise<void> {
    if (this.#room.getSnapshot().connection !== 'closed')
      return this.join(undefined, this.#options.call);
    if (this.#engine) this.replace(this.#engine.createRoom(this.#options));
    return this.#room.join();
  }

  /**
   * Uses another token for the next Room, which replaces a Room that has not joined yet. Does nothing if
   * the Room is adopted.
   */
  renew(pass: Pick<RoomOptions, 'token' | 'tokenProvider'>): void {
    if (!this.#engine) return;
    this.#options = { ...this.#options, ...pass };
    if (this.#room.getSnapshot().connection === 'idle')
      this.replace(this.#engine.createRoom(this.#options));
  }

  /**
   * Applies the options of a room element: at once before joining, otherwise when the call is entered.
   * Options for the network and for holding the microphone are fixed when a Room is created, so those
   * need a new Room. Does nothing if the Room is adopted.
   */
  upgrade(options: Partial<RoomOptions>): void {
    if (!this.#engine) return;
    const before = this.#room;
    const { connection } = before.getSnapshot();
    const isIdle = connection === 'idle';
    const { privacy, iceServers, maxPeers, holdMicrophone } = options;
    this.#options = { ...this.#options, ...options, call: true };
    if (connection === 'closed') return;
    const isNew = privacy || iceServers?.length || maxPeers !== undefined || holdMicrophone;
    if (!isIdle && !isNew) return;
    this.replace(this.#engine.createRoom({ ...this.#options, call: isIdle }), isIdle);
    void before.leave();
    // A refusal is in the snapshot.
    if (!isIdle) void this.#room.join().catch(() => undefined);
  }

  /** Replaces the current Room. */
  replace(room: Room, joinsCall = this.#options.call !== false): void {
    this.#unwatch?.();
    this.#room = room;
    this.#joinsCall = joinsCall;
    this.#enteringCall = null;
    this.#read = new ReadPosition(room);
    this.#target = null;
    if (this.#unwatch) this.#watch();
    this.notify();
  }

  /** Calls all listeners. */
  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Listens to the Room as long as somebody listens here, so that a Room keeps no object alive. */
  #add<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
    listeners.add(listener);
    if (!this.#unwatch) this.#watch();
    return () => {
      listeners.delete(listener);
      if (this.#listeners.size + this.#levelListeners.size > 0) return;
      this.#unwatch?.();
      this.#unwatch = null;
    };
  }

  #watch(): void {
    const room = this.#room;
    this.#read.skipHistory();
    const unsubscribe = room.subscribe(this.#onSnapshot);
    room.addEventListener('levels', this.#onLevels);
    this.#unwatch = () => {
      unsubscribe();
      room.removeEventListener('levels', this.#onLevels);
    };
  }

  readonly #onSnapshot = (): void => {
    this.#read.skipHistory();
    this.notify();
  };

  readonly #onLevels = (event: LevelsEvent): void => {
    for (const listener of this.#levelListeners) listener(event.levels);
  };
}
