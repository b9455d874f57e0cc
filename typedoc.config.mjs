/** The documentation site; `npm run docs` makes it. Any warning fails. */
import { OptionDefaults } from 'typedoc';

/** What the custom elements manifest is made from. The site has a page of its own for that. */
const MANIFEST_TAGS = ['@tag', '@slot', '@fires', '@csspart', '@cssprop'];

/** What is not exported is nobody's to use, so the reference does not have it. */
const validation = { notExported: false, invalidLink: true };

/** @type {Partial<import('typedoc').TypeDocOptions>} */
const packageOptions = {
  entryPoints: ['src/index.ts'],
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  readme: 'none',
  blockTags: [...OptionDefaults.blockTags, ...MANIFEST_TAGS],
  excludeTags: [...OptionDefaults.excludeTags, ...MANIFEST_TAGS],
  validation,
};

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'rtc-elements',
  entryPointStrategy: 'packages',
  entryPoints: ['packages/protocol', 'packages/core', 'packages/elements', 'party'],
  packageOptions,
  projectDocuments: [
    'docs/guide/*.md',
    'docs/protocol.md',
    'docs/architecture.md',
    'docs/decisions/*.md',
    '.tmp/docs/elements.md',
  ],
  highlightLanguages: [
    ...OptionDefaults.highlightLanguages,
    'jsx',
    'vue',
    'svelte',
    'toml',
    'python',
  ],
  out: 'docs/api',
  readme: 'README.md',
  includeVersion: false,
  hideGenerator: true,
  validation,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  logLevel: 'Warn',
};
