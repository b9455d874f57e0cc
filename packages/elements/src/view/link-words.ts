// Says what a link is waiting for.
import type { LinkStatus } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';

/** The text for a link that is not connected. */
export const LINK_WORDS = {
  full: 'noPlace',
  connecting: 'connecting',
  reconnecting: 'reconnecting',
  failed: 'unreachable',
} as const satisfies Readonly<Record<Exclude<LinkStatus, 'none' | 'connected'>, MessageKey>>;
