/** The types of the elements for frameworks, from the manifest: what of each may be written in markup, by which name. */

/** The text of `element-types.d.ts`, which lies beside the classes in `dist`. */
export function elementTypes(elements) {
  const classes = elements.map(({ name }) => name).sort();
  return `// Made from custom-elements.json by \`npm run build\`.
import type { ${classes.join(', ')}, RtcEventMap } from './index.js';

export type { RtcEventMap };

${elements.map(describe).join('\n\n')}

/** By tag. \`attributes\` are those that differ from a property in name or in what they take. */
export interface ElementTypes {
${elements.map(entry).join('\n')}
}

/** Listeners by the name of the event with \`on\` before it, as React, Preact and Svelte take them. */
export type Listeners<Type extends ElementTypes[keyof ElementTypes]> = {
  [Name in Type['events'] as \`on\${Name}\`]?:
    | ((event: RtcEventMap[Name] & { readonly currentTarget: Type['element'] }) => void)
    | undefined;
};
`;
}

const describe = (element) => [properties(element), attributes(element)].join('\n\n');

const entry = ({ tagName, name, events = [] }) =>
  `  '${tagName}': {
    readonly element: ${name};
    readonly properties: ${name}Properties;
    readonly attributes: ${name}Attributes;
    readonly events: ${events.map((event) => `'${event.name}'`).join(' | ') || 'never'};
  };`;

const properties = ({ name, members = [] }) => `export interface ${name}Properties {
${settable(members)
  .map((member) => `${comment(member)}  ${member.name}?: ${name}['${member.name}'] | undefined;`)
  .join('\n')}
}`;

const attributes = ({ name, attributes: all = [] }) => `export interface ${name}Attributes {
${all
  .map((one) => `${comment(one)}  '${one.name}'?: ${attributeType(name, one)} | undefined;`)
  .join('\n')}
}`;

/** What a page can set. */
export const settable = (members) =>
  members.filter(({ kind, readonly }) => kind === 'field' && !readonly);

/**
 * An attribute that is on or off is on with any text: what frameworks make of \`false\` is the text "false" where the
 * name begins with \`data-\`, or everywhere.
 */
function attributeType(className, { type, fieldName }) {
  const own = `${className}['${fieldName}']`;
  if (type.text === 'boolean') return "true | ''";
  return /\bnumber\b/.test(type.text) ? `${own} | \`\${number}\`` : own;
}

function comment({ description }) {
  if (!description) return '';
  return `  /** ${description.replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/')} */\n`;
}
