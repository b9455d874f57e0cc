// How good a link is, in words, and why it is no better.
import type { Link } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';

const QUALITY = { good: 'qualityGood', fair: 'qualityFair', poor: 'qualityPoor' } as const;
const REASON = { network: 'dueNetwork', cpu: 'dueCpu', 'far-end': 'dueFarEnd' } as const;

/** "Poor connection: weak network on their side"; empty while not known. */
export function qualityWords(
  { quality, reason }: Pick<Link, 'quality' | 'reason'>,
  t: (key: MessageKey) => string,
): string {
  if (!quality) return '';
  return [t(QUALITY[quality]), ...(reason ? [t(REASON[reason])] : [])].join(': ');
}
