/** Writes what frameworks and editors read of the elements, from their manifest, into the package's `dist`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../run.mjs';
import { cssData, htmlData, webTypes } from './editor-data.mjs';
import { elementTypes } from './element-types.mjs';

const FOLDER = join(root, 'packages/elements');

const read = (path) => JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));

export function writeTypes() {
  const elements = read('custom-elements.json')
    .modules.flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName);
  const files = {
    'element-types.d.ts': elementTypes(elements),
    // TypeScript looks for the script that a declaration describes.
    'element-types.js': 'export {};\n',
    'web-types.json': text(webTypes(elements, read('package.json').version)),
    'vscode-html.json': text(htmlData(elements)),
    'vscode-css.json': text(cssData(elements)),
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(FOLDER, 'dist', name), content);
}

const text = (data) => `${JSON.stringify(data, null, 2)}\n`;
