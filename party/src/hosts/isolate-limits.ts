// The limits as one isolate holds them, the same for its edge and for its rooms (LI-6).
import { EdgeLimits, type SharedLimits } from '../limits/edge-limits.js';
import type { RoomLog } from '../ports.js';

/** The binding `AddressLimits`, as far as it is used here. Other runtimes than Cloudflare's have none. */
interface LimitsNamespace {
  idFromName(name: string): unknown;
  get(id: unknown): SharedLimits;
}

let limits: EdgeLimits | null = null;

/** `env` and `log` are those of the first call: an isolate has one deployment. */
export function isolateLimits(
  env: { readonly AddressLimits?: unknown },
  log: Pick<RoomLog, 'warn'>,
): EdgeLimits {
  const { AddressLimits } = env;
  const namespace = isNamespace(AddressLimits) ? AddressLimits : null;
  limits ??= new EdgeLimits(
    (subject) => namespace && namespace.get(namespace.idFromName(subject)),
    log,
  );
  return limits;
}

const isNamespace = (value: unknown): value is LimitsNamespace =>
  typeof value === 'object' && value !== null && 'idFromName' in value;
