/** Unit and house tests, on their TypeScript sources, in real Chromium and Firefox. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import puppeteer from 'puppeteer-core';

import { requireBrowsers } from './scripts/browsers.mjs';
import { chromiumArgs, firefoxPrefs } from './scripts/browser-flags.mjs';
import { summaryReporter } from './scripts/wtr-summary.mjs';

const paths = requireBrowsers();
const concurrency = 1;

const chromium = chromeLauncher({
  puppeteer,
  concurrency,
  launchOptions: { executablePath: paths.chromium, args: chromiumArgs },
});

const firefox = chromeLauncher({
  puppeteer,
  concurrency,
  launchOptions: {
    browser: 'firefox',
    executablePath: paths.firefox,
    extraPrefsFirefox: firefoxPrefs,
  },
});

const groups = [
  { name: 'protocol', folder: 'packages/protocol/src' },
  { name: 'core', folder: 'packages/core/src' },
  { name: 'elements', folder: 'packages/elements/src' },
  // Written once for an edge that is V8 and for clients that are anything: Chromium is enough.
  { name: 'party', folder: 'party/src', browsers: [chromium] },
  { name: 'house', folder: 'tests/house', browsers: [chromium] },
];

/** `wtr path/to/x.test.ts` runs that file alone: with groups it would run all of them as well. */
const hasFileArgument = process.argv.slice(2).some((word) => word.endsWith('.test.ts'));

/** `TEST_GROUPS=core,party` runs several groups at once; `wtr --group core` one. */
const wantedGroups = process.env.TEST_GROUPS?.split(',');

/** `TEST_BROWSERS=chromium` runs everything in that one alone. */
const wantedBrowsers = process.env.TEST_BROWSERS?.split(',');
const browsers = Object.entries({ chromium, firefox })
  .filter(([name]) => wantedBrowsers?.includes(name) ?? true)
  .map(([, launcher]) => launcher);

const hasTests = (folder) =>
  existsSync(new URL(folder, import.meta.url)) &&
  readdirSync(new URL(folder, import.meta.url), { recursive: true }).some((name) =>
    name.endsWith('.test.ts'),
  );

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  groups: hasFileArgument
    ? []
    : groups
        .filter(({ name, folder }) => (wantedGroups?.includes(name) ?? true) && hasTests(folder))
        .map(({ folder, ...group }) => ({ ...group, files: `${folder}/**/*.test.ts` })),
  browsers,
  concurrentBrowsers: 2,
  // Lit without `development`: what is tested is what people run.
  nodeResolve: { exportConditions: ['@rtc-elements/source', 'browser'] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.base.json', import.meta.url)),
    }),
  ],
  // What a page finds beside the script that loads it.
  middleware: [
    (context, next) => {
      context.url = context.url.replace(/\/frame-worker\.js$/, '/frame-worker.ts');
      return next();
    },
  ],
  // Against a hang only: on a machine with much else to do, anything may take long.
  testFramework: { config: { timeout: 120_000 } },
  testsFinishTimeout: 400_000,
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY === true }),
    summaryReporter(),
  ],
};
