/**
 * The files for pages without a build, made from what `tsc -b` compiled (docs/decisions/0004).
 * Everything in one file, except for what a page can begin without (docs/decisions/0008, 0009): that
 * is in files beside it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

import { LIMITS, TIMES } from './packages/protocol/dist/index.js';
import { inlineConstants } from './scripts/support/rollup-constants.mjs';
import { inlineImport } from './scripts/support/rollup-inline-import.mjs';
import { licenses } from './scripts/support/rollup-licenses.mjs';
import { shortenPrivateNames } from './scripts/support/rollup-private-names.mjs';
import { minifyTemplates } from './scripts/support/rollup-templates.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at('packages/elements/package.json'), 'utf8'));
const banner = `/*! rtc-elements ${version} | MIT */`;

const plugins = [
  nodeResolve({ browser: true }),
  inlineConstants({ LIMITS, TIMES }),
  minifyTemplates(/packages[\\/]elements[\\/]dist[\\/]/),
  shortenPrivateNames(),
  terser({
    ecma: 2020,
    module: true,
    compress: {
      passes: 6,
      ecma: 2020,
      pure_getters: true,
      // A function that is used once is shorter as a name than as an expression around its arguments.
      inline: 1,
      hoist_funs: true,
      unsafe_arrows: true,
      unsafe_methods: true,
    },
    format: { comments: /^!/, ecma: 2020 },
  }),
  licenses('LICENSES.txt'),
];

const output = (dir, name) => ({
  dir: at(dir),
  entryFileNames: `${name}.min.js`,
  chunkFileNames: `${name}-[name].min.js`,
  format: 'es',
  sourcemap: true,
  banner,
  // What is smaller than a request costs goes where it is needed first.
  experimentalMinChunkSize: 1_000,
  // Nobody outside sees the namespaces.
  freeze: false,
});

/** Anything that rollup would only warn of is a mistake here. */
const onwarn = (warning) => {
  throw new Error(`${warning.message} (${warning.id ?? warning.code})`);
};

/** @param {import('rollup').Plugin[]} more */
const bundle = (input, options, more = []) => ({
  input: at(input),
  plugins: [...more, ...plugins],
  onwarn,
  // No getter of ours does more than get: schemas that nobody asks for may go.
  treeshake: { propertyReadSideEffects: false },
  // What both halves share stays in the entry: one request, not two.
  preserveEntrySignatures: 'allow-extension',
  output: options,
});

export default [
  bundle('packages/elements/dist/define.js', output('packages/elements/dist/cdn', 'rtc-elements'), [
    inlineImport('./call/call.js'),
  ]),
  bundle('packages/elements/dist/define-chat.js', output('packages/elements/dist/cdn', 'rtc-chat')),
  bundle('packages/core/dist/index.js', output('packages/core/dist/cdn', 'rtc-core'), [
    inlineImport('./call/call.js'),
  ]),
];
