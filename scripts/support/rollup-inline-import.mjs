/**
 * A rollup plugin: `import()` of one file becomes an import like any other, where it is wanted at once.
 * Rollup's own ways to put a part into the first file take along whatever a barrel of it names.
 * @param {string} specifier  as it is written, such as `./call.js`
 */
export function inlineImport(specifier) {
  const call = `import('${specifier}')`;
  return {
    name: 'inline-import',
    /** @param {string} code */
    transform(code) {
      if (!code.includes(call)) return null;
      // At the end, so that every position before it, and with it the source map, stays.
      const inlined = code.replace(call, 'Promise.resolve(inlined)'.padEnd(call.length));
      return { code: `${inlined}\nimport * as inlined from '${specifier}';\n`, map: null };
    },
  };
}
