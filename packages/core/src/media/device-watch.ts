/**
 * Watches our open devices. A device that the person chose is used again once it is plugged in
 * again, a change of the system's default is followed, and a live track that delivers nothing is
 * opened once more.
 */
import type { Clock, MediaPort } from '../ports.js';
import { DEVICE_SOURCES, type DeviceSource } from './acquire.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import { hasSamples } from './has-samples.js';
import { SILENT } from './media-errors.js';

/** Our devices, as the watch sees them and acts on them. */
export interface Watched {
  readonly port: Pick<MediaPort, 'enumerateDevices' | 'onDeviceChange'>;
  slotOf(source: DeviceSource): {
    readonly track: MediaStreamTrack | null;
    readonly chosen: string | null;
  };
  reopen(source: DeviceSource): void;
  /** Reports a problem with a device that is on; `cause` is named as by a browser. */
  blame(source: DeviceSource, cause: { readonly name: string }): void;
}

export class DeviceWatch {
  readonly #devices: Watched;
  readonly #clock: Clock;
  readonly #gives: typeof hasSamples;
  readonly #stop: readonly (() => void)[];
  /** The tracks whose events are heard. */
  readonly #tracks = new Map<DeviceSource, MediaStreamTrack>();
  /**
   * Sources that were reopened because they delivered nothing; the next time, that is a problem.
   */
  readonly #renewed = new Set<DeviceSource>();
  #ids: ReadonlySet<string> | null = null;
  #defaultGroup = '';
  #closed = false;

  constructor(devices: Watched, clock: Clock, gives = hasSamples) {
    this.#devices = devices;
    this.#clock = clock;
    this.#gives = gives;
    this.#stop = [
      devices.port.onDeviceChange(() => void this.#compare()),
      onPageReturn(() => this.#checkAll()),
    ];
    void this.#compare();
  }

  /** To be called when a device may have been opened, closed or replaced. */
  look(): void {
    for (const source of DEVICE_SOURCES) {
      const { track } = this.#devices.slotOf(source);
      if (track === (this.#tracks.get(source) ?? null)) continue;
      this.#forget(source);
      if (!track) continue;
      this.#tracks.set(source, track);
      track.addEventListener('unmute', this.#onUnmute);
      if (this.#renewed.has(source)) void this.#check(source);
    }
    // Labels and groups of a kind are known once a device of it is open.
    if (this.#ids?.size === 0) void this.#compare();
  }

  close(): void {
    this.#closed = true;
    this.#stop.forEach((stop) => stop());
    DEVICE_SOURCES.forEach((source) => this.#forget(source));
  }

  #forget(source: DeviceSource): void {
    this.#tracks.get(source)?.removeEventListener('unmute', this.#onUnmute);
    this.#tracks.delete(source);
  }

  /** Compares the devices with those of the last comparison. */
  async #compare(): Promise<void> {
    const list = await this.#devices.port.enumerateDevices().catch(() => []);
    if (this.#closed) return;
    const before = this.#ids;
    const beforeGroup = this.#defaultGroup;
    const ids = new Set(list.map(({ deviceId }) => deviceId).filter((id) => id !== ''));
    this.#ids = ids;
    this.#defaultGroup = defaultGroup(list);
    if (!before) return;
    for (const source of DEVICE_SOURCES) {
      const { track, chosen } = this.#devices.slotOf(source);
      if (!track) continue;
      const { deviceId, groupId } = track.getSettings();
      // Only a device that has just appeared: one that is listed but does not open is not retried.
      const isBack =
        chosen !== null && chosen !== deviceId && ids.has(chosen) && !before.has(chosen);
      const isMoved =
        source === 'microphone' &&
        (chosen === null || chosen === 'default') &&
        beforeGroup !== '' &&
        ![beforeGroup, groupId].includes(this.#defaultGroup);
      if (isBack || isMoved) this.#devices.reopen(source);
    }
  }

  /** The page is shown again: it may have been frozen, or lost its devices to a phone call. */
  #checkAll(): void {
    for (const source of DEVICE_SOURCES) {
      const { track } = this.#devices.slotOf(source);
      if (track?.readyState === 'ended') this.#devices.reopen(source);
      else if (track) void this.#check(source);
    }
  }

  /**
   * After an interruption, some systems report a track as live and unmuted that delivers nothing.
   */
  async #check(source: DeviceSource): Promise<void> {
    const { track } = this.#devices.slotOf(source);
    if (!track) return;
    const gives = await this.#gives(track, this.#clock);
    if (this.#closed || this.#devices.slotOf(source).track !== track) return;
    if (gives) {
      this.#renewed.delete(source);
    } else if (this.#renewed.has(source)) {
      this.#devices.blame(source, { name: SILENT });
    } else {
      this.#renewed.add(source);
      this.#devices.reopen(source);
    }
  }

  readonly #onUnmute = ({ target }: Event): void => {
    for (const [source, track] of this.#tracks) if (track === target) void this.#check(source);
  };
}

/**
 * The group of the system's default microphone: Chromium lists it as `default`, other browsers list
 * it first (mediacapture-main, section 9.2).
 */
function defaultGroup(list: readonly MediaDeviceInfo[]): string {
  const inputs = list.filter(({ kind }) => kind === 'audioinput');
  const named = inputs.find(({ deviceId }) => deviceId === 'default') ?? inputs[0];
  return named?.groupId ?? '';
}

/** Calls `task` when the page is shown again or thawed. Call the result to stop. */
function onPageReturn(task: () => void): () => void {
  const page = globalThis.document as Document | undefined;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const ifShown = (): void => {
    if (page && !isPageHidden()) task();
  };
  page?.addEventListener('visibilitychange', ifShown, options);
  page?.addEventListener('resume', ifShown, options);
  globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && task(), options);
  return () => stop.abort();
}
