// The variables of a deployment, and a reader that keeps a sentence for each wrong one.

/** All are optional. They arrive as text, or as the JSON that stands in `wrangler.jsonc`. */
export interface SettingsEnv {
  readonly MAX_MEMBERS?: unknown;
  readonly MAX_MESH_MEMBERS?: unknown;
  /** 0: keep none (CH-4). */
  readonly HISTORY_MESSAGES?: unknown;

  /** By which our own backend signs tokens (HS256). Without it, or a JWKS URL, rooms are open. */
  readonly TOKEN_SECRET?: unknown;
  /** Where an identity provider publishes its keys. */
  readonly TOKEN_JWKS_URL?: unknown;
  /** The one algorithm of those keys. */
  readonly TOKEN_ALGORITHM?: unknown;
  readonly TOKEN_AUDIENCE?: unknown;
  readonly TOKEN_ISSUER?: unknown;
  /** The longest life of a token that is accepted. */
  readonly TOKEN_MAX_SECONDS?: unknown;
  /** The pages that may connect, as a list of origins. */
  readonly ALLOWED_ORIGINS?: unknown;
  /** By which our own backend moderates, notifies and reads over HTTP. */
  readonly SERVER_KEY?: unknown;

  readonly TURN_PROVIDER?: unknown;
  /** JSON: an array of `{urls, username?, credential?}`, as `RTCConfiguration.iceServers`. */
  readonly ICE_SERVERS?: unknown;
  readonly TURN_URLS?: unknown;
  readonly TURN_SECRET?: unknown;
  readonly TURN_TTL_SECONDS?: unknown;
  readonly TURN_KEY_ID?: unknown;
  readonly TURN_KEY_TOKEN?: unknown;
  /** Another address of Cloudflare's API. */
  readonly TURN_API_URL?: unknown;
}

export type VariableName = keyof SettingsEnv;

/** The whole numbers that a variable may have. */
export interface NumberRange {
  readonly least: number;
  readonly most?: number;
  readonly fallback: number;
}

/** Reads one variable after another. What is wrong is left at its default, or at `null`. */
export class VariableReader {
  readonly problems: string[] = [];
  readonly #env: SettingsEnv;

  constructor(env: SettingsEnv) {
    this.#env = env;
  }

  /** Whether it is there at all. An empty one is: a secret that got lost on its way must not pass. */
  isPresent(name: VariableName): boolean {
    return this.#env[name] !== undefined;
  }

  /** The value as it came; `undefined` when it is not there or empty. */
  value(name: VariableName): unknown {
    const value = this.#env[name];
    return value === '' ? undefined : value;
  }

  /** The value as text; empty when it is not there. */
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

  /** One of `words`; `null` when it is not there or none of them. */
  choice<Word extends string>(name: VariableName, words: readonly Word[]): Word | null {
    const text = this.text(name);
    const found = words.find((word) => word === text);
    if (!found && text !== '') this.complain(`${name} must be ${either(words)}, not "${text}"`);
    return found ?? null;
  }

  /** What must be there, and is told to nobody; empty, with a sentence, when it is not. */
  secret(name: VariableName, leastBytes: number): string {
    const text = this.text(name);
    if (new TextEncoder().encode(text).length >= leastBytes) return text;
    this.complain(`${name} must have at least ${leastBytes} bytes`);
    return '';
  }

  complain(sentence: string): void {
    this.problems.push(sentence);
  }
}

const either = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');
