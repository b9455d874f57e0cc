// One stay in one room as the elements of a page share it: the Room, and what only windows know.
import type { ChatEntry, LevelsEvent, MediaChoice, Room, RoomOptions } from '@rtc-elements/core';

import type { Messages } from '../i18n/en.js';
import { ReadPosition } from './read-position.js';

/** What a shared room needs of core, handed in by the registry. */
export interface Engine {
  createRoom(options: RoomOptions): Room;
}

/** Remote sound: whether the browser holds it back until a click, and what to do on that click. */
export interface Sound {
  readonly blocked: boolean;
  enable(): Promise<void>;
}

/** The panels beside the stage. */
export type Panel = 'chat' | 'people' | 'stats';

/** What is being written is no message of its own: it answers `entry`, or is another text for it. */
export interface ComposerTarget {
  readonly entry: ChatEntry;
  readonly edits: boolean;
}

/** Devices chosen while they are off: choosing does not turn them on, and they are used once on. */
export interface DeviceChoices {
  readonly microphone?: string | undefined;
  readonly camera?: string | undefined;
}

const staysOff = (wish: MediaChoice | undefined): boolean => wish === false || wish === 'muted';

const silent: Sound = { blocked: false, enable: () => Promise.resolve() };

/**
 * What elements of one room share. Stays the same object when somebody leaves and joins again, with
 * a new `room` in it. Listeners hear of every change of the snapshot and of the fields here.
 */
export class SharedRoom {
  /** Overrides of the words, from the provider. */
  messages: Partial<Messages> = {};
  choices: DeviceChoices = {};
  #room: Room;
  #options: RoomOptions;
  readonly #engine: Engine;
  readonly #listeners = new Set<() => void>();
  readonly #levelListeners = new Set<(levels: ReadonlyMap<string, number>) => void>();
  /** Chat logs on the screen: they announce what is written, so nobody else does. */
  readonly visibleLogs = new Set<object>();
  /** Notices that the page wants no toast for. */
  readonly hushed = new WeakSet<object>();
  /** Tiles that have a track of somebody else and no frame of it yet. */
  readonly awaitedPictures = new Set<object>();
  #hasPicture = false;
  #target: ComposerTarget | null = null;
  #panel: Panel | null = null;
  #sound = silent;
  #unwatch = (): void => {};
  #read: ReadPosition;
  /** Whether the Room enters the call by joining. */
  #joinsCall: boolean;
  /** On the way into the call, or out of it; `null`: neither. */
  #turn: boolean | null = null;

  constructor(engine: Engine, options: RoomOptions, room = engine.createRoom(options)) {
    this.#engine = engine;
    this.#options = options;
    this.#joinsCall = options.call !== false;
    this.#room = room;
    this.#read = new ReadPosition(room);
    this.#watch();
  }

  /** The present Room. */
  get room(): Room {
    return this.#room;
  }

  /** What it was made with. */
  get options(): RoomOptions {
    return this.#options;
  }

  /** Whether the call was asked for, be we in it yet or not; until then there is a lobby. */
  get isCalling(): boolean {
    const { connection, you } = this.#room.getSnapshot();
    if (connection === 'idle' || connection === 'closed') return false;
    return this.#turn ?? (you ? you.call > 0 : this.#joinsCall);
  }

  /** The open panel, if any. */
  get panel(): Panel | null {
    return this.#panel;
  }

  /** What is being written answers or changes a line; `null`: it does not. */
  get target(): ComposerTarget | null {
    return this.#target;
  }

  setTarget(target: ComposerTarget | null): void {
    this.#target = target;
    this.notify();
  }

  get sound(): Sound {
    return this.#sound;
  }

  /** Lines of others that arrived since `markRead()`. */
  get unread(): number {
    return this.#read.unread;
  }

  /** Whether a picture of somebody else has been on the screen. */
  get hasPicture(): boolean {
    return this.#hasPicture;
  }

  /** The first frame of somebody else is there. */
  notePicture(): void {
    if (this.#hasPicture) return;
    this.#hasPicture = true;
    this.notify();
  }

  /** Calls `listener` after every change; call the result to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `listener` with the levels of everybody, ten times a second while audio flows. */
  onLevels(listener: (levels: ReadonlyMap<string, number>) => void): () => void {
    this.#levelListeners.add(listener);
    return () => this.#levelListeners.delete(listener);
  }

  /** Everything in the chat has been seen. */
  markRead(): void {
    if (this.#read.markRead()) this.notify();
  }

  togglePanel(panel: Panel, force = this.#panel !== panel): void {
    if (force) this.#panel = panel;
    else if (this.#panel === panel) this.#panel = null;
    this.notify();
  }

  /** Turns a device on or off, or chooses one: used at once where it is on, else the next time. */
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

  setSound(sound: Sound | null): void {
    this.#sound = sound ?? silent;
    this.notify();
  }

  /**
   * Enters, or goes from chat only into the call; nothing when already in. A chat-only room that
   * has not joined yet is made anew, so that the wishes of the room element count.
   */
  async join(name?: string, call = true): Promise<void> {
    const { connection, you } = this.#room.getSnapshot();
    if (name !== undefined) this.#options = { ...this.#options, name };
    if (connection === 'closed') return this.rejoin();
    if (connection === 'idle') {
      if (call && this.#options.call === false) this.upgrade({});
      return this.#room.join(name === undefined ? {} : { name });
    }
    if (!call || this.isCalling) return;
    if (name && you && name !== you.name) this.#room.setPresence({ name });
    this.#options = { ...this.#options, call: true };
    return this.#goInto(true);
  }

  /** Stays for the chat alone. */
  leaveCall(): Promise<void> {
    this.#options = { ...this.#options, call: false };
    this.#joinsCall = false;
    return this.#goInto(false);
  }

  async #goInto(call: boolean): Promise<void> {
    const room = this.#room;
    this.#turn = call;
    this.notify();
    try {
      if (call) await this.#keepOff(room);
      await (call ? room.enterCall() : room.leaveCall());
    } finally {
      if (this.#room === room && this.#turn === call) this.#turn = null;
      this.notify();
    }
  }

  /** A Room that was made for the chat does not know which devices are to stay off. */
  async #keepOff(room: Room): Promise<void> {
    const { audio, video } = this.#options;
    const { microphone, camera } = room.getSnapshot().media;
    if (staysOff(audio) && microphone.status === 'off') await room.media.setMicrophone(false);
    if (staysOff(video) && camera.status === 'off') await room.media.setCamera(false);
  }

  /** A new Room after the last one was left, with the same wishes. */
  rejoin(): Promise<void> {
    this.replace(this.#engine.createRoom(this.#options));
    return this.#room.join();
  }

  /** Another pass: for the next Room, which is made at once while nothing is joined. */
  renew(pass: Pick<RoomOptions, 'token' | 'tokenProvider'>): void {
    this.#options = { ...this.#options, ...pass };
    if (this.#room.getSnapshot().connection === 'idle')
      this.replace(this.#engine.createRoom(this.#options));
  }

  /**
   * Takes the wishes of a room element: at once while nothing is joined, else on entering the call.
   * What concerns the network or a held microphone a Room knows from its beginning, so it begins anew
   * for that.
   */
  upgrade(options: Partial<RoomOptions>): void {
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

  /** Puts `room` in the place of the present one. */
  replace(room: Room, joinsCall = this.#options.call !== false): void {
    this.#unwatch();
    this.#room = room;
    this.#joinsCall = joinsCall;
    this.#turn = null;
    this.#read = new ReadPosition(room);
    this.#target = null;
    this.#watch();
    this.notify();
  }

  /** Tells everybody that something here changed. */
  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #watch(): void {
    const room = this.#room;
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
