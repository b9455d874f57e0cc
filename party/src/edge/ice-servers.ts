/**
 * Gives out the ICE servers of a deployment, with credentials that a provider makes for one user.
 * Secrets stay here: what is granted is of use for its time only.
 */
import type { IceServer } from '@rtc-elements/protocol';

import type { ConnectionNote, IceGrant, IceGrants, RoomLog } from '../ports.js';
import { grantByCloudflare } from './turn-cloudflare.js';
import { grantByCoturn } from './turn-coturn.js';
import type { TurnSettings } from './turn-settings.js';

const STUN: readonly IceServer[] = [{ urls: ['stun:stun.cloudflare.com:3478'] }];

/** After a provider has failed: soon enough for a call, and no storm of questions. */
const ASK_AGAIN_MS = 60_000;

/** What is granted without a provider. On loopback nothing, so that it works without a network. */
const fallback = ({ local }: ConnectionNote): readonly IceServer[] => (local ? [] : STUN);

/** Of the provider that the settings name. One that fails leaves STUN, and a line in the log. */
export const createIceGrants = (turn: TurnSettings, log: Pick<RoomLog, 'warn'>): IceGrants => ({
  grant: (user, note) =>
    grantBy(turn, user, note).catch((error: unknown) => {
      log.warn('turn-failed', { provider: turn.kind, error: String(error) });
      return { iceServers: fallback(note), ttlMs: ASK_AGAIN_MS };
    }),
});

async function grantBy(turn: TurnSettings, user: string, note: ConnectionNote): Promise<IceGrant> {
  switch (turn.kind) {
    case 'none':
      return { iceServers: fallback(note), ttlMs: null };
    case 'static':
      return { iceServers: turn.iceServers, ttlMs: null };
    case 'coturn':
      return grantByCoturn(turn, user, Date.now());
    case 'cloudflare':
      return grantByCloudflare(turn);
  }
}
