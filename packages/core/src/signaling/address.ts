// Where the room is, with the token that lets us in (EN-7). A token goes nowhere but into the URL.
import { RtcError } from '../state/errors.js';
import type { CompleteOptions } from '../api/options.js';

/** What an address is made of. */
export type AddressOptions = Pick<CompleteOptions, 'url' | 'token' | 'tokenProvider'>;

export class Address {
  readonly #options: AddressOptions;
  #problem: RtcError | null = null;
  #isRefused = false;

  constructor(options: AddressOptions) {
    this.#options = options;
  }

  /** Why the last token could not be had; `null` once one was. */
  get problem(): RtcError | null {
    return this.#problem;
  }

  /** For one connection. Somebody may have to be asked for a token. */
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

  /** The room refused the token. `true`: another one is worth asking for, which it is once. */
  mayAskAgain(): boolean {
    const isFirst = !this.#isRefused;
    this.#isRefused = true;
    return isFirst && this.#options.tokenProvider !== undefined;
  }

  /** The token was good. */
  confirm(): void {
    this.#isRefused = false;
  }
}

/** What the provider gives, or a retryable `auth`. */
export async function askForToken(provider: () => Promise<string>): Promise<string> {
  try {
    return await provider();
  } catch (cause) {
    throw new RtcError('auth', 'No pass for this room could be had. Try again in a moment.', {
      cause,
      retryable: true,
    });
  }
}
