/**
 * Finds Chromium (or Chrome) and Firefox on this machine, and installs Debian's when it may.
 * `node scripts/browsers.mjs` prints where they are. Node built-ins only.
 */
import { fileURLToPath } from 'node:url';

import { findProgram, requirePrograms } from './support/programs.mjs';

const BROWSERS = {
  chromium: {
    title: 'Chromium or Chrome',
    variables: ['CHROMIUM_PATH', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'],
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
    places: [
      '/usr/lib/chromium/chromium',
      '/opt/google/chrome/chrome',
      '/snap/bin/chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
    debian: 'chromium',
  },
  firefox: {
    title: 'Firefox',
    variables: ['FIREFOX_PATH'],
    commands: ['firefox-esr', 'firefox'],
    places: [
      '/usr/lib/firefox-esr/firefox-esr',
      '/usr/lib/firefox/firefox',
      '/snap/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
    debian: 'firefox-esr',
  },
};

/** Where `name` (`chromium` or `firefox`) is, or `null`. A variable that names no file is an error. */
export const findBrowser = (name) => findProgram(BROWSERS[name]);

/**
 * Both browsers' paths. Installs what is missing where that is allowed; else throws one line.
 * @returns {{ chromium: string, firefox: string }}
 */
export function requireBrowsers() {
  const [chromium, firefox] = requirePrograms([BROWSERS.chromium, BROWSERS.firefox]);
  return { chromium, firefox };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const [name, path] of Object.entries(requireBrowsers())) console.log(`${name}: ${path}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
