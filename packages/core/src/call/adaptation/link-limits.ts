/** Reads from a stats report what limits the pictures that we send. */
import { selectedPair, type Stat } from '../stats/selected-pair.js';

export interface LinkLimits {
  /**
   * What the line to the peer carries by the browser's estimate, bits per second; `null`: unknown.
   */
  readonly uplink: number | null;
  readonly byProcessor: boolean;
  readonly byLine: boolean;
}

/** Firefox reports none of it: there, only the browser's own adaptation is at work. */
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
