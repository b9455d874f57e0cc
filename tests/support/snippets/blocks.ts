/** Every block of code in the pages that somebody reads to use the project. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Snippet, snippetsIn } from '../guide.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Block extends Snippet {
  /** `embed`, `protocol`; of a README its folder: `README`, `packages/core/README`. */
  readonly page: string;
  /** Unique: page, heading, language, and a number if there are several of these. */
  readonly name: string;
}

/** Pages that are added are found. */
const PATHS = ['docs/guide/*.md', 'docs/protocol.md', 'README.md', '{packages/*,party}/README.md'];

export const allBlocks = (): readonly Block[] =>
  PATHS.flatMap((path) => globSync(path, { cwd: root }).toSorted()).flatMap(blocksOf);

function blocksOf(path: string): readonly Block[] {
  const page = path.startsWith('docs/') ? basename(path, '.md') : path.replace(/\.md$/, '');
  const counts = new Map<string, number>();
  return snippetsIn(readFileSync(`${root}${path}`, 'utf8')).map((snippet) => {
    const place = `${page} / ${snippet.heading} / ${snippet.language || 'plain'}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return { ...snippet, page, name: count > 1 ? `${place} ${count}` : place };
  });
}
