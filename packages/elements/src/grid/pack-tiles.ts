// Computes where tiles go. Depends only on sizes and counts, so no tile moves because somebody speaks.

/** A box in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Aspect ratios to which a picture can be cropped without losing a face. Beyond them, a larger tile
 * shows no more.
 */
const NARROWEST = 3 / 4;
const WIDEST = 16 / 9;

/**
 * Packs `screens`, then `people` into `area`. Without screens, people share it evenly. Otherwise,
 * screens take most of it, and people a strip at the end of the longer side.
 */
export function packTiles(area: Box, screens: number, people: number, gap: number): readonly Box[] {
  if (screens === 0) return packEvenly(area, people, gap);
  if (people === 0) return packEvenly(area, screens, gap);
  const { x, y, width, height } = area;
  if (width >= height * 1.2) {
    const strip = Math.min(220, width * 0.24);
    return [
      ...packEvenly({ ...area, width: width - strip - gap }, screens, gap),
      ...packStrip({ x: x + width - strip, y, width: strip, height }, people, gap),
    ];
  }
  const strip = Math.min(150, height * 0.26);
  return [
    ...packEvenly({ ...area, height: height - strip - gap }, screens, gap),
    ...packEvenly({ x, y: y + height - strip, width, height: strip }, people, gap),
  ];
}

/**
 * Rows of equal boxes, with the number of columns that shows most of everybody. A short last row is
 * centred.
 */
function packEvenly(area: Box, count: number, gap: number): readonly Box[] {
  let best = { seen: -1, columns: 1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const { width, height } = cell(area, count, columns, gap);
    const seen = Math.min(width, height * WIDEST) * Math.min(height, width / NARROWEST);
    if (seen > best.seen) best = { seen, columns };
  }
  const { columns } = best;
  const { width, height } = cell(area, count, columns, gap);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const indent = ((columns - inRow) * (width + gap)) / 2;
    return {
      x: area.x + indent + (index % columns) * (width + gap),
      y: area.y + row * (height + gap),
      width,
      height,
    };
  });
}

/** One column of tiles, no taller than necessary. */
function packStrip(area: Box, count: number, gap: number): readonly Box[] {
  const tallest = area.width / (4 / 3);
  const room = (area.height - gap * (count - 1)) / count;
  // Too many to be recognisable in one column: they share the strip evenly instead.
  if (room < area.width / 3) return packEvenly(area, count, gap);
  const height = Math.min(tallest, room);
  return Array.from({ length: count }, (_, index) => ({
    x: area.x,
    y: area.y + index * (height + gap),
    width: area.width,
    height,
  }));
}

function cell(
  area: Box,
  count: number,
  columns: number,
  gap: number,
): { width: number; height: number } {
  const rows = Math.ceil(count / columns);
  return {
    width: Math.max(0, (area.width - gap * (columns - 1)) / columns),
    height: Math.max(0, (area.height - gap * (rows - 1)) / rows),
  };
}
