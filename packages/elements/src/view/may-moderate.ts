import type { You } from '@rtc-elements/core';

/**
 * Whether the local user may moderate, by token or by role. Pure; the room has the final say (MO-1).
 */
export const mayModerate = (you: You | null): boolean =>
  you !== null && (you.can?.includes('moderate') ?? you.role === 'host');
