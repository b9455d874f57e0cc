/** The list of devices, kept up to date. */
import type { Clock, MediaPort } from '../ports.js';
import type { Device } from '../state/room-state.js';

/** How long a refresh is delayed, ms: listing devices takes time that a join in progress needs more. */
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

  /**
   * The devices that can be chosen. Browsers give them no ids until the person has allowed a kind.
   */
  get devices(): readonly Device[] {
    return this.#devices;
  }

  /** Refreshes the list in a moment, once for any number of calls. */
  refreshSoon(): void {
    this.#cancel ??= this.#clock.setTimer(SOON_MS, () => {
      this.#cancel = null;
      void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    // A list that cannot be had counts as empty: the request for a device will say why.
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
    // A device that is still being opened asks for the list once more when it opens.
    this.#cancel = () => undefined;
    this.#stop();
  }
}
