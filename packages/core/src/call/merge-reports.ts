import { RtcError } from '../state/errors.js';
import type { CallReport, TransportReport } from './ports.js';

/** The report of one of several calls, and whether that call is believed about a peer. */
export interface PartialReport {
  readonly report: CallReport;
  isBelieved(session: string): boolean;
}

/** All transports, and each peer by the call that is believed about them. Ids stay unique. */
export function mergeReports(parts: readonly PartialReport[]): CallReport {
  const named = (id: string, part: number): string => (part === 0 ? id : `${part} ${id}`);
  return {
    transports: parts.flatMap(({ report: { transports } }, part) =>
      transports.map((one) => ({
        ...one,
        id: named(one.id, part),
        getStats: () => statsOf(one),
      })),
    ),
    peers: parts.flatMap(({ report: { peers }, isBelieved }, part) =>
      peers
        .filter(({ session }) => isBelieved(session))
        .map((peer) => ({ ...peer, transport: named(peer.transport, part) })),
    ),
  };
}

/** Rejects if the transport has none, however it says so. */
async function statsOf(transport: TransportReport): Promise<RTCStatsReport> {
  const report = (await transport.getStats()) as RTCStatsReport | undefined;
  if (report) return report;
  throw new RtcError('engine-failed', 'This connection has no statistics.', { retryable: true });
}
