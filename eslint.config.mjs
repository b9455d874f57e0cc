/**
 * What a file may say. The "only file that" marks of docs/architecture.md are here as restricted
 * names; who may import whom is in .dependency-cruiser.cjs; formatting is Prettier's.
 */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

import { globsOf } from './scripts/support/pure.cjs';

const TESTS = ['**/*.test.ts', 'tests/**/*.ts', 'bench/**/*.ts'];
const ELEMENTS = 'packages/elements/src/**/*.ts';

/** One restriction: a name of the world, where it may be used, and why nowhere else. */
const only = (name, files, where) => ({ name, files, message: `Only ${where} touches ${name}.` });

const JSON_PARSE = only('JSON.parse', ['packages/protocol/src/codec.ts'], 'protocol/codec');
const WORLD = [
  only(
    'RTCPeerConnection',
    ['packages/core/src/support/create-peer-connection.ts'],
    'core/support/create-peer-connection',
  ),
  only('WebSocket', ['packages/core/src/signaling/socket.ts'], 'core/signaling/socket'),
  only('mediaDevices', ['packages/core/src/media/**'], 'core/media'),
];

/** Names that the pure parts must not use although the language has them everywhere. */
const IMPURE = [
  'window document navigator location self globalThis fetch localStorage sessionStorage',
  'setTimeout setInterval queueMicrotask crypto performance console WebSocket',
]
  .join(' ')
  .split(' ')
  .map((name) => ({ name, message: 'This part is pure: it is told what it needs to know.' }));

const PURE = ['packages/protocol/src/**/*.ts', ...globsOf('packages/core'), ...globsOf('party')];

const NO_ENUM = { selector: 'TSEnumDeclaration', message: 'Use a union, or an `as const` table.' };
const NO_NAMESPACE = {
  selector: 'TSModuleDeclaration[kind="namespace"]',
  message: 'Use a module.',
};
const NO_DEFAULT = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };
const NO_RANDOM = {
  selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
  message: 'This part is pure: it is told what it needs to know.',
};
const NO_DATE_NOW = {
  selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
  message: 'This part is pure: it is told the time.',
};
const NO_JSON_PARSE = {
  selector: 'MemberExpression[object.name="JSON"][property.name="parse"]',
  message: JSON_PARSE.message,
};
const NO_MEDIA_DEVICES = {
  selector: 'MemberExpression[property.name="mediaDevices"]',
  message: WORLD[2].message,
};
const NO_SLEEP = {
  selector:
    'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"][arguments.0.name=/^(resolve|r|done)$/]',
  message: 'Wait for what should happen, not for time to pass.',
};

const SYNTAX = [NO_ENUM, NO_NAMESPACE, NO_DEFAULT];

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/node_modules/',
    '.wrangler/',
    '.tmp/',
    'docs/api/',
    // Built at another time.
    'tests/fixtures/*/',
    // Types for frameworks that are not installed here.
    'packages/elements/types/',
    // As others write them, in languages that have rules of their own.
    'tests/frameworks/projects/',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { noInlineConfig: true },
    rules: {
      'max-lines': ['error', 320],
      'max-params': ['error', 4],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-restricted-syntax': ['error', ...SYNTAX, NO_JSON_PARSE, NO_MEDIA_DEVICES],
      'no-restricted-globals': [
        'error',
        ...WORLD.filter(({ name }) => name !== 'mediaDevices').map(({ name, message }) => ({
          name,
          message,
        })),
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A global interface is extended by one that has a name.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The DOM's types promise what some browser lacks; the code asks first.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `() => void this.#x()` and `() => this.#close()` both say that nobody waits.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Tables of words are functions that need no `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // `keyCode` 229 is how Safari tells that an input method is at work.
      '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'lib', name: 'keyCode' }] }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // `[...text]` are its code points, which is what is counted here.
      '@typescript-eslint/no-misused-spread': 'off',
      // Text from others is cleaned of control characters by expressions that name them.
      'no-control-regex': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: PURE,
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE],
      'no-restricted-syntax': ['error', ...SYNTAX, NO_JSON_PARSE, NO_RANDOM, NO_DATE_NOW],
    },
  },
  {
    files: JSON_PARSE.files,
    rules: { 'no-restricted-syntax': ['error', ...SYNTAX] },
  },
  {
    files: WORLD[2].files,
    rules: { 'no-restricted-syntax': ['error', ...SYNTAX, NO_JSON_PARSE] },
  },
  ...WORLD.slice(0, 2).map(({ name, files }) => ({
    files,
    rules: {
      'no-restricted-globals': [
        'error',
        ...WORLD.slice(0, 2)
          .filter((other) => other.name !== name)
          .map(({ name: other, message }) => ({ name: other, message })),
      ],
    },
  })),
  {
    // The edge room hands out the sockets that browsers open, and its host demands a default export.
    files: ['party/src/hosts/**/*.ts', 'party/src/worker.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', NO_ENUM, NO_NAMESPACE, NO_JSON_PARSE],
    },
  },
  {
    files: [ELEMENTS],
    ignores: TESTS,
    extends: [
      lit.configs['flat/recommended'],
      wc.configs['flat/recommended'],
      litA11y.configs.recommended,
    ],
    rules: {
      'wc/guard-super-call': 'off',
      'lit/no-invalid-html': 'error',
      'lit/no-useless-template-literals': 'error',
    },
  },
  {
    files: TESTS,
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', NO_ENUM, NO_NAMESPACE],
      'no-console': 'off',
      'max-lines': ['error', 400],
      'max-lines-per-function': 'off',
      // `expect(x).to.be.true`, and fakes that answer at once.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // What comes out of a page, of statistics or of JSON has no type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      'max-params': 'off',
      // node:test returns a promise from `describe` and `it`, which it keeps itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    // Helpers may poll; a test itself waits for what it says.
    files: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_ENUM, NO_NAMESPACE, NO_SLEEP] },
  },
  {
    // How others wrote their modules, and the one place that writes to the console.
    files: ['**/*.d.ts', 'packages/core/src/support/log.ts'],
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        'process console URL performance fetch AbortSignal setTimeout clearTimeout setInterval clearInterval Buffer module require'
          .split(' ')
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'max-lines': ['error', 320] },
  },
  {
    files: ['examples/**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        'document window console customElements navigator location localStorage AbortController HTMLElement CSSStyleSheet Event CustomEvent setTimeout clearTimeout requestAnimationFrame matchMedia Intl URL'
          .split(' ')
          .map((name) => [name, 'readonly']),
      ),
    },
  },
);
