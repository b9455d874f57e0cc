// Where on a surface somebody points, so that windows of different sizes agree.

/** A place on a surface: the share of its width and height, all that can be scrolled to included; 0 to 1 each. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A surface in the window, in CSS pixels. */
export interface SurfaceBox {
  /** The visible part, inside the border and the scroll bars. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** All of it, and how far its left and top edges are out of sight. */
  readonly fullWidth: number;
  readonly fullHeight: number;
  readonly hiddenLeft: number;
  readonly hiddenTop: number;
}

/** Enough for a tenth of a pixel on the largest screens, in few characters. */
const STEPS = 100_000;

export function boxOf(surface: Element): SurfaceBox {
  const { left, top, width, height } = surface.getBoundingClientRect();
  const { clientLeft, clientTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = surface;
  // An inline element and an SVG have no client size of their own.
  const fullWidth = clientWidth ? scrollWidth : width;
  const fullHeight = clientHeight ? scrollHeight : height;
  return {
    left: left + clientLeft,
    top: top + clientTop,
    width: clientWidth || width,
    height: clientHeight || height,
    fullWidth,
    fullHeight,
    // From right to left, scrolling starts at the right, with 0, and counts down.
    hiddenLeft:
      surface.scrollLeft +
      (getComputedStyle(surface).direction === 'rtl' ? fullWidth - (clientWidth || width) : 0),
    hiddenTop: surface.scrollTop,
  };
}

/** The place on the surface that is at `left`, `top` in the window; `null` if that is not on it. */
export function spotAt(box: SurfaceBox, left: number, top: number): Spot | null {
  const x = left - box.left;
  const y = top - box.top;
  if (x < 0 || y < 0 || x > box.width || y > box.height) return null;
  const share = (at: number, full: number): number =>
    Math.min(1, Math.max(0, Math.round((at / (full || 1)) * STEPS) / STEPS));
  return {
    x: share(x + box.hiddenLeft, box.fullWidth),
    y: share(y + box.hiddenTop, box.fullHeight),
  };
}

/** Where a spot is in the visible part, in pixels from its left and top; it may be out of sight. */
export const placeOf = (
  box: SurfaceBox,
  { x, y }: Spot,
): { readonly left: number; readonly top: number } => ({
  left: x * box.fullWidth - box.hiddenLeft,
  top: y * box.fullHeight - box.hiddenTop,
});

/** Whether somebody has sent a spot, and not something else under the same name. */
export function isSpot(value: unknown): value is Spot {
  const { x, y } = (value ?? {}) as Partial<Record<'x' | 'y', unknown>>;
  return isShare(x) && isShare(y);
}

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
