// The variables of a deployment, and a reader that records a sentence for each wrong one.
import { utf8Length } from '@rtc-elements/protocol';

/** All are optional. They arrive as text, or as the JSON values in `wrangler.jsonc`. */
export interface SettingsEnv {
  readonly MAX_MEMBERS?: unknown;
  readonly MAX_MESH_MEMBERS?: unknown;
  /** Of one network address, without a token. */
  readonly MAX_MEMBERS_PER_ADDRESS?: unknown;
  /** 0 keeps none (CH-4). */
  readonly HISTORY_MESSAGES?: unknown;

  /** The key with which your backend signs tokens (HS256). Without it or a JWKS URL, rooms are open. */
  readonly TOKEN_SECRET?: unknown;
  /** Where an identity provider publishes its keys. */
  readonly TOKEN_JWKS_URL?: unknown;
  /** The one algorithm that is accepted from those keys. */
  readonly TOKEN_ALGORITHM?: unknown;
  readonly TOKEN_AUDIENCE?: unknown;
  readonly TOKEN_ISSUER?: unknown;
  /** The longest lifetime of a token that is accepted. */
  readonly TOKEN_MAX_SECONDS?: unknown;
  /** The origins whose pages may connect, separated by commas. */
  readonly ALLOWED_ORIGINS?: unknown;
  /** The key with which your backend sends notices, reads and erases rooms over HTTP. */
  readonly SERVER_KEY?: unknown;
  /** The header in which a server before this one names the client's network address, or `none`. */
  readonly CLIENT_ADDRESS_HEADER?: unknown;

  readonly TURN_PROVIDER?: unknown;
  /** JSON: an array of `{urls, username?, credential?}`, like `RTCConfiguration.iceServers`. */
  readonly ICE_SERVERS?: unknown;
  readonly TURN_URLS?: unknown;
  readonly TURN_SECRET?: unknown;
  readonly TURN_TTL_SECONDS?: unknown;
  readonly TURN_KEY_ID?: unknown;
  readonly TURN_KEY_TOKEN?: unknown;
  /** Replaces the address of Cloudflare's API. */
  readonly TURN_API_URL?: unknown;
}

export type VariableName = keyof SettingsEnv;

/** The whole numbers that a variable may be. */
export interface NumberRange {
  readonly least: number;
  readonly most?: number;
  readonly fallback: number;
}

/** Reads variables one by one. A wrong one yields its default, or `null`. */
export class VariableReader {
  readonly problems: string[] = [];
  readonly #env: SettingsEnv;

  constructor(env: SettingsEnv) {
    this.#env = env;
  }

  /** Whether the variable is set at all. An empty one counts as set, so that a lost secret is noticed. */
  isPresent(name: VariableName): boolean {
    return this.#env[name] !== undefined;
  }

  /** The value as it came; `undefined` if it is not set or empty. */
  value(name: VariableName): unknown {
    const value = this.#env[name];
    return value === '' ? undefined : value;
  }

  /** The value as text; empty if it is not set. */
  text(name: VariableName): string {
    return String(this.value(name) ?? '');
  }

  number(name: VariableName, { least, most, fallback }: NumberRange): number {
    const text = this.text(name);
    if (text === '') return fallback;
    const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= (most ?? Infinity)) return number;
    const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
    this.complain(`${name} must be a whole number ${range}, not "${text}"`);
    return fallback;
  }

  /** One of `words`; `null` if the variable is not set or is none of them. */
  choice<Word extends string>(name: VariableName, words: readonly Word[]): Word | null {
    const text = this.text(name);
    const found = words.find((word) => word === text);
    if (!found && text !== '') this.complain(`${name} must be ${either(words)}, not "${text}"`);
    return found ?? null;
  }

  /** A required value that no complaint repeats; empty, with a complaint, if it is too short. */
  secret(name: VariableName, leastBytes: number): string {
    const text = this.text(name);
    if (utf8Length(text) >= leastBytes) return text;
    this.complain(`${name} must have at least ${leastBytes} bytes`);
    return '';
  }

  complain(sentence: string): void {
    this.problems.push(sentence);
  }
}

const either = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');
