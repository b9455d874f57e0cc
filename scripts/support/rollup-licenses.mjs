/**
 * A rollup plugin: the licences of every bundled package, in one text beside the bundle; also those of
 * which our own modules say `@license`, as they are made from somebody else's.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {string} fileName */
export function licenses(fileName) {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const folders = new Set();
      const notices = new Set();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          if (renderedLength === 0) continue;
          const folder = packageFolder(id);
          if (folder) folders.add(folder);
          else if (existsSync(id)) for (const notice of noticesIn(id)) notices.add(notice);
        }
      }
      const texts = [...[...folders].map(describe), ...notices].sort();
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

/** The texts after `@license` in the doc comments of a module: a title in its line, then the licence. */
function noticesIn(id) {
  const comments = readFileSync(id, 'utf8').matchAll(/\/\*\*\s*\* @license (.*)\n([^]*?)\*\//g);
  return [...comments].map(([, title, text]) => entry(title, text.replace(/^ \* ?/gm, '')));
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((fileName) => /^licen[cs]e/i.test(fileName));
  return entry(
    `${name} ${version} (${license})`,
    file ? readFileSync(join(folder, file), 'utf8') : '',
  );
}

const entry = (title, text) => `${title}\n${'='.repeat(60)}\n${text.trim()}\n`;
