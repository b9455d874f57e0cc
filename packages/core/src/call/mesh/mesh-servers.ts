// The ICE servers of a mesh, and which addresses its links may use.
import type { IceServer } from '@rtc-elements/protocol';

export interface ServerOptions {
  /** Whether media may only pass through relays. May change, as may the servers. */
  relayOnly(): boolean;
  /** Used in addition to those that the room names. */
  iceServers(): readonly RTCIceServer[];
}

export class MeshServers {
  readonly #options: ServerOptions;
  #named: readonly IceServer[] = [];
  #isRelayOnly: boolean;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#isRelayOnly = options.relayOnly();
  }

  /** For the connections of links, as of now. */
  get configuration(): RTCConfiguration {
    const named = this.#named.map(({ urls, ...server }) => ({ urls: [...urls], ...server }));
    return {
      iceServers: [...named, ...this.#options.iceServers()],
      bundlePolicy: 'max-bundle',
      ...(this.#options.relayOnly() && { iceTransportPolicy: 'relay' }),
    };
  }

  /**
   * Whether there is anything to offer before the room has welcomed us: its relays are not known until
   * then.
   */
  get mayOffer(): boolean {
    return !this.#options.relayOnly() || this.#options.iceServers().length > 0;
  }

  /** Takes the servers that the room names. Returns whether they are new. */
  take(named: readonly IceServer[]): boolean {
    if (JSON.stringify(named) === JSON.stringify(this.#named)) return false;
    this.#named = named;
    return true;
  }

  /**
   * The options have changed. Returns whether every connection has to be made anew: a present one may go
   * over addresses that must not be used any more.
   */
  configure(): boolean {
    const wasRelayOnly = this.#isRelayOnly;
    this.#isRelayOnly = this.#options.relayOnly();
    return this.#isRelayOnly && !wasRelayOnly;
  }
}
