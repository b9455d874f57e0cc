// What editors are given of the elements is all of the manifest, where the guide says that it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { root } from '../../scripts/support/run.mjs';
import { snippet } from '../support/guide.js';

interface Named {
  readonly name: string;
}

interface Element extends Named {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

const FOLDER = join(root, 'packages/elements');

const read = (path: string): unknown => JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));

const names = (items: readonly Named[] = []): readonly string[] =>
  items.map(({ name }) => name || 'default');

const { modules } = read('custom-elements.json') as { modules: { declarations: Element[] }[] };
const elements = modules
  .flatMap(({ declarations }) => declarations)
  .filter(({ tagName }) => tagName);

/** The file of a setting of VS Code, as the guide has it. */
function dataOf(setting: string): unknown {
  const settings = JSON.parse(snippet('embed', 'Embed in a page', 'json')) as Record<
    string,
    string[]
  >;
  const [path = ''] = settings[setting] ?? [];
  return read(path.replace('./node_modules/rtc-elements/', ''));
}

describe('the data for editors', () => {
  it('has every tag, attribute, event, slot, part and variable for JetBrains', () => {
    const { 'web-types': path } = read('package.json') as { 'web-types': string };
    const { contributions } = read(path) as {
      contributions: {
        html: { elements: (Element & { js: Element; css: Record<string, Named[]> })[] };
      };
    };
    for (const [index, element] of elements.entries()) {
      const found = contributions.html.elements[index];
      assert.equal(found?.name, element.tagName);
      assert.deepEqual(names(found?.attributes), names(element.attributes));
      assert.deepEqual(names(found?.js.events), names(element.events));
      assert.deepEqual(names(found?.slots), names(element.slots));
      assert.deepEqual(names(found?.css['parts']), names(element.cssParts));
      assert.deepEqual(names(found?.css['properties']), names(element.cssProperties));
    }
  });

  it('has every tag, attribute, part and variable for VS Code', () => {
    const { tags } = dataOf('html.customData') as { tags: readonly Element[] };
    assert.deepEqual(
      tags.map(({ name, attributes }) => [name, names(attributes)]),
      elements.map(({ tagName, attributes }) => [tagName, names(attributes)]),
    );
    const css = dataOf('css.customData') as { properties: Named[]; pseudoElements: Named[] };
    const all = (pick: (element: Element) => readonly Named[] | undefined): readonly string[] => [
      ...new Set(elements.flatMap((element) => names(pick(element)))),
    ];
    assert.deepEqual(
      names(css.properties),
      all(({ cssProperties }) => cssProperties),
    );
    assert.deepEqual(
      names(css.pseudoElements),
      all(({ cssParts }) => cssParts).map((name) => `::part(${name})`),
    );
  });
});
