// The permission that system notifications need.

/** Whether the person can still be asked for it: a browser asks only once. */
export const maySystemAsk = (): boolean =>
  typeof Notification !== 'undefined' && Notification.permission === 'default';
