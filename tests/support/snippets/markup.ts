/** Reads markup as it stands in a page: HTML, and the templates of Vue and Svelte, whose attributes have names of their own. */

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of the element around it. */
  readonly parent: string | null;
  /** Of a script: what stands in it. */
  readonly text: string;
}

const ATTRIBUTE = /([^\s"'<>=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;
const TAG =
  /<!--[\s\S]*?-->|<(\/?)([a-z][\w-]*)((?:\s+[^\s"'<>=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/g;
const VOID = ['input', 'link', 'meta'];

/** All elements, in order. */
export function tagsOf(markup: string): readonly Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const pattern = new RegExp(TAG);
  for (let match = pattern.exec(markup); match; match = pattern.exec(markup)) {
    const [, end, name, words = '', isClosed] = match;
    if (name === undefined) continue;
    if (end) {
      open.splice(Math.max(open.lastIndexOf(name), 0));
      continue;
    }
    const attributes = new Map(
      [...words.matchAll(ATTRIBUTE)].map(([, key = '', one, other]) => [key, one ?? other ?? '']),
    );
    const isScript = name === 'script' && !isClosed;
    const stop = isScript ? markup.indexOf('</script>', pattern.lastIndex) : -1;
    const text = isScript ? markup.slice(pattern.lastIndex, stop) : '';
    if (isScript) pattern.lastIndex = stop;
    tags.push({ name, attributes, parent: open.at(-1) ?? null, text });
    if (!isClosed && !VOID.includes(name)) open.push(name);
  }
  return tags;
}
