/** Whether nobody looks; outside a page, somebody does. */
export const isPageHidden = (): boolean => globalThis.document?.visibilityState === 'hidden';
