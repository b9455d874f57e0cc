/** Tells raster pictures by their first bytes, whatever they are called. SVG is none: it may have scripts. */

/** The most that a preview is made of: decoding takes a multiple. */
export const MAX_PICTURE_BYTES = 33_554_432;

/** How many bytes must be there to tell. */
export const SNIFFED_BYTES = 16;

/** Offset and bytes, as in the MIME Sniffing Standard. */
type Pattern = readonly (readonly [offset: number, bytes: string])[];

const PATTERNS: readonly (readonly [type: string, pattern: Pattern])[] = [
  ['image/png', [[0, '\x89PNG\r\n\x1a\n']]],
  ['image/jpeg', [[0, '\xff\xd8\xff']]],
  ['image/gif', [[0, 'GIF87a']]],
  ['image/gif', [[0, 'GIF89a']]],
  [
    'image/webp',
    [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  ],
  ['image/avif', [[4, 'ftypavif']]],
  ['image/bmp', [[0, 'BM']]],
];

/** The type of a raster picture; `null`: it is none that browsers show. */
export function sniffPicture(bytes: Uint8Array): string | null {
  const has = ([offset, text]: Pattern[number]): boolean =>
    [...text].every((letter, at) => bytes[offset + at] === letter.charCodeAt(0));
  return PATTERNS.find(([, pattern]) => pattern.every(has))?.[0] ?? null;
}
