/** Whether the page is hidden. Outside a page, always `false`. */
export const isPageHidden = (): boolean => globalThis.document?.visibilityState === 'hidden';
