// Who may enter, as the variables of the deployment say. If one of them is wrong, nobody may.
import type { VariableName, VariableReader } from './rules/variables.js';
import { parseUrl, readSafeUrl } from './safe-url.js';

/** The algorithms for published keys. A deployment accepts exactly one, so a token cannot choose. */
const KEY_ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** What the signature of a token is checked with. */
export type TokenKey =
  | { readonly kind: 'secret'; readonly algorithm: 'HS256'; readonly secret: string }
  | { readonly kind: 'jwks'; readonly algorithm: KeyAlgorithm; readonly url: URL };

export interface TokenRules {
  readonly key: TokenKey;
  readonly audience: string;
  /** `null`: any issuer. */
  readonly issuer: string | null;
  /** The longest lifetime of a token that is accepted. */
  readonly maxSeconds: number;
}

export interface AdmissionSettings {
  /** `null`: rooms are open. */
  readonly tokens: TokenRules | null;
  /** `null`: any origin. */
  readonly origins: readonly string[] | null;
  /** `null`: the routes for the operator's backend are closed. */
  readonly serverKey: string | null;
}

const SECRET_BYTES = 32;
const DEFAULT_AUDIENCE = 'rtc-elements';
const DEFAULT_SECONDS = 3_600;
const WEEK_SECONDS = 604_800;

/** Without a key these have no effect, and whoever set them believes that rooms ask for tokens. */
const MEANT_FOR_TOKENS = ['TOKEN_ALGORITHM', 'TOKEN_AUDIENCE', 'TOKEN_ISSUER'] as const;

export function readAdmission(reader: VariableReader): AdmissionSettings {
  const tokens = readTokens(reader);
  const origins = reader.isPresent('ALLOWED_ORIGINS') ? readOrigins(reader) : null;
  const serverKey = reader.isPresent('SERVER_KEY') ? readServerKey(reader) : null;
  if (tokens?.key.kind === 'secret' && tokens.key.secret === serverKey) {
    reader.complain('SERVER_KEY must be another one than TOKEN_SECRET');
  }
  return { tokens, origins, serverKey };
}

function readTokens(reader: VariableReader): TokenRules | null {
  const maxSeconds = reader.number('TOKEN_MAX_SECONDS', {
    least: 60,
    most: WEEK_SECONDS,
    fallback: DEFAULT_SECONDS,
  });
  const key = readKey(reader);
  if (key === null) return null;
  return {
    key,
    audience: readName(reader, 'TOKEN_AUDIENCE') ?? DEFAULT_AUDIENCE,
    issuer: readName(reader, 'TOKEN_ISSUER'),
    maxSeconds,
  };
}

/** `null` without a complaint means that rooms are open on purpose. */
function readKey(reader: VariableReader): TokenKey | null {
  const hasSecret = reader.isPresent('TOKEN_SECRET');
  const hasUrl = reader.isPresent('TOKEN_JWKS_URL');
  if (hasSecret && hasUrl) {
    reader.complain('TOKEN_SECRET and TOKEN_JWKS_URL exclude each other: set one of them');
    return null;
  }
  if (hasSecret) return readSecretKey(reader);
  if (hasUrl) return readKeySet(reader);
  for (const name of MEANT_FOR_TOKENS.filter((one) => reader.isPresent(one))) {
    reader.complain(`${name} is set, but neither TOKEN_SECRET nor TOKEN_JWKS_URL is`);
  }
  return null;
}

function readSecretKey(reader: VariableReader): TokenKey | null {
  const secret = reader.secret('TOKEN_SECRET', SECRET_BYTES);
  if (reader.isPresent('TOKEN_ALGORITHM') && reader.text('TOKEN_ALGORITHM') !== 'HS256') {
    reader.complain('TOKEN_ALGORITHM must be HS256 with a TOKEN_SECRET');
  }
  return secret === '' ? null : { kind: 'secret', algorithm: 'HS256', secret };
}

function readKeySet(reader: VariableReader): TokenKey | null {
  const url = readSafeUrl(reader, 'TOKEN_JWKS_URL');
  const algorithm = reader.choice('TOKEN_ALGORITHM', KEY_ALGORITHMS);
  if (algorithm === null && reader.text('TOKEN_ALGORITHM') === '') {
    reader.complain(`TOKEN_JWKS_URL needs TOKEN_ALGORITHM: ${KEY_ALGORITHMS.join(', ')}`);
  }
  return url && algorithm ? { kind: 'jwks', algorithm, url } : null;
}

/** A name, or `null` if it is not set. An empty one is a mistake, as jose would then check nothing. */
function readName(reader: VariableReader, name: VariableName): string | null {
  if (!reader.isPresent(name)) return null;
  const text = reader.text(name);
  if (text === '') reader.complain(`${name} must not be empty`);
  return text;
}

function readOrigins(reader: VariableReader): readonly string[] {
  const origins = reader
    .text('ALLOWED_ORIGINS')
    .split(',')
    .map((word) => word.trim());
  for (const wrong of origins.filter((origin) => !isWebOrigin(origin))) {
    const example = 'origins as browsers send them, such as https://example.com';
    reader.complain(`ALLOWED_ORIGINS must be ${example}, separated by commas, not "${wrong}"`);
  }
  return origins;
}

/** Exactly what a browser sends: no path, no capitals, no default port. */
const isWebOrigin = (text: string): boolean =>
  /^https?:/.test(text) && parseUrl(text)?.origin === text;

function readServerKey(reader: VariableReader): string | null {
  const key = reader.secret('SERVER_KEY', SECRET_BYTES);
  if (/^[\x21-\x7e]*$/.test(key)) return key;
  reader.complain('SERVER_KEY must be of visible ASCII characters, as it travels in a header');
  return null;
}
