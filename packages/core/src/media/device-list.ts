/** The devices there are, kept up to date. */
import type { Clock, MediaPort } from '../ports.js';
import type { Device } from '../state/room-state.js';

/** Enumerating takes the page a moment that a join under way needs more, ms. */
const SOON_MS = 100;

export class DeviceList {
  readonly #clock: Clock;
  readonly #port: MediaPort;
  readonly #onChange: () => void;
  readonly #stop: () => void;
  #devices: readonly Device[] = [];
  #cancel: (() => void) | null = null;

  constructor(port: MediaPort, clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#port = port;
    this.#onChange = onChange;
    this.#stop = port.onDeviceChange(() => void this.refresh());
    this.refreshSoon();
  }

  /** Those that can be chosen: before the person has allowed a kind, browsers give its devices no ids. */
  get devices(): readonly Device[] {
    return this.#devices;
  }

  /** When there is a moment for it; once for many calls. */
  refreshSoon(): void {
    this.#cancel ??= this.#clock.setTimer(SOON_MS, () => {
      this.#cancel = null;
      void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    // A list that cannot be had is an empty one: asking for the device tells why.
    const found = await this.#port.enumerateDevices().catch(() => []);
    const devices = found
      .filter(({ deviceId }) => deviceId !== '')
      .map(({ deviceId, kind, label }) => ({ deviceId, kind, label }));
    if (JSON.stringify(devices) === JSON.stringify(this.#devices)) return;
    this.#devices = devices;
    this.#onChange();
  }

  close(): void {
    this.#cancel?.();
    // What is still being opened asks for one more list as it comes.
    this.#cancel = () => undefined;
    this.#stop();
  }
}
