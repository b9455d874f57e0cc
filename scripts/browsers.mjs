/**
 * Finds Chromium (or Chrome) and Firefox on this machine, and installs Debian's when it may.
 * `node scripts/browsers.mjs` prints where they are. Node built-ins only.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
export function findBrowser(name) {
  const { variables, commands, places } = BROWSERS[name];
  for (const variable of variables) {
    const path = process.env[variable];
    if (!path) continue;
    if (isExecutable(path)) return path;
    throw new Error(`${variable} is ${path}, and that is not a program.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = commands.flatMap((command) => folders.map((at) => join(at, command + suffix)));
  return [...onPath, ...places].find(isExecutable) ?? null;
}

/**
 * Both browsers' paths. Installs what is missing where that is allowed; else throws one line.
 * @returns {{ chromium: string, firefox: string }}
 */
export function requireBrowsers() {
  const missing = Object.keys(BROWSERS).filter((name) => findBrowser(name) === null);
  if (missing.length > 0 && mayInstall()) {
    install(missing.map((name) => BROWSERS[name].debian));
  }
  return { chromium: requireBrowser('chromium'), firefox: requireBrowser('firefox') };
}

function requireBrowser(name) {
  const path = findBrowser(name);
  if (path !== null) return path;
  const { title, variables, debian } = BROWSERS[name];
  throw new Error(
    `${title} is missing: install it (Debian, Ubuntu: apt-get install ${debian}) ` +
      `or set ${variables[0]} to its program.`,
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only as root on Debian or Ubuntu: nobody is asked for a password. */
function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!isExecutable('/usr/bin/apt-get')) return false;
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function install(packages) {
  console.log(`Installing ${packages.join(' and ')} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) => {
    const { status, stderr } = spawnSync('apt-get', words, { env, encoding: 'utf8' });
    if (status !== 0)
      console.error(`apt-get ${words[0]} failed: ${stderr?.trim().split('\n').at(-1)}`);
  };
  apt('update', '-q');
  // One at a time, so that one without a candidate does not keep the other away.
  for (const name of packages) apt('install', '-y', '-q', '--no-install-recommends', name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const [name, path] of Object.entries(requireBrowsers())) console.log(`${name}: ${path}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
