// Says how good a link is, and why it is not better.
import type { Link } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';

const QUALITY = { good: 'qualityGood', fair: 'qualityFair', poor: 'qualityPoor' } as const;
const REASON = { network: 'dueNetwork', cpu: 'dueCpu', 'far-end': 'dueFarEnd' } as const;

/** For example "Poor connection: your network is weak"; empty while unknown. */
export function qualityWords(
  { quality, reason }: Pick<Link, 'quality' | 'reason'>,
  t: (key: MessageKey) => string,
): string {
  if (!quality) return '';
  return [t(QUALITY[quality]), ...(reason ? [t(REASON[reason])] : [])].join(': ');
}
