/** The elements' reference page, from the custom-elements manifest. */

const PUBLIC_KINDS = {
  attributes: [
    'Attributes',
    ({ name, type, default: value }) => [code(name), code(type?.text), code(value)],
  ],
  events: ['Events', ({ name, type }) => [code(name), code(type?.text)]],
  slots: ['Slots', ({ name }) => [name ? code(name) : 'default']],
  cssParts: ['Parts', ({ name }) => [code(name)]],
  cssProperties: ['Variables', ({ name, default: value }) => [code(name), code(value)]],
  cssStates: ['States', ({ name }) => [code(name)]],
};

const HEADS = {
  attributes: ['name', 'type', 'default'],
  events: ['name', 'class'],
  cssProperties: ['name', 'default'],
};

/** The custom-elements manifest as Markdown. */
export function elementReference(manifest) {
  const elements = manifest.modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
  const base = manifest.modules
    .flatMap(({ declarations }) => declarations)
    .find(({ name }) => name === 'RtcElement');
  return [
    '---',
    'title: Elements',
    '---',
    '',
    ...elements.map(describeElement),
    ...describeBase(base),
  ].join('\n');
}

/** What every element has. */
function describeBase({ members, cssProperties }) {
  const attributes = members
    .filter(({ attribute }) => attribute)
    .map((member) => ({ ...member, name: member.attribute }));
  const kinds = { attributes, cssProperties };
  return [
    '## Every element',
    '',
    ...Object.entries(kinds).flatMap(([kind, items]) => {
      const [title, cells] = PUBLIC_KINDS[kind];
      return table(title, HEADS[kind], items, cells);
    }),
  ];
}

function describeElement(element) {
  const lines = [
    `## \`<${element.tagName}>\``,
    '',
    element.summary ?? '',
    '',
    element.description ?? '',
    '',
  ];
  for (const [kind, [title, cells]] of Object.entries(PUBLIC_KINDS)) {
    const items = (element[kind] ?? []).filter(({ inheritedFrom }) => !inheritedFrom);
    lines.push(...table(title, HEADS[kind] ?? ['name'], items, cells));
  }
  const methods = (element.members ?? []).filter(
    ({ kind, inheritedFrom, description, static: isStatic }) =>
      kind === 'method' && description && !inheritedFrom && !isStatic,
  );
  lines.push(...table('Methods', ['name'], methods, (method) => [code(signature(method))]));
  return lines.join('\n');
}

function table(title, heads, items, cells) {
  if (items.length === 0) return [];
  const all = [...heads, 'meaning'];
  return [
    `### ${title}`,
    '',
    row(all),
    row(all.map(() => '---')),
    ...items.map((item) => row([...cells(item), oneLine(item.description ?? '')])),
    '',
  ];
}

const signature = ({ name, parameters = [] }) =>
  `${name}(${parameters.map((it) => it.name + (it.optional ? '?' : '')).join(', ')})`;

const row = (cells) => `| ${cells.join(' | ')} |`;
const oneLine = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text) => (text ? `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\`` : '');
