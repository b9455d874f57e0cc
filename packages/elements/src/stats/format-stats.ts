// Formats the figures of a link in the reader's language.
import type { LinkStats, PictureStats } from '@rtc-elements/core';

import { supportedLanguage } from '../i18n/language.js';

/** Formatters for one language. Expensive to create. */
export interface StatsFormat {
  readonly language: string | undefined;
  /** `43 ms` */
  milliseconds(ms: number): string;
  /** `520 kb/s`, `1.2 Mb/s` */
  bitrate(bps: number): string;
  /** `0.4%`, of a share from 0 to 1 */
  share(part: number): string;
  number(value: number): string;
}

export function createStatsFormat(language: string | undefined): StatsFormat {
  const supported = supportedLanguage(language);
  const unit = (name: string, digits = 0): Intl.NumberFormat =>
    new Intl.NumberFormat(supported, { style: 'unit', unit: name, maximumFractionDigits: digits });
  const milliseconds = unit('millisecond');
  const kilobits = unit('kilobit-per-second');
  const megabits = unit('megabit-per-second', 1);
  const share = new Intl.NumberFormat(supported, { style: 'percent', maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(supported);
  return {
    language,
    milliseconds: (ms) => milliseconds.format(ms),
    bitrate: (bps) =>
      bps < 1_000_000 ? kilobits.format(bps / 1_000) : megabits.format(bps / 1_000_000),
    share: (part) => share.format(part),
    number: (value) => number.format(value),
  };
}

/** `640 × 480`, without digit grouping. */
export const formatPictureSize = ({ width, height }: PictureStats): string =>
  `${width} × ${height}`;

/** `UDP`, `TCP` or `TLS`; the same in every language. */
export const transportOf = ({ transport }: LinkStats): string => transport?.toUpperCase() ?? '';
