// The pages of the guide for frameworks show code of the projects that are tested here, and no other.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { snippet, snippetsOf } from '../support/guide.js';
import { root } from '../../scripts/support/run.mjs';

/** The projects of each page. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  react: ['react', 'next', 'older'],
  vue: ['vue'],
  svelte: ['svelte'],
  'own-worker': ['worker'],
};

const sourcesOf = (projects: readonly string[]): readonly string[] =>
  projects.flatMap((project) => {
    const cwd = join(root, 'tests/frameworks/projects', project);
    const files = globSync('**/*.*', { cwd, exclude: (name) => name === 'node_modules' });
    return files.map((file) => readFileSync(join(cwd, file), 'utf8'));
  });

describe('the guide for frameworks', () => {
  it('shows what is tested: a page without a build', () => {
    const script = snippet('embed', 'Embed in a page', 'html', '/node_modules/').trim();
    assert.ok(sourcesOf(['html']).some((source) => source.includes(script)));
  });

  for (const [page, projects] of Object.entries(PAGES)) {
    it(`shows what is tested: ${page}`, () => {
      const sources = sourcesOf(projects);
      // Commands are in words what the tests do.
      const blocks = snippetsOf(page).filter(({ language }) => language !== 'sh');
      assert.ok(blocks.length > 0);
      for (const { text, heading, language } of blocks) {
        const isTested = sources.some((source) => source.includes(text.trimEnd()));
        assert.ok(isTested, `no project has the ${language} under "${heading}":\n${text}`);
      }
    });
  }
});
