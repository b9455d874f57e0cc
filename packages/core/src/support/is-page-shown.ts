import { isPageHidden } from './is-page-hidden.js';

/** Whether video of the page may be visible, including in a picture-in-picture window. */
export const isPageShown = (): boolean =>
  !isPageHidden() || Boolean(globalThis.document?.pictureInPictureElement);
