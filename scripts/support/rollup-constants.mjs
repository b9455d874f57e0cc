/**
 * A rollup plugin: writes the numbers of a table where they are used. A minifier does that too, but not
 * with a table that two files share, and then every page carries what only the edge needs.
 * @param {Readonly<Record<string, Readonly<Record<string, number>>>>} tables  by the names they go by
 */
export function inlineConstants(tables) {
  const uses = new RegExp(`(?<![.\\w$])(${Object.keys(tables).join('|')})\\.(\\w+)`, 'g');
  return {
    name: 'inline-constants',
    /** @param {string} code */
    transform(code) {
      // Filled up with blanks, so that every position, and with it the source map, stays.
      const inlined = code.replace(uses, (use, table, key) =>
        // Somebody else's table may go by the same name.
        (tables[table]?.[key]?.toString() ?? use).padEnd(use.length),
      );
      return inlined === code ? null : { code: inlined, map: null };
    },
  };
}
