/**
 * Issues the ICE servers of a deployment, with credentials that a provider makes for one user. The
 * provider's secrets stay on the server; what is issued is valid for a limited time.
 */
import { createId, type IceServer } from '@rtc-elements/protocol';

import { digestId } from '../auth/digest-id.js';
import type { Asker, IssuedIceServers, IceServerIssuer, RoomLog } from '../ports.js';
import { issueByCloudflare } from './turn-cloudflare.js';
import { issueByCoturn } from './turn-coturn.js';
import type { TurnSettings } from '../config/turn-settings.js';

const STUN: readonly IceServer[] = [{ urls: ['stun:stun.cloudflare.com:3478'] }];

/** How long the fallback is valid after a provider has failed. Long enough to spare it a storm of retries. */
const ASK_AGAIN_MS = 60_000;

/** The servers without a provider: none on loopback, so that a room works there without a network. */
const fallback = ({ local }: Pick<Asker, 'local'>): readonly IceServer[] => (local ? [] : STUN);

/** Gives users names at a TURN server, not too many for one address (LI-6). */
export interface TurnNames {
  turnName(address: string, user: string, isLocal: boolean): Promise<string>;
}

/** Everybody by their own id. */
const OWN_NAMES: TurnNames = { turnName: (_address, user) => Promise.resolve(user) };

/** Issues from the provider in the settings. If it fails, STUN is left, and the log says so. */
export const createIceServerIssuer = (
  turn: TurnSettings,
  log: Pick<RoomLog, 'warn'>,
  names: TurnNames = OWN_NAMES,
): IceServerIssuer => ({
  issue: (user, asker, mostMs = Infinity) =>
    issueBy(atMost(turn, mostMs / 1_000), () => nameOf(names, user, asker), asker).catch(
      (error: unknown) => {
        log.warn('turn-failed', { provider: turn.kind, error: String(error) });
        return { iceServers: fallback(asker), ttlMs: ASK_AGAIN_MS };
      },
    ),
});

/** Only credentials that are made on request can be valid for less time; a fixed password cannot. */
const atMost = (turn: TurnSettings, seconds: number): TurnSettings =>
  'ttlSeconds' in turn ? { ...turn, ttlSeconds: Math.min(turn.ttlSeconds, seconds) } : turn;

/**
 * The name of a user at a TURN server, whose quota counts by it. The operator names those who have a token. All others
 * can be as many as they like, so their address has a few names, one of them for whoever only checks the network.
 */
async function nameOf(
  names: TurnNames,
  user: string | null,
  { address, identity, local }: Asker,
): Promise<string> {
  if (identity !== null || address === null) return user ?? createId();
  return user === null ? digestId(`check:${address}`) : names.turnName(address, user, local);
}

async function issueBy(
  turn: TurnSettings,
  findName: () => Promise<string>,
  asker: Pick<Asker, 'local'>,
): Promise<IssuedIceServers> {
  switch (turn.kind) {
    case 'none':
      return { iceServers: fallback(asker), ttlMs: null };
    case 'static':
      return { iceServers: turn.iceServers, ttlMs: null };
    case 'coturn':
      return issueByCoturn(turn, await findName(), Date.now());
    case 'cloudflare':
      // It makes up a name for each of its credentials, and has no quota for one.
      return issueByCloudflare(turn);
  }
}
