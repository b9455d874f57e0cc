// Our own media in a room: loaded when first used, in line with what the room allows, and independent of
// the call that sends it.
import type { MediaFlags, MediaSource, PeerEntry, Source } from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { RoomMedia } from '../api/room-api.js';
import type { LocalMedia } from '../media/local-media.js';
import type { Ports } from '../ports.js';
import { RtcError } from '../state/errors.js';
import { maySend } from '../state/may-play.js';
import { NO_FLAGS } from '../state/wanted-presence.js';
import { LazyModule, loadModule } from '../support/lazy-module.js';
import type { RoomContext } from './room-context.js';

/** What our media need of their room. */
export interface MediaHost extends Pick<RoomContext, 'getSnapshot' | 'dispatch'> {
  readonly ports: Pick<Ports, 'clock'> & Partial<Ports>;
  /** Tells the room what we send; with `again`, even if the room should know. */
  setMediaFlags(flags: MediaFlags, again?: true): void;
}

export interface OwnMediaHandlers {
  /** Called each time media are used, before they are loaded. */
  onWanted(): void;
  /** What is to be sent as `source` from now on. */
  onTrack(source: Source, track: MediaStreamTrack | null): void;
  /** Called when a source was turned on or off. */
  onFlags(flags: MediaFlags): void;
}

export class OwnMedia {
  readonly #host: MediaHost;
  readonly #options: CompleteOptions;
  readonly #handlers: OwnMediaHandlers;
  readonly #local: LazyModule<LocalMedia, never>;
  #flags = '';
  /** The sources of ours that a host had turned off according to the last roster. */
  #muted: readonly MediaSource[] = [];
  /** How often a host has turned off each source. */
  readonly #mutes = { microphone: 0, camera: 0, screen: 0 };

  constructor(host: MediaHost, options: CompleteOptions, handlers: OwnMediaHandlers) {
    this.#host = host;
    this.#options = options;
    this.#handlers = handlers;
    this.#local = new LazyModule(host, {
      load: () => this.#load(),
      onReady: (local) => {
        const { you } = host.getSnapshot();
        if (you) local.allow(maySend(you));
      },
    });
  }

  /** `Room.media`: loads them when first used. */
  readonly api: RoomMedia = {
    setMicrophone: (choice) =>
      this.#choose('microphone', choice !== false, (local) => local.setMicrophone(choice)),
    setCamera: (choice) =>
      this.#choose('camera', choice !== false, (local) => local.setCamera(choice)),
    shareScreen: (options) => this.#choose('screen', true, (local) => local.shareScreen(options)),
    stopScreen: () => {
      // Also what is asked for already, and waits until media are loaded.
      if (this.#local.isWanted) this.#local.tell((local) => local.stopScreen());
    },
    // It returns nothing, so it cannot report a failed load. The methods that return a promise do.
    setSpeaker: (deviceId) =>
      void this.#use((local) => local.setSpeaker(deviceId)).catch(() => undefined),
    getTrack: (source) => this.#local.module?.getTrack(source) ?? null,
  };

  /** Loads them without opening a device. If that fails, the next use tries again. */
  load(): void {
    this.#local.tell(() => undefined);
  }

  /**
   * Opens the devices that `options.audio` and `options.video` ask for, except those that the person or
   * a host has switched since. A device that cannot be had shows in the snapshot.
   * Calls `onStarted` when they have been asked for.
   * @throws RtcError `part-unavailable`, `aborted`.
   */
  start(onStarted: () => void = () => undefined): Promise<void> {
    return this.#use((local) => {
      const { audio, video } = this.#options;
      const isMuted = (source: MediaSource): boolean => this.#muted.includes(source);
      local.start(!isMuted('microphone') && audio, !isMuted('camera') && video);
      onStarted();
    });
  }

  get flags(): MediaFlags {
    return this.#local.module?.flags ?? NO_FLAGS;
  }

  /** The track of our microphone, while it is on or held. */
  get microphone(): MediaStreamTrack | null {
    return this.#local.module?.microphone ?? null;
  }

  /** Carries out what a host has done to our roster entry, once each time (MO-1, MO-2). */
  obey(you: PeerEntry): void {
    const fresh = you.muted.filter((source) => !this.#muted.includes(source));
    this.#muted = you.muted;
    const local = this.#local.module;
    local?.allow(maySend(you));
    for (const source of fresh) {
      this.#mutes[source] += 1;
      local?.turnOff(source);
    }
    // Even if it was off already: we may turn it on again only once the roster has shown it off (MO-2).
    if (fresh.length > 0) this.#host.setMediaFlags(this.flags, true);
  }

  /** Releases every device; no handler is called afterwards. The next use begins anew. */
  close(): void {
    this.#local.close();
    this.#flags = '';
  }

  /** Turns a source on or off, unless a host has turned it off while our media were loading. */
  #choose(
    source: MediaSource,
    isOn: boolean,
    task: (local: LocalMedia) => Promise<void>,
  ): Promise<void> {
    const mutes = this.#mutes[source];
    return this.#use((local) => {
      if (isOn && mutes !== this.#mutes[source]) throw mutedError();
      return task(local);
    });
  }

  #use<T>(task: (local: LocalMedia) => T | Promise<T>): Promise<T> {
    this.#handlers.onWanted();
    return this.#local.use(task);
  }

  async #load(): Promise<() => LocalMedia> {
    const { browserMedia, LocalMedia } = await loadModule(import('../media/local-media.js'));
    const { dispatch, ports } = this.#host;
    const port = ports.media ?? browserMedia;
    return () => {
      const local: LocalMedia = new LocalMedia(
        port,
        ports.clock,
        {
          onTrack: this.#handlers.onTrack,
          onChange: (media) => {
            dispatch({ type: 'local-media', media });
            this.#tellFlags(local.flags);
          },
        },
        this.#options.holdMicrophone,
      );
      return local;
    };
  }

  #tellFlags(flags: MediaFlags): void {
    const text = JSON.stringify(flags);
    if (text === this.#flags) return;
    this.#flags = text;
    this.#handlers.onFlags(flags);
    this.#host.setMediaFlags(flags);
  }
}

const mutedError = (): RtcError =>
  new RtcError('aborted', 'A host has turned this off. You can turn it on again.', {
    retryable: true,
  });
