// The network that a request comes from, as far as somebody is trusted to say it (LI-5, LI-6).
import { digestId } from '../auth/digest-id.js';
import { lastValue, networkOf } from './rules/address.js';
import { isLoopbackNetwork } from './rules/loopback.js';

/** Which header names the client: `platform` takes Cloudflare's own, and none anywhere else. */
export type AddressSetting =
  | { readonly kind: 'platform' }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'none' };

/** An id that stands for the network, and does not reveal it to whoever reads what a room stores. `null`: not known. */
export type AddressOf = (request: Request) => Promise<string | null>;

/** Cloudflare sets it itself, whatever the client sent. */
const PLATFORM_HEADER = 'cf-connecting-ip';

/**
 * When this isolate was started. On Cloudflare no clock runs before the first request, so it is 0. Where the same
 * runtime runs elsewhere, as under `wrangler dev` and `partykit dev`, it is the time of day; such servers also set
 * `request.cf`, and pass on a `cf-connecting-ip` that the client made up. Nothing in a request changes this.
 */
const STARTED_AT = Date.now();

const isOnCloudflare = (request: Request): boolean => STARTED_AT === 0 && request.cf !== undefined;

/** Reads the client's network from what `setting` trusts, and from nothing else. */
export const createAddressOf =
  (setting: AddressSetting): AddressOf =>
  async (request) => {
    const name = trustedHeader(setting, request);
    const value = name === null ? null : request.headers.get(name);
    const network = value === null ? null : networkOf(lastValue(value));
    // Whoever develops on this machine would share one limit with all that they try.
    if (network === null || isLoopbackNetwork(network)) return null;
    return digestId(`network:${network}`);
  };

function trustedHeader(setting: AddressSetting, request: Request): string | null {
  if (setting.kind === 'header') return setting.name;
  return setting.kind === 'platform' && isOnCloudflare(request) ? PLATFORM_HEADER : null;
}
