/**
 * Gives out the ICE servers of a deployment, with credentials that a provider makes for one user.
 * Secrets stay here: what is granted is of use for its time only.
 */
import type { IceServer } from '@rtc-elements/protocol';

import type { Asker, IssuedIceServers, IceServerIssuer, RoomLog } from '../ports.js';
import { grantByCloudflare } from './turn-cloudflare.js';
import { grantByCoturn } from './turn-coturn.js';
import type { TurnSettings } from '../config/turn-settings.js';

const STUN: readonly IceServer[] = [{ urls: ['stun:stun.cloudflare.com:3478'] }];

/** After a provider has failed: soon enough for a call, and no storm of questions. */
const ASK_AGAIN_MS = 60_000;

/** What is granted without a provider. On loopback nothing, so that it works without a network. */
const fallback = ({ local }: Pick<Asker, 'local'>): readonly IceServer[] => (local ? [] : STUN);

/** Of the provider that the settings name. One that fails leaves STUN, and a line in the log. */
export const createIceServerIssuer = (
  turn: TurnSettings,
  log: Pick<RoomLog, 'warn'>,
): IceServerIssuer => ({
  grant: (user, asker, mostMs = Infinity) =>
    grantBy(atMost(turn, mostMs / 1_000), user, asker).catch((error: unknown) => {
      log.warn('turn-failed', { provider: turn.kind, error: String(error) });
      return { iceServers: fallback(asker), ttlMs: ASK_AGAIN_MS };
    }),
});

/** Credentials that are made can be made for less time; a fixed password holds as long as it holds. */
const atMost = (turn: TurnSettings, seconds: number): TurnSettings =>
  'ttlSeconds' in turn ? { ...turn, ttlSeconds: Math.min(turn.ttlSeconds, seconds) } : turn;

async function grantBy(
  turn: TurnSettings,
  user: string,
  asker: Pick<Asker, 'local'>,
): Promise<IssuedIceServers> {
  switch (turn.kind) {
    case 'none':
      return { iceServers: fallback(asker), ttlMs: null };
    case 'static':
      return { iceServers: turn.iceServers, ttlMs: null };
    case 'coturn':
      return grantByCoturn(turn, user, Date.now());
    case 'cloudflare':
      return grantByCloudflare(turn);
  }
}
