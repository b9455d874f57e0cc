// Our own media in a room: loaded when first used, in line with what the room allows, and independent of
// the call that sends it.
import type { MediaFlags, MediaSource, PeerEntry, Source } from '@rtc-elements/protocol';

import { checkTrack } from '../api/check-track.js';
import type { PublishOptions, TrackProcessor } from '../api/media-api.js';
import type { CompleteOptions, MediaChoice } from '../api/options.js';
import type { RoomMedia } from '../api/room-api.js';
import type { DeviceSource } from '../media/acquire.js';
import type { DeviceChoice } from '../media/device-slot.js';
import type { LocalMedia } from '../media/local-media.js';
import type { MediaPort, Ports } from '../ports.js';
import { callLeftError, leftError, RtcError } from '../state/errors.js';
import { maySend } from '../state/may-play.js';
import { NO_FLAGS } from '../state/wanted-presence.js';
import { LatestWish, overtakenError } from '../support/latest-wish.js';
import { LazyModule, loadModule } from '../support/lazy-module.js';
import { mutedError, stoppedError, withdrawnError } from './media-aborts.js';
import { MediaChoices } from './media-choices.js';
import type { RoomContext } from './room-context.js';
import type { Changed } from './settings.js';

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

/** Loads the code for devices. */
export type LoadMedia = () => Promise<{
  readonly LocalMedia: typeof LocalMedia;
  readonly browserMedia: MediaPort;
}>;

const importMedia: LoadMedia = () => import('../media/local-media.js');

export class OwnMedia {
  readonly #host: MediaHost;
  /** Live. */
  readonly #options: CompleteOptions;
  readonly #handlers: OwnMediaHandlers;
  readonly #local: LazyModule<LocalMedia, never>;
  readonly #import: LoadMedia;
  #flags = '';
  /** The sources of ours that a host had turned off according to the last roster. */
  #muted: readonly MediaSource[] = [];
  /** What is being turned on, from before our media are loaded until it is on. */
  readonly #wishes: Readonly<Record<MediaSource, LatestWish>> = {
    microphone: new LatestWish(),
    camera: new LatestWish(),
    screen: new LatestWish(),
  };
  readonly #choices = new MediaChoices();

  constructor(
    host: MediaHost,
    options: CompleteOptions,
    handlers: OwnMediaHandlers,
    load = importMedia,
  ) {
    this.#host = host;
    this.#import = load;
    this.#options = options;
    this.#handlers = handlers;
    this.#local = new LazyModule(host, {
      load: () => this.#load(),
      onReady: (local) => {
        const { you } = host.getSnapshot();
        if (you) local.allow(maySend(you));
        for (const chosen of this.#choices.processors) void this.#process(...chosen).catch(ignore);
      },
    });
  }

  /** `Room.media`: loads them when something is first turned on. */
  readonly api: RoomMedia = {
    setMicrophone: (choice) => this.#choose('microphone', choice),
    setCamera: (choice) => this.#choose('camera', choice),
    shareScreen: (options = {}) => {
      const { audio = false, hint, deviceId } = options;
      const key = JSON.stringify([audio, hint, deviceId]);
      return this.#start('screen', key, (local) => local.shareScreen(options));
    },
    stopScreen: () => this.#turnOff('screen', stoppedError()),
    publish: (track, options) => this.#publish(track, options),
    setProcessor: (source, processor) => this.#process(source, processor),
    // It returns nothing, so it cannot report a failed load. The methods that return a promise do.
    setSpeaker: (deviceId) => void this.#use((local) => local.setSpeaker(deviceId)).catch(ignore),
    getTrack: (source) => this.#local.module?.getTrack(source) ?? null,
  };

  /** Loads them without opening a device. If that fails, the next use tries again. */
  load(): void {
    this.#local.tell(() => undefined);
  }

  /**
   * Opens the devices as the person has left them or, where they have chosen nothing, as `options.audio` and
   * `options.video` ask for; nothing that a host has turned off. A device that cannot be had shows in the snapshot.
   * Calls `onStarted` when they have been asked for.
   * @throws RtcError `part-unavailable`, `aborted`.
   */
  start(onStarted: () => void = () => undefined): Promise<void> {
    return this.#use(async (local) => {
      if (this.#choices.tracks.size > 0) await this.#extend(local);
      const { audio, video } = this.#options;
      local.start(this.#wished('microphone', audio), this.#wished('camera', video));
      onStarted();
    });
  }

  /**
   * The options have changed. A device that they no longer want on goes off at once; one that they want on now is left to
   * the next start, or to the person.
   */
  configure(changed: Changed): void {
    const local = this.#local.module;
    for (const [option, source] of DEVICE_OPTIONS) {
      const wish = this.#options[option];
      if (!changed.has(option) || (wish !== false && wish !== 'muted')) continue;
      // What somebody has turned off stays off, whatever the options become.
      if (this.#choices.switched.get(source) !== false) this.#choices.switched.delete(source);
      this.#wishes[source].cancel(withdrawnError());
      this.#showLoading(source, 'off');
      local?.withdraw(source, withdrawnError());
    }
    local?.look();
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
    if (!maySend(you)) {
      // Nobody who was made a listener comes back with a device on.
      for (const [, source] of DEVICE_OPTIONS) {
        if (local && local.state[source].status !== 'off') this.#choices.choose(source, false);
      }
    }
    local?.allow(maySend(you));
    for (const source of fresh) {
      if (source !== 'screen') this.#choices.choose(source, false);
      this.#turnOff(source, mutedError());
    }
    // Even if it was off already: we may turn it on again only once the roster has shown it off (MO-2).
    if (fresh.length > 0) this.#host.setMediaFlags(this.flags, true);
  }

  /**
   * Releases every device; no handler is called afterwards. The next use begins anew. Whoever waits for a device hears
   * `why`.
   */
  close(why = callLeftError()): void {
    for (const wish of Object.values(this.#wishes)) wish.cancel(why);
    this.#local.close();
    this.#flags = '';
  }

  async #choose(source: DeviceSource, choice: DeviceChoice): Promise<void> {
    if (choice !== false && this.#host.getSnapshot().connection === 'closed') throw leftError();
    this.#choices.choose(source, choice);
    if (choice === false) return this.#turnOff(source, stoppedError());
    const track = this.#choices.trackOf(source);
    if (track) return this.#sendTrack(track, source);
    const deviceId = this.#choices.devices.get(source) ?? null;
    try {
      await this.#start(source, deviceId, (local) => {
        // It was not told of a device that was chosen and turned off before it could be opened.
        const isNews = deviceId !== null && local.chosenOf(source) !== deviceId;
        return local.choose(source, isNews ? { deviceId } : choice);
      });
    } catch (error) {
      // If that device cannot be had, the one before is chosen again.
      if (error instanceof RtcError && error.code !== 'aborted' && this.#local.module)
        this.#choices.devices.set(source, this.#local.module.chosenOf(source));
      throw error;
    }
  }

  async #publish(track: MediaStreamTrack, { source }: PublishOptions): Promise<void> {
    checkTrack(track, source);
    if (this.#host.getSnapshot().connection === 'closed') throw leftError();
    if (source !== 'screen') this.#choices.publish(source, track);
    await this.#sendTrack(track, source);
  }

  #sendTrack(track: MediaStreamTrack, source: MediaSource): Promise<void> {
    return this.#start(source, track, async (local, signal) => {
      await this.#extend(local);
      signal.throwIfAborted();
      await local.publish(track, { source });
    });
  }

  async #process(source: DeviceSource, processor: TrackProcessor | null): Promise<void> {
    this.#choices.process(source, processor);
    const local = this.#local.module;
    if (!local) return;
    if (processor) local.withhold(source);
    try {
      await this.#extend(local);
    } catch (error) {
      if (processor && error instanceof RtcError) local.fail(source, error);
      throw error;
    }
    if (this.#choices.processors.get(source) !== (processor ?? undefined)) throw overtakenError();
    await local.setProcessor(source, processor);
  }

  async #extend(local: LocalMedia): Promise<void> {
    const { OwnTracks } = await loadModule(import('../media/own-tracks.js'));
    local.extend(OwnTracks, this.#choices.tracks);
  }

  /** Nothing of `task` happens if something else is wanted before our media are loaded. */
  #start(
    source: MediaSource,
    key: unknown,
    task: (local: LocalMedia, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    return this.#wishes[source].start(key, async (signal) => {
      this.#showLoading(source, 'starting');
      try {
        await this.#use((local) => {
          signal.throwIfAborted();
          return task(local, signal);
        });
      } finally {
        if (!signal.aborted) this.#showLoading(source, 'off');
      }
    });
  }

  /** At once, and without loading anything. */
  #turnOff(source: MediaSource, why: RtcError): void {
    this.#wishes[source].cancel(why);
    this.#showLoading(source, 'off');
    this.#local.module?.turnOff(source, why);
  }

  /** Before our media are loaded, they cannot show themselves that something is to be on. */
  #showLoading(source: MediaSource, status: 'off' | 'starting'): void {
    const { media, connection } = this.#host.getSnapshot();
    const before = media[source];
    if (this.#local.module || connection === 'closed' || before.status === status) return;
    const changed = { ...before, status, problem: null };
    this.#host.dispatch({ type: 'local-media', media: { ...media, [source]: changed } });
  }

  #wished(source: DeviceSource, option: MediaChoice): MediaChoice {
    return !this.#muted.includes(source) && this.#choices.wished(source, option);
  }

  #use<T>(task: (local: LocalMedia) => T | Promise<T>): Promise<T> {
    this.#handlers.onWanted();
    return this.#local.use(task);
  }

  async #load(): Promise<() => LocalMedia> {
    const { browserMedia, LocalMedia } = await loadModule(this.#import());
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
          onProcessorFailed: (source) => this.#choices.giveUp(source),
        },
        // A microphone is not held for options that want none.
        () => this.#options.holdMicrophone === true && this.#options.audio !== false,
      );
      local.resume(this.#choices.devices, this.#host.getSnapshot().media.speakerId);
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

/** The snapshot shows it. */
const ignore = (): void => undefined;

const DEVICE_OPTIONS = [
  ['audio', 'microphone'],
  ['video', 'camera'],
] as const;
