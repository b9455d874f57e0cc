/** The pages of the examples, as they lie in the repository. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = globSync('examples/**/*.html', { cwd: root });

describe('the pages of the examples', () => {
  for (const page of pages) {
    it(`${page} names its icon: a browser asks for /favicon.ico otherwise, which nobody serves`, () => {
      const html = readFileSync(join(root, page), 'utf8');
      const [, address = ''] = /<link rel="icon" href="([^"]+)"/.exec(html) ?? [];
      const file = address.startsWith('/') ? address : join(dirname(page), address);
      assert.match(readFileSync(join(root, file), 'utf8'), /^<svg xmlns=/);
    });
  }
});
