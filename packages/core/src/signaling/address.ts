// The URL of the room, including the access token (EN-7). The token is never sent anywhere else.
import { RtcError } from '../state/errors.js';
import { logWarning } from '../support/log.js';
import type { CompleteOptions } from '../api/options.js';

/** The options that determine the address. */
export type AddressOptions = Pick<CompleteOptions, 'url' | 'token' | 'tokenProvider'>;

export class Address {
  /** Live: the token may change. */
  readonly #options: AddressOptions;
  #problem: RtcError | null = null;
  #isRefused = false;
  /** Ends the wait for a provider that has been replaced meanwhile. */
  #replace: (() => void) | null = null;
  /** Whether there is a token or a provider that no connection has used yet. */
  #hasNews = false;
  /** The failure of the provider that the console has. */
  #logged = '';

  constructor(options: AddressOptions) {
    this.#options = options;
  }

  /** Why the last token could not be obtained; `null` after a success. */
  get problem(): RtcError | null {
    return this.#problem;
  }

  /**
   * The URL for one connection. Calls `tokenProvider`, if there is one.
   * @throws RtcError `auth`, retryable, if the provider fails.
   */
  async get(): Promise<string> {
    const { url } = this.#options;
    try {
      const pass = await this.#getPass();
      this.#problem = null;
      this.#logged = '';
      return pass ? `${url}?token=${encodeURIComponent(pass)}` : url;
    } catch (error) {
      const { message, cause } = (this.#problem = error as RtcError);
      // Once for all attempts that fail alike: a page does not see the error of its own function otherwise.
      if (message !== this.#logged) logWarning('The tokenProvider of the page failed.', cause);
      this.#logged = message;
      throw error;
    }
  }

  /** Called when the options have another token or provider: whatever was said of the former is over. */
  renew(): void {
    this.#isRefused = false;
    this.#hasNews = true;
    this.#replace?.();
  }

  /** Of a provider that is replaced before it has answered, the next one is asked instead. */
  async #getPass(): Promise<string | undefined> {
    for (;;) {
      const { token, tokenProvider } = this.#options;
      this.#hasNews = false;
      if (!tokenProvider) return token;
      const replaced = new Promise<null>((resolve) => (this.#replace = () => resolve(null)));
      const pass = await Promise.race([askForToken(tokenProvider), replaced]);
      if (pass !== null) return pass;
    }
  }

  /** Called when the room refused the token. Returns `true`, once, if a fresh one can be requested. */
  mayAskAgain(): boolean {
    const isFirst = !this.#isRefused;
    this.#isRefused = true;
    return this.#hasNews || (isFirst && this.#options.tokenProvider !== undefined);
  }

  /** Called when the room accepted the token. */
  confirm(): void {
    this.#isRefused = false;
  }
}

/**
 * Resolves with the provider's token; empty if it has none.
 * @throws RtcError `auth`, retryable, if the provider fails; with its error as `cause` and in the message.
 */
export async function askForToken(provider: () => Promise<string>): Promise<string> {
  try {
    const token: unknown = (await provider()) ?? '';
    if (typeof token === 'string') return token;
    throw new TypeError('tokenProvider must resolve with a text');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : '';
    throw new RtcError(
      'auth',
      `Could not get a token for this room. Try again in a moment.${why && ` (${why})`}`,
      { cause, retryable: true },
    );
  }
}
