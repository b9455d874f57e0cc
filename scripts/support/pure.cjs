/**
 * Which folders are pure, read from `tsconfig.pure.json`, where the compiler has it from: the linter
 * takes globs, dependency-cruiser patterns.
 */
const { include } = require('../../tsconfig.pure.json');

/** Relative to a package, such as `src/state`. */
const folders = include.map((glob) => glob.replace('${configDir}/', '').replace('/**/*', ''));

/** @param {string} root  the package's folder */
const globsOf = (root) => folders.map((folder) => `${root}/${folder}/**/*.ts`);

/** @param {string} root  the package's folder */
const patternsOf = (root) =>
  folders
    .flatMap((folder) => [folder.replace('**/', ''), folder.replace('**/', '.*/')])
    .map((folder) => `^${root}/${folder}/`);

module.exports = { globsOf, patternsOf };
