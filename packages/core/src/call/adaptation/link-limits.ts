/** Reads from a link's stats report what holds our pictures back. */
import { selectedPair, type Stat } from '../link/quirks.js';

export interface LinkLimits {
  /** What the line to them bears by the browser's estimate, bits per second; `null`: not said. */
  readonly uplink: number | null;
  readonly byProcessor: boolean;
  readonly byLine: boolean;
}

/** Firefox says neither: there its own adaptation is all there is. */
export const readLimits = (report: RTCStatsReport): LinkLimits => {
  const reasons = new Set<unknown>();
  report.forEach((stat: Stat) => {
    if (stat.type === 'outbound-rtp') reasons.add(stat['qualityLimitationReason']);
  });
  const uplink = selectedPair(report)?.['availableOutgoingBitrate'];
  return {
    uplink: typeof uplink === 'number' ? uplink : null,
    byProcessor: reasons.has('cpu'),
    byLine: reasons.has('bandwidth'),
  };
};
