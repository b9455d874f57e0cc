/** A rollup plugin: takes the air out of Lit's html and css templates. */
import { transformSync } from 'esbuild';
import { minifyHTMLLiterals } from 'minify-literals';

/** @param {RegExp} ours  The modules to treat. */
export function minifyTemplates(ours) {
  return {
    name: 'minify-templates',
    async transform(code, id) {
      if (!ours.test(id) || !/\b(html|css|svg)\s*`/.test(code)) return null;
      const result = await minifyHTMLLiterals(code, { fileName: id, minifyOptions });
      return result ? { code: result.code, map: result.map } : null;
    },
  };
}

const minifyOptions = {
  minifyCSS,
  // In SVG an element without its closing slash would swallow those after it.
  keepClosingSlash: true,
  // A template may stand in the middle of a sentence: the space at its edge parts two words.
  conservativeCollapse: true,
};

/** By esbuild, which knows nesting and container queries; but it does not know a template's holes. */
function minifyCSS(css) {
  if (css.includes('@TEMPLATE_EXPRESSION')) return css.replace(/\s+/g, ' ');
  return transformSync(css, { loader: 'css', minify: true, target: 'es2022' }).code.trim();
}
