/** A data path to one peer over whatever reaches them: a link for data alone, the call, or first one and then the other. */
import type { CallData, DataOptions, DataPath, DataPurpose } from '../ports.js';

/** Over what a path can go, the one that is used first first. */
export type DataCarriers = Readonly<Record<'link' | 'call', CallData | null>>;

export type CarrierName = keyof DataCarriers;

export interface CarriedHandlers {
  /** Something was sent or received over it. */
  onUse(carrier: CarrierName): void;
  /** Nothing reaches the peer any more. */
  onEnd(): void;
}

interface Opened {
  path: DataPath | null;
  isOpen: boolean;
}

const NAMES: readonly CarrierName[] = ['link', 'call'];
const NO_HEADROOM = Promise.resolve(false);

export class CarriedPath implements DataPath {
  readonly #session: string;
  readonly #purpose: DataPurpose;
  readonly #options: DataOptions;
  readonly #handlers: CarriedHandlers;
  readonly #opened = new Map<CarrierName, Opened>();
  /** Over what is sent now. What is received over the other one counts as well. */
  #current: CarrierName | null = null;

  constructor(
    session: string,
    purpose: DataPurpose,
    options: DataOptions,
    handlers: CarriedHandlers,
  ) {
    this.#session = session;
    this.#purpose = purpose;
    this.#options = options;
    this.#handlers = handlers;
  }

  /** Whether the link has to stay for it. Values are told anew wherever they go, so the call takes them over. */
  get holdsLink(): boolean {
    const isElsewhere = this.#purpose === 'values' && this.#current === 'call';
    return !isElsewhere && (this.#options.isHeld?.() ?? false);
  }

  /**
   * Opens it over each carrier that has become able to. The first one that is open is used until it is gone: changing
   * earlier would lose or overtake what is on its way.
   */
  extend(carriers: DataCarriers): void {
    for (const name of NAMES) {
      const readiness = carriers[name]?.readinessOf(this.#session, this.#purpose);
      if (this.#opened.has(name) || (readiness !== 'able' && readiness !== 'waiting')) continue;
      this.#open(name, carriers[name] as CallData);
    }
  }

  send(...message: Parameters<DataPath['send']>): boolean {
    if (!this.#current) return false;
    this.#handlers.onUse(this.#current);
    return this.#path?.send(...message) ?? false;
  }

  headroom(): Promise<boolean> {
    return this.#path?.headroom() ?? NO_HEADROOM;
  }

  close(): void {
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    this.#current = null;
    for (const { path } of opened) path?.close();
    this.#handlers.onEnd();
  }

  get #path(): DataPath | null {
    return (this.#current && this.#opened.get(this.#current)?.path) ?? null;
  }

  /** @throws as `CallData.open()`. */
  #open(name: CarrierName, carrier: CallData): void {
    const opened: Opened = { path: null, isOpen: false };
    this.#opened.set(name, opened);
    const ifPresent = (task: () => void): void => {
      if (this.#opened.get(name) === opened) task();
    };
    try {
      opened.path = carrier.open(this.#session, this.#purpose, {
        ...this.#options,
        onOpen: () =>
          ifPresent(() => {
            opened.isOpen = true;
            this.#onOpen(name);
          }),
        onMessage: (data) =>
          ifPresent(() => {
            this.#handlers.onUse(name);
            this.#options.onMessage(data);
          }),
        onReset: () =>
          ifPresent(() => {
            opened.isOpen = false;
            this.#lose(name);
          }),
        onClose: () =>
          ifPresent(() => {
            this.#opened.delete(name);
            this.#lose(name);
          }),
      });
    } catch (error) {
      this.#opened.delete(name);
      throw error;
    }
  }

  #onOpen(name: CarrierName): void {
    if (this.#current === null) {
      this.#current = name;
      this.#options.onOpen?.();
    } else if (this.#purpose === 'values' && name === 'call') this.#current = name;
  }

  #lose(name: CarrierName): void {
    if (this.#opened.size === 0) {
      this.#current = null;
      this.#handlers.onEnd();
      return this.#options.onClose?.();
    }
    if (this.#current !== name) return;
    const [next] = NAMES.filter((one) => this.#opened.get(one)?.isOpen);
    this.#current = next ?? null;
    this.#options.onReset?.();
    if (next) this.#options.onOpen?.();
  }
}
