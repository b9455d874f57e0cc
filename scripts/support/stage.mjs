/**
 * Lays out the site in `dist/site` as the edge room serves it: examples and built packages. What is
 * there already is overwritten in place, so that a server that is running never misses a file.
 */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { root } from './run.mjs';

const SITE = join(root, 'dist/site');

/** Examples as they lie in the repository, so that their relative addresses hold; `/` lists them. */
const COPIES = [
  ['examples', 'examples'],
  ['examples/index.html', 'index.html'],
  ['packages/elements/dist', 'packages/elements/dist'],
  ['packages/core/dist/cdn', 'packages/core/dist/cdn'],
];

/** Pages of other origins may embed the packages; nothing else is theirs to read. */
const HEADERS = `/packages/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
`;

export function stageSite() {
  rmSync(join(SITE, 'examples'), { recursive: true, force: true });
  for (const [from, to] of COPIES) {
    if (!existsSync(join(root, from))) continue;
    mkdirSync(dirname(join(SITE, to)), { recursive: true });
    cpSync(join(root, from), join(SITE, to), {
      recursive: true,
      filter: (path) => !path.endsWith('.tsbuildinfo'),
    });
  }
  writeFileSync(join(SITE, '_headers'), HEADERS);
}
