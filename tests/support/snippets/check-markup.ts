/** Checks blocks of HTML, Vue and Svelte against the elements that there are, and CSS against their parts and variables. */
import { readFileSync } from 'node:fs';

import type { Block } from './blocks.js';
import { type Tag, tagsOf } from './markup.js';

interface Named {
  readonly name: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly members?: readonly (Named & { readonly kind: string; readonly privacy?: string })[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

const manifest = JSON.parse(
  readFileSync(new URL('../../../packages/elements/custom-elements.json', import.meta.url), 'utf8'),
) as { readonly modules: readonly { readonly declarations?: readonly Declaration[] }[] };
const elements = new Map(
  manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .flatMap((one) => (one.tagName === undefined ? [] : [[one.tagName, one] as const])),
);
const variables = new Set(
  [...elements.values()].flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)),
);

/** Of every element, as far as pages of the guide use them. */
const GLOBAL = [
  'id',
  'class',
  'slot',
  'lang',
  'dir',
  'hidden',
  'style',
  'role',
  'title',
  'key',
  'ref',
];
const OF_TAG: Readonly<Record<string, readonly string[]>> = {
  html: [],
  head: [],
  body: [],
  title: [],
  template: [],
  meta: ['charset', 'name', 'content'],
  link: ['rel', 'href'],
  script: ['type', 'src', 'setup', 'lang'],
  iframe: ['src', 'allow'],
  form: [],
  label: ['for'],
  input: ['name', 'type', 'required', 'maxlength', 'value', 'placeholder'],
  button: ['type', 'disabled'],
  select: ['name'],
  video: ['autoplay', 'playsinline', 'muted'],
  audio: ['autoplay'],
};
/** Without attributes of their own. */
const PLAIN =
  /^(aside|main|section|header|footer|nav|div|span|p|h[1-6]|ol|ul|li|figure|figcaption|output)$/;

export function checkMarkup({ name, text, language }: Block): readonly string[] {
  return tagsOf(language === 'svelte' ? withoutBraces(text) : text).flatMap((tag) =>
    checkTag(tag).map((problem) => `${name}: ${problem}`),
  );
}

/** Svelte's expressions, of up to two pairs of braces. */
const withoutBraces = (text: string): string =>
  text.replace(/={(?:[^{}]|{[^{}]*})*}/g, '="x"').replace(/(\s){(\w+)}(?=[\s>])/g, '$1$2');

/** Of Vue and Svelte: a listener, a directive. */
const OF_FRAMEWORKS = /^(@|on|v-|aria-|data-)/;

function checkTag({ name: tag, attributes, parent }: Tag): readonly string[] {
  const known = elements.get(tag);
  const own = known ? ownNames(known) : PLAIN.test(tag) ? [] : OF_TAG[tag];
  if (!own) return [`there is no <${tag}>`];
  const allowed = new Set([...GLOBAL, ...own].map((one) => one.toLowerCase()));
  const wrong = [...attributes.keys()].filter(
    (one) => !OF_FRAMEWORKS.test(one) && !allowed.has(one.replace(/^:/, '').toLowerCase()),
  );
  const slot = attributes.get('slot');
  const { slots } = elements.get(parent ?? '') ?? {};
  const hasSlot = slot === undefined || !slots || slots.some(({ name }) => name === slot);
  return [
    ...wrong.map((one) => `<${tag}> has no ${one}`),
    ...(hasSlot ? [] : [`<${parent}> has no slot ${slot}`]),
  ];
}

const ownNames = ({ attributes = [], members = [] }: Declaration): readonly string[] => [
  ...attributes.map(({ name }) => name),
  ...members.flatMap(({ name, kind, privacy }) => (kind === 'field' && !privacy ? [name] : [])),
];

/** What stands in `<script>`, as blocks of their own. */
export const scriptsOf = (block: Block): readonly Block[] =>
  tagsOf(block.text).flatMap(({ attributes, text }) =>
    text.trim() === ''
      ? []
      : [{ ...block, text, language: attributes.get('lang') === 'ts' ? 'ts' : 'js' }],
  );

export function checkStyles({ name, text }: Block): readonly string[] {
  const problems: string[] = [];
  for (const [, tag = '', part = ''] of text.matchAll(
    /([\w-]+)(?:\[[^\]]*\])*::part\(([\w-]+)\)/g,
  )) {
    const { cssParts = [] } = elements.get(tag) ?? {};
    const described = JSON.stringify(cssParts);
    if (!cssParts.some((one) => one.name === part) && !described.includes('`' + part + '`'))
      problems.push(`${name}: <${tag}> has no part ${part}`);
  }
  for (const [variable] of text.matchAll(/--rtc-[\w-]+/g)) {
    const family = variable.replace(/-\d$/, '');
    if (!variables.has(variable) && !variables.has(family))
      problems.push(`${name}: there is no ${variable}`);
  }
  return problems;
}
