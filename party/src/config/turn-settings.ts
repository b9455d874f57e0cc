// Where TURN credentials come from, as the variables of the deployment say.
import { decodeIceServers, type IceServer } from '@rtc-elements/protocol';

import type { VariableName, VariableReader } from './rules/variables.js';
import { readSafeUrl } from './safe-url.js';

const TURN_PROVIDERS = ['static', 'coturn', 'cloudflare'] as const;

/** A server that uses coturn's REST scheme (`use-auth-secret`). */
export interface CoturnSettings {
  readonly kind: 'coturn';
  readonly urls: readonly string[];
  readonly secret: string;
  readonly ttlSeconds: number;
}

/** A key for Cloudflare's TURN service. */
export interface CloudflareSettings {
  readonly kind: 'cloudflare';
  readonly keyId: string;
  readonly keyToken: string;
  readonly apiUrl: URL;
  readonly ttlSeconds: number;
}

/** `none` leaves a public STUN server. It also applies if the variables of a provider are wrong. */
export type TurnSettings =
  | { readonly kind: 'none' }
  | { readonly kind: 'static'; readonly iceServers: readonly IceServer[] }
  | CoturnSettings
  | CloudflareSettings;

const NONE: TurnSettings = { kind: 'none' };
const CLOUDFLARE_API = 'https://rtc.live.cloudflare.com';
const TTL_SECONDS = { least: 10, most: 86_400, fallback: 3_600 };

/** A client refuses longer ones. */
const TURN_URL = /^(turns?|stuns?):[^\s,]{1,500}$/;

/** The provider that each variable is for. */
const MEANT_FOR: Readonly<Partial<Record<VariableName, (typeof TURN_PROVIDERS)[number]>>> = {
  ICE_SERVERS: 'static',
  TURN_URLS: 'coturn',
  TURN_SECRET: 'coturn',
  TURN_KEY_ID: 'cloudflare',
  TURN_KEY_TOKEN: 'cloudflare',
  TURN_API_URL: 'cloudflare',
};

export function readTurn(reader: VariableReader): TurnSettings {
  const named = reader.choice('TURN_PROVIDER', TURN_PROVIDERS);
  if (named === null && reader.text('TURN_PROVIDER') !== '') return NONE;
  const provider = named ?? 'static';
  for (const [name, owner] of Object.entries(MEANT_FOR) as [VariableName, string][]) {
    if (owner !== provider && reader.text(name) !== '') {
      reader.complain(`${name} is for TURN_PROVIDER ${owner}, and that is ${named ?? 'not set'}`);
    }
  }
  if (provider === 'coturn') return readCoturn(reader);
  if (provider === 'cloudflare') return readCloudflare(reader);
  return readStatic(reader, named !== null);
}

function readStatic(reader: VariableReader, isNamed: boolean): TurnSettings {
  const value = reader.value('ICE_SERVERS');
  if (value === undefined) {
    if (isNamed) reader.complain('TURN_PROVIDER static needs ICE_SERVERS');
    return NONE;
  }
  const decoded = decodeIceServers(value);
  if (decoded.ok) return { kind: 'static', iceServers: decoded.message };
  const example = '[{"urls":["stun:stun.example.com:3478"]}]';
  reader.complain(`ICE_SERVERS must be JSON like ${example}: ${decoded.fault.detail}`);
  return NONE;
}

function readCoturn(reader: VariableReader): TurnSettings {
  const before = reader.problems.length;
  const urls = reader
    .text('TURN_URLS')
    .split(',')
    .map((url) => url.trim());
  for (const wrong of urls.filter((url) => !TURN_URL.test(url))) {
    const example = 'addresses such as turn:turn.example.com:3478?transport=udp';
    reader.complain(`TURN_URLS must be ${example}, separated by commas, not "${wrong}"`);
  }
  const secret = reader.secret('TURN_SECRET', 1);
  const ttlSeconds = reader.number('TURN_TTL_SECONDS', TTL_SECONDS);
  return reader.problems.length > before ? NONE : { kind: 'coturn', urls, secret, ttlSeconds };
}

function readCloudflare(reader: VariableReader): TurnSettings {
  const before = reader.problems.length;
  const keyId = reader.text('TURN_KEY_ID');
  // The id becomes a segment of a path.
  if (!/^[A-Za-z0-9_-]+$/.test(keyId)) {
    reader.complain('TURN_KEY_ID must be the id of a TURN key: letters and digits');
  }
  const keyToken = reader.secret('TURN_KEY_TOKEN', 1);
  const apiUrl = readSafeUrl(reader, 'TURN_API_URL', CLOUDFLARE_API);
  if (!apiUrl) return NONE;
  const ttlSeconds = reader.number('TURN_TTL_SECONDS', TTL_SECONDS);
  if (reader.problems.length > before) return NONE;
  return { kind: 'cloudflare', keyId, keyToken, apiUrl, ttlSeconds };
}
