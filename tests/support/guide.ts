/** Reads the guide, so that a test runs what the page says and nothing else. */
import { readFileSync } from 'node:fs';

/** A block of code, as the page shows it. */
export interface Snippet {
  /** `sh`, `jsonc`, `text` …; empty if the block does not say. */
  readonly language: string;
  readonly text: string;
  /** The heading that it stands under. */
  readonly heading: string;
}

const pathOf = (page: string): URL => new URL(`../../docs/guide/${page}.md`, import.meta.url);

/** The text of a page of `docs/guide`. */
export const readPage = (page: string): string => readFileSync(pathOf(page), 'utf8');

/** All blocks of code of a page, in order. */
export const snippetsOf = (page: string): readonly Snippet[] => snippetsIn(readPage(page));

/** All blocks of code in Markdown, in order. */
export function snippetsIn(markdown: string): readonly Snippet[] {
  const snippets: Snippet[] = [];
  let heading = '';
  const pattern = /^#+ (.*)$|^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;
  for (const [, title, indent = '', language, text = ''] of markdown.matchAll(pattern)) {
    if (title !== undefined) heading = title;
    else snippets.push({ language: language ?? '', text: outdent(text, indent), heading });
  }
  return snippets;
}

/** The only block in `language` under a heading, or the only one there that contains `part`. */
export function snippet(page: string, heading: string, language: string, part = ''): string {
  const found = snippetsOf(page).filter(
    (one) => one.heading === heading && one.language === language && one.text.includes(part),
  );
  const [only] = found;
  if (found.length === 1 && only) return only.text;
  throw new Error(`${page}.md has ${found.length} blocks of ${language} under "${heading}"`);
}

/** The rows of the only table under a heading, each as its cells, without the head. */
export function tableOf(page: string, heading: string): readonly (readonly string[])[] {
  const prose = readPage(page).replace(/^```[\s\S]*?^```$/gm, '');
  const [, section = ''] = prose.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [own = ''] = section.split(/^#+ /m);
  const lines = own.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const outdent = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');

/** `text` with each of `words` in place of what the page has there. Each must occur. */
export function substitute(text: string, words: Readonly<Record<string, string>>): string {
  let result = text;
  for (const [old, word] of Object.entries(words)) {
    if (!result.includes(old)) throw new Error(`the page does not say ${old}`);
    result = result.replaceAll(old, word);
  }
  return result;
}
