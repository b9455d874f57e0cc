// One room as the elements of a page share it: the Room, and what connects them to it.
import type {
  Connection,
  LevelsEvent,
  OptionChanges,
  Room,
  RoomOptions,
  RtcError,
} from '@rtc-elements/core';

import { InterfaceState } from './interface-state.js';
import { ReadPosition } from './read-position.js';
import { TokenReturn } from './token-return.js';

/** What a shared room needs from core. Injected by the registry. */
export interface Engine {
  createRoom(options: RoomOptions): Room;
}

/** Devices that were chosen while off. They are used the next time they are turned on. */
export interface DeviceChoices {
  readonly microphone?: string | undefined;
  readonly camera?: string | undefined;
}

/**
 * What the elements of one room share. It outlives each stay, as its Room does. Listeners are called when the snapshot
 * or a field of this object changes.
 */
export class SharedRoom extends InterfaceState {
  choices: DeviceChoices = {};
  /** How a request has switched each device last. A preview that comes up later turns on none that is in it. */
  readonly switched = new Map<keyof DeviceChoices, boolean>();
  readonly room: Room;
  #options: RoomOptions;
  readonly #engine: Engine | null;
  readonly #listeners = new Set<() => void>();
  readonly #levelListeners = new Set<(levels: ReadonlyMap<string, number>) => void>();
  /** Stops listening to the Room; `null` while nobody listens to this object. */
  #unwatch: (() => void) | null = null;
  #read: ReadPosition;
  /** Whether joining the Room enters the call. */
  #joinsCall: boolean;
  readonly #return = new TokenReturn();
  /** `true` while the call is being entered, `false` while it is being left, otherwise `null`. */
  #enteringCall: boolean | null = null;

  /** `engine` is `null` if the page created `room`, with options that nobody else knows. */
  constructor(engine: Engine | null, options: RoomOptions, room: Room) {
    super();
    this.#engine = engine;
    this.#options = options;
    this.#joinsCall = options.call !== false;
    this.room = room;
    this.#read = new ReadPosition(room);
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
    const { connection, you } = this.room.getSnapshot();
    if (connection === 'idle' || connection === 'closed') return false;
    return this.#enteringCall ?? (you ? you.call > 0 : this.#joinsCall);
  }

  /** The number of messages of others since the last `markRead()`. */
  get unread(): number {
    return this.#read.unread;
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

  /**
   * Turns a device on or off, or chooses one. A device that is off uses the choice when it is turned
   * on.
   */
  async setDevice(kind: keyof DeviceChoices, choice: boolean | string): Promise<void> {
    const { media } = this.room;
    const isOff = this.room.getSnapshot().media[kind].status === 'off';
    if (typeof choice === 'string' && isOff) {
      this.choices = { ...this.choices, [kind]: choice };
      return this.notify();
    }
    this.switched.set(kind, choice !== false);
    const deviceId = typeof choice === 'string' ? choice : this.choices[kind];
    const wish = choice !== false && deviceId ? { deviceId } : choice !== false;
    this.choices = { ...this.choices, [kind]: undefined };
    return kind === 'camera' ? media.setCamera(wish) : media.setMicrophone(wish);
  }

  /**
   * Joins the room or, from the chat only, enters the call. Resolves once inside, also where the room is being joined
   * already.
   */
  async join(name?: string, call = true): Promise<void> {
    const { connection } = this.room.getSnapshot();
    const isIn = connection !== 'idle' && connection !== 'closed';
    if (isIn && (!call || this.isCalling)) {
      if (connection !== 'connected' && connection !== 'reconnecting') await this.room.join();
      return;
    }
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
    const { you } = this.room.getSnapshot();
    if (connection === 'closed') return this.rejoin(name);
    if (connection === 'idle') {
      if (call && this.#options.call === false) this.configure({ call });
      return this.room.join(name === undefined ? {} : { name });
    }
    if (name && you && name !== you.name) this.room.setPresence({ name });
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
    const room = this.room;
    this.#enteringCall = call;
    this.notify();
    try {
      await (call ? room.enterCall() : room.leaveCall());
    } finally {
      if (this.room === room && this.#enteringCall === call) this.#enteringCall = null;
      this.notify();
    }
  }

  /**
   * Joins again after the stay has ended: devices are as the person left them.
   * @throws RtcError as `room.join()` does.
   */
  rejoin(name?: string): Promise<void> {
    if (this.room.getSnapshot().connection !== 'closed')
      return this.join(undefined, this.#options.call);
    if (this.#engine) this.room.configure({ call: this.#options.call !== false });
    this.#joinsCall = this.#options.call !== false;
    this.#enteringCall = null;
    this.#read = new ReadPosition(this.room);
    // The message that is answered or edited was one of the former stay; this notifies as well.
    this.setTarget(null);
    return this.room.join(name === undefined || !this.#engine ? {} : { name });
  }

  /** Changes options; see `Room.configure`. A token that comes after the room has asked for one joins. */
  configure(changes: OptionChanges): void {
    const { connection, left } = this.room.getSnapshot();
    const isOut = connection === 'idle' || connection === 'closed';
    this.#options = { ...this.#options, ...(changes as Partial<RoomOptions>) };
    if (connection === 'idle') this.#joinsCall = this.#options.call !== false;
    const { call: _call, ...others } = changes;
    this.room.configure(isOut ? changes : others);
    const pass = changes.tokenProvider ?? changes.token;
    // A refusal is in the snapshot.
    if (pass && left === 'token-expired')
      this.#return.when(() => void this.rejoin().catch(() => undefined));
    this.notify();
  }

  /** Releases what a lobby has opened, as nobody has joined. What the person turned off stays off. */
  closePreview(): void {
    // The options of a Room that the page created cannot be put back.
    if (this.isAdopted) return;
    const { audio, video } = this.#options;
    this.room.configure({ audio: 'muted', video: 'muted' });
    this.room.configure({ audio, video });
    // Another lobby shows again what only this one has released.
    for (const [kind, isOn] of this.switched) if (isOn) this.switched.delete(kind);
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
    const room = this.room;
    this.#read.update();
    const unsubscribe = room.subscribe(this.#onSnapshot);
    room.addEventListener('levels', this.#onLevels);
    this.#unwatch = () => {
      unsubscribe();
      room.removeEventListener('levels', this.#onLevels);
    };
  }

  readonly #onSnapshot = (): void => {
    this.#read.update();
    this.notify();
  };

  readonly #onLevels = (event: LevelsEvent): void => {
    for (const listener of this.#levelListeners) listener(event.levels);
  };
}
