import type { You } from '@rtc-elements/core';

/** Whether we may moderate: a token says so, or our role does. Pure; the room has the last word (MO-1). */
export const mayModerate = (you: You | null): boolean =>
  you !== null && (you.can?.includes('moderate') ?? you.role === 'host');
