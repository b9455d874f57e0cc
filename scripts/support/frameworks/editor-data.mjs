/** The elements for editors: web types, which JetBrains reads, and the custom data of VS Code. */
import { settable } from './element-types.mjs';

/** `web-types.json`. `version`: of the package. */
export function webTypes(elements, version) {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: 'rtc-elements',
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tagName,
          description: describe(element),
          attributes: (element.attributes ?? []).map((one) => ({
            name: one.name,
            description: one.description ?? '',
            value: isSwitch(one)
              ? { kind: 'no-value', type: 'boolean' }
              : { type: typeOf(one), default: plain(one.default ?? '') },
          })),
          slots: named(element.slots),
          js: {
            properties: settable(element.members ?? []).map((one) => ({
              name: one.name,
              description: one.description ?? '',
              value: { type: typeOf(one) },
            })),
            events: (element.events ?? []).map(({ name, description, type }) => ({
              name,
              description: `${description} (\`${type.text}\`)`,
            })),
          },
          css: { parts: named(element.cssParts), properties: named(element.cssProperties) },
        })),
      },
    },
  };
}

/** `vscode-html.json`, for the setting `html.customData`. */
export const htmlData = (elements) => ({
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: markdown(describe(element)),
    attributes: (element.attributes ?? []).map((one) => ({
      name: one.name,
      description: markdown(one.description ?? ''),
      ...(isSwitch(one) ? { valueSet: 'v' } : { values: valuesOf(one) }),
    })),
  })),
});

/** `vscode-css.json`, for the setting `css.customData`: every variable, and every part of every element. */
export const cssData = (elements) => ({
  version: 1.1,
  properties: unique(elements.flatMap(({ cssProperties = [] }) => cssProperties)).map((one) => ({
    name: one.name,
    description: markdown(one.description ?? ''),
  })),
  pseudoElements: unique(elements.flatMap(({ cssParts = [] }) => cssParts)).map(({ name }) => ({
    name: `::part(${name})`,
    description: markdown(
      elements
        .flatMap(({ tagName, cssParts = [] }) =>
          cssParts
            .filter((part) => part.name === name)
            .map(({ description }) => `\`<${tagName}>\`: ${description ?? ''}`),
        )
        .join('\n\n'),
    ),
  })),
});

const markdown = (value) => ({ kind: 'markdown', value });

const describe = ({ summary, description }) => [summary, description].filter(Boolean).join('\n\n');

const named = (items = []) =>
  items.map(({ name, description = '' }) => ({ name: name || 'default', description }));

const typeOf = ({ parsedType, type }) => (parsedType ?? type).text;

/** As it is written in HTML. */
const plain = (value) => value.replace(/^'(.*)'$/, '$1');

const isSwitch = ({ type }) => type.text === 'boolean';

/** The words that an attribute takes, if it is one of a few. */
const valuesOf = (attribute) =>
  [...typeOf(attribute).matchAll(/'([^']+)'/g)].map(([, name]) => ({ name }));

const unique = (items) => [...new Map(items.map((item) => [item.name, item])).values()];
