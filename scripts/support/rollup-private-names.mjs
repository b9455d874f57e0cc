/**
 * A rollup plugin: gives each class short private names of its own. A minifier gives one name per
 * bundle, so the tenth class would get `#Zt` where `#a` will do; private names know no other class.
 */
export function shortenPrivateNames() {
  return {
    name: 'shorten-private-names',
    /** @param {string} code */
    renderChunk(code) {
      const parts = [];
      let end = 0;
      for (const { start, names } of classesIn(this.parse(code))) {
        if (start < end) continue;
        const short = shortNames(names);
        for (const node of names) {
          // Filled up with blanks, so that every position, and with it the source map, stays.
          parts.push(code.slice(end, node.start));
          parts.push(`#${short.get(node.name)}`.padEnd(node.end - node.start));
          end = node.end;
        }
      }
      return { code: parts.join('') + code.slice(end), map: null };
    },
  };
}

/** The outermost classes, in order, each with every private name that is written in it. */
function classesIn(ast) {
  const classes = [];
  const visit = (node, names) => {
    if (Array.isArray(node)) for (const item of node) visit(item, names);
    if (typeof node?.type !== 'string') return;
    if (node.type === 'PrivateIdentifier') names.push(node);
    if (!names && node.type.startsWith('Class')) {
      names = [];
      classes.push({ start: node.start, names });
    }
    for (const child of Object.values(node)) visit(child, names);
  };
  visit(ast, null);
  for (const { names } of classes) names.sort((a, b) => a.start - b.start);
  return classes;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The most used get the names that come first. */
function shortNames(nodes) {
  const uses = new Map();
  for (const { name } of nodes) uses.set(name, (uses.get(name) ?? 0) + 1);
  if (uses.size > LETTERS.length) throw new Error('this class has too many private names');
  const byUse = [...uses].sort(([, a], [, b]) => b - a);
  return new Map(byUse.map(([name], index) => [name, LETTERS[index]]));
}
