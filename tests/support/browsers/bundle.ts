/** Code for pages that a test makes, from the sources. */
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** One file of a module, by its path from the root, and of all that it imports, unminified. */
export async function bundle(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [at(path)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@rtc-elements/source', 'browser'],
    tsconfig: at('packages/elements/tsconfig.json'),
    charset: 'utf8',
  });
  return outputFiles[0]?.text ?? '';
}

/** The element that runs `code`. */
export const inline = (code: string): string =>
  `<script type="module">${code.replaceAll('</script', '<\\/script')}</script>`;
