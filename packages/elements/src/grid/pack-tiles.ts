// Computes where tiles go. Depends only on sizes and counts, so no tile moves because somebody speaks.

/** A box in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** So many tiles share an area, with a gap between them. */
interface Tiles {
  readonly area: Box;
  readonly count: number;
  readonly gap: number;
}

/** Aspect ratio of the picture that a camera sends. A wider tile shows no more of it. */
export const PICTURE = 16 / 9;

/** Aspect ratio of the narrowest tile: it shows three quarters of the picture. */
const NARROWEST = 4 / 3;

/** The same on a tall stage, such as a phone, where height is plentiful. It still shows a whole face. */
const NARROWEST_ON_TALL = 3 / 4;

/** A stage that is narrower than this is tall: a window of 768 by 1,024 is not, a phone is. */
const TALL = 0.72;

/**
 * Packs `screens`, then `people` into `area`. Without screens, people share it evenly. Otherwise,
 * screens take most of it, and people a strip at the end of the longer side.
 */
export function packTiles(area: Box, screens: number, people: number, gap: number): readonly Box[] {
  if (screens === 0) return packPeople(area, people, gap);
  if (people === 0) return packScreens(area, screens, gap);
  const { x, y, width, height } = area;
  if (width >= height * 1.2) {
    const strip = Math.min(220, width * 0.24);
    return [
      ...packScreens({ ...area, width: width - strip - gap }, screens, gap),
      ...packPeople({ x: x + width - strip, y, width: strip, height }, people, gap),
    ];
  }
  const strip = Math.min(150, height * 0.26);
  return [
    ...packScreens({ ...area, height: height - strip - gap }, screens, gap),
    ...packPeople({ x, y: y + height - strip, width, height: strip }, people, gap),
  ];
}

/** Tiles of one size between `NARROWEST` and `PICTURE`, in the number of columns that shows people best. */
function packPeople(area: Box, count: number, gap: number): readonly Box[] {
  const isTall = area.width < area.height * TALL;
  const narrowest = isTall ? NARROWEST_ON_TALL : NARROWEST;
  const all = { area, count, gap };
  const sizeFor = (columns: number): Size => hold(cell(all, columns), narrowest);
  return pack(all, sizeFor, ({ width, height }) => {
    // A face is as large as the largest square in a tile allows. That counts half as much again as the whole tile: four
    // people on a phone are two by two rather than in strips, and seven at 1,280 px are shown whole.
    const square = Math.min(width, height) ** 2;
    return 1.5 * square + width * height;
  });
}

/** Tiles that share the area: a screen is shown whole, whatever the shape of its tile. */
function packScreens(area: Box, count: number, gap: number): readonly Box[] {
  const all = { area, count, gap };
  const sizeFor = (columns: number): Size => cell(all, columns);
  return pack(all, sizeFor, ({ width, height }) => Math.min(width, height * PICTURE));
}

/**
 * Rows of tiles of one size, in the middle of the area, with the number of columns that is worth most. A short
 * last row is centred.
 */
function pack(
  { area, count, gap }: Tiles,
  sizeFor: (columns: number) => Size,
  worthOf: (size: Size) => number,
): readonly Box[] {
  let best = { worth: -1, columns: 1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const worth = worthOf(sizeFor(columns));
    if (worth > best.worth) best = { worth, columns };
  }
  const { columns } = best;
  const rows = Math.ceil(count / columns);
  const { width, height } = sizeFor(columns);
  const top = area.y + (area.height - lengthOf(rows, height, gap)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = area.x + (area.width - lengthOf(inRow, width, gap)) / 2;
    return {
      x: left + (index % columns) * (width + gap),
      y: top + row * (height + gap),
      width,
      height,
    };
  });
}

const lengthOf = (count: number, size: number, gap: number): number =>
  count * size + (count - 1) * gap;

/** The largest size in `cell` between the narrowest and the picture's own aspect ratio. */
function hold({ width, height }: Size, narrowest: number): Size {
  return {
    width: Math.min(width, height * PICTURE),
    height: Math.min(height, width / narrowest),
  };
}

function cell({ area, count, gap }: Tiles, columns: number): Size {
  const rows = Math.ceil(count / columns);
  return {
    width: Math.max(0, (area.width - gap * (columns - 1)) / columns),
    height: Math.max(0, (area.height - gap * (rows - 1)) / rows),
  };
}
