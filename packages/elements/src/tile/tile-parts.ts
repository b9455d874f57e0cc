// The parts of `<rtc-tile>` for the elements around it, as values of `exportparts`.

const NAMES = ['frame', 'video', 'initials', 'name', 'quality', 'hand', 'retry', 'drop'];

/** For an element that contains a tile: each part with `tile-` in front. */
export const TILE_PARTS = NAMES.map((name) => `${name}:tile-${name}`).join();

/** For an element around that one. */
export const OUTER_TILE_PARTS = NAMES.map((name) => `tile-${name}`).join();
