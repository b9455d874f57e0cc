/**
 * Reads the words after a script's name. Where one is missing or not for the script, it ends with status 2 and one
 * sentence, before it has done anything.
 * @param {string} usage  Such as `npm run soak [-- minutes]`.
 * @param {{ least?: number, most?: number, accepts?: (word: string, at: number) => boolean }} [takes]  Default: none.
 * @returns {string[]}
 */
export function readWords(usage, { least = 0, most = 0, accepts = () => true } = {}) {
  const words = process.argv.slice(2);
  const wrong = words.findIndex((word, at) => at >= most || !accepts(word, at));
  if (wrong < 0 && words.length >= least) return words;
  const what =
    wrong < 0 ? 'This script needs a word more' : `This script does not take "${words[wrong]}"`;
  console.error(`${what}. Usage: ${usage}`);
  process.exit(2);
}
