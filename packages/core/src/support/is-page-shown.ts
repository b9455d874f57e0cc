import { isPageHidden } from './is-page-hidden.js';

/** Whether somebody may see a picture of the page: also by a window that stays over others. */
export const isPageShown = (): boolean =>
  !isPageHidden() || Boolean(globalThis.document?.pictureInPictureElement);
