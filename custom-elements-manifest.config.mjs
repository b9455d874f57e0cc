/**
 * The custom-elements manifest of the elements, made from their sources and doc comments. What the analyzer cannot know
 * is added by `scripts/manifest.mjs`.
 */
export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.styles.ts', 'src/**/*.d.ts', 'src/i18n/**'],
  outdir: '.',
  litelement: true,
  packagejson: false,
};
