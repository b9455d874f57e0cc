/**
 * What a link carries besides media: which data the peer takes (LK-2), and a path for each purpose. What makes the
 * paths is loaded with the first of them; a peer sends nothing before it was told that ours is there (LK-3).
 */
import {
  type FeaturesMessage,
  PEER_FEATURES,
  type PeerMessage,
  type ReadyMessage,
} from '@rtc-elements/protocol';

import type { Clock } from '../../ports.js';
import type { DataOptions, DataPath, DataPurpose, DataReadiness } from '../ports.js';
import { openAlreadyError } from '../rules/open-already.js';
import type { LinkDataPath } from './link-data-path.js';
import type { PeerChannels } from './peer-channels.js';

/** The pause before what could not be loaded is asked for again, ms. */
const RETRY_MS = 5_000;

export interface LinkDataHost {
  readonly clock: Clock;
  /** On the control channel. */
  tell(message: PeerMessage): boolean;
  /** `readinessOf` has changed. */
  onChange(): void;
}

/** What makes the paths. */
interface PathModule {
  readonly LinkDataPath: typeof LinkDataPath;
}

/** `path`: `null` until what makes it is loaded. */
interface Opened {
  path: LinkDataPath | null;
}

export class LinkData {
  readonly #channels: PeerChannels;
  readonly #host: LinkDataHost;
  readonly #load: () => Promise<PathModule>;
  readonly #opened = new Map<DataPurpose, Opened>();
  /** Those for which the peer has its end. */
  readonly #ready = new Set<DataPurpose>();
  #features: readonly string[] | null = null;
  #isHeard = false;

  constructor(
    channels: PeerChannels,
    host: LinkDataHost,
    load: () => Promise<PathModule> = () => import('./link-data-path.js'),
  ) {
    this.#channels = channels;
    this.#host = host;
    this.#load = load;
  }

  /** What the peer says that it takes (UN-4); `null`: it has said nothing, as older clients. */
  get features(): readonly string[] | null {
    return this.#features;
  }

  readinessOf(purpose: DataPurpose): DataReadiness {
    if (!this.#features) return this.#isHeard ? 'unsupported' : 'unknown';
    if (!this.#features.includes(purpose)) return 'unsupported';
    return this.#ready.has(purpose) && !this.#opened.has(purpose) ? 'waiting' : 'able';
  }

  /** The control channel has opened, anew if it is not the first. */
  begin(): void {
    this.#ready.clear();
    this.#host.tell({ type: 'features', features: PEER_FEATURES });
  }

  /** The peer has said something. It names its features first, if it has any. */
  hear(): void {
    if (this.#isHeard) return;
    this.#isHeard = true;
    if (!this.#features) this.#host.onChange();
  }

  receive(message: FeaturesMessage | ReadyMessage): void {
    if (message.type === 'features') {
      this.#features = message.features;
      for (const [purpose, { path }] of this.#opened) if (path) this.#tellReady(purpose);
    } else {
      this.#ready.add(message.purpose);
      this.#opened.get(message.purpose)?.path?.look();
    }
    this.#host.onChange();
  }

  /** @throws RtcError `conflict` if it is open already. */
  open(purpose: DataPurpose, options: DataOptions): DataPath {
    if (this.#opened.has(purpose)) throw openAlreadyError(purpose);
    const opened: Opened = { path: null };
    this.#opened.set(purpose, opened);
    void this.#make(purpose, options, opened);
    return {
      send: (...message) => opened.path?.send(...message) ?? false,
      headroom: () => opened.path?.headroom() ?? Promise.resolve(false),
      close: () => {
        if (this.#opened.get(purpose) === opened) this.#opened.delete(purpose);
        opened.path?.close();
      },
    };
  }

  /** The link is closed: nothing is loaded for it any more. */
  close(): void {
    this.#opened.clear();
  }

  async #make(purpose: DataPurpose, options: DataOptions, opened: Opened): Promise<void> {
    const isOpen = (): boolean => this.#opened.get(purpose) === opened;
    try {
      const { LinkDataPath } = await this.#load();
      if (!isOpen()) return;
      opened.path = new LinkDataPath(this.#channels, purpose, options, this.#ready);
    } catch {
      const again = (): void => void (isOpen() && this.#make(purpose, options, opened));
      this.#host.clock.setTimer(RETRY_MS, again);
      return;
    }
    this.#tellReady(purpose);
    opened.path.look();
  }

  #tellReady(purpose: DataPurpose): void {
    if (this.#features?.includes(purpose)) this.#host.tell({ type: 'ready', purpose });
  }
}
