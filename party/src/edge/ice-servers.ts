// Gives out the ICE servers of a deployment.
import type { IceServer } from '@rtc-elements/protocol';

import type { IceGrants } from '../ports.js';

const STUN: readonly IceServer[] = [{ urls: ['stun:stun.cloudflare.com:3478'] }];

/**
 * What is granted without a provider: one public STUN server. A room reached through a loopback name
 * names none, so that it works without a network.
 */
export const createIceGrants = (chosen: readonly IceServer[] | null): IceGrants => ({
  grant: (_user, { local }) =>
    Promise.resolve({ iceServers: chosen ?? (local ? [] : STUN), ttlMs: null }),
});
