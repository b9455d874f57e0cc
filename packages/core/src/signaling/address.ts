// The URL of the room, including the access token (EN-7). The token is never sent anywhere else.
import { RtcError } from '../state/errors.js';
import type { CompleteOptions } from '../api/options.js';

/** The options that determine the address. */
export type AddressOptions = Pick<CompleteOptions, 'url' | 'token' | 'tokenProvider'>;

export class Address {
  readonly #options: AddressOptions;
  #problem: RtcError | null = null;
  #isRefused = false;

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
    const { url, token, tokenProvider } = this.#options;
    try {
      const pass = tokenProvider ? await askForToken(tokenProvider) : token;
      this.#problem = null;
      return pass ? `${url}?token=${encodeURIComponent(pass)}` : url;
    } catch (error) {
      this.#problem = error as RtcError;
      throw error;
    }
  }

  /** Called when the room refused the token. Returns `true`, once, if a fresh one can be requested. */
  mayAskAgain(): boolean {
    const isFirst = !this.#isRefused;
    this.#isRefused = true;
    return isFirst && this.#options.tokenProvider !== undefined;
  }

  /** Called when the room accepted the token. */
  confirm(): void {
    this.#isRefused = false;
  }
}

/**
 * Resolves with the provider's token.
 * @throws RtcError `auth`, retryable, if the provider fails.
 */
export async function askForToken(provider: () => Promise<string>): Promise<string> {
  try {
    return await provider();
  } catch (cause) {
    throw new RtcError('auth', 'Could not get a token for this room. Try again in a moment.', {
      cause,
      retryable: true,
    });
  }
}
