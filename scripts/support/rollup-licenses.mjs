/** A rollup plugin: the licences of every bundled package, in one text beside the bundle. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {string} fileName */
export function licenses(fileName) {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const folders = new Set();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          const folder = packageFolder(id);
          if (renderedLength > 0 && folder) folders.add(folder);
        }
      }
      const texts = [...folders].sort().map(describe);
      this.emitFile({ type: 'asset', fileName, source: texts.join('\n\n') });
    },
  };
}

/** The folder of the foreign package that module `id` is of; `null` for our own. */
function packageFolder(id) {
  if (!id.includes('node_modules')) return null;
  for (let folder = dirname(id); folder.includes('node_modules'); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).version) return folder;
  }
  return null;
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n${'='.repeat(60)}\n${text}\n`;
}
