// The window in which an element is, which need not be the one whose script made it.

/**
 * What observes an element, or waits for its next frame, comes from its own window: that of the script may be hidden
 * while a popup, or a picture-in-picture window, is not.
 */
export const viewOf = (node: Node): Window & typeof globalThis =>
  node.ownerDocument?.defaultView ?? window;
