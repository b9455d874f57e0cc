/** Real browsers for tests: starts them with fake devices, and opens pages that are being watched. */
import puppeteer, {
  type Browser,
  type BrowserContext,
  type EvaluateFunc,
  type Frame,
  type Page,
} from 'puppeteer-core';

import { chromiumArgs, firefoxPrefs } from '../../../scripts/browser-flags.mjs';
import { requireBrowsers } from '../../../scripts/browsers.mjs';
import { installProbe } from './probe.js';

export type BrowserName = 'chromium' | 'firefox';

export interface LaunchOptions {
  /** Arguments beside the usual ones; one with the same name takes the place of the usual one. */
  readonly args?: readonly string[];
  /** Usual arguments to leave out, by name. */
  readonly without?: readonly string[];
  /** Firefox's, beside the usual ones. */
  readonly prefs?: Readonly<Record<string, unknown>>;
}

const launched = new Set<Browser>();

/** A browser without a window, fake camera and microphone plugged in, every prompt allowed. */
export async function launch(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  const browser = await start(name, options);
  launched.add(browser);
  return browser;
}

/** Closes every browser that this file launched, also after a failed test. */
export async function closeBrowsers(): Promise<void> {
  await Promise.all([...launched].map((browser) => browser.close()));
  launched.clear();
}

function start(name: BrowserName, options: LaunchOptions): Promise<Browser> {
  const executablePath = requireBrowsers()[name];
  // Longer than any test waits for a page, which is two minutes.
  const common = { executablePath, headless: true, protocolTimeout: 180_000 };
  if (name === 'firefox') {
    const extraPrefsFirefox = { ...firefoxPrefs, ...options.prefs };
    return puppeteer.launch({ ...common, browser: 'firefox', extraPrefsFirefox });
  }
  const extra = options.args ?? [];
  const others = [...extra, ...(options.without ?? [])].map((other) => other.split('=')[0]);
  const isReplaced = (arg: string): boolean => others.includes(arg.split('=')[0]);
  const args = [...chromiumArgs.filter((arg: string) => !isReplaced(arg)), ...extra];
  return puppeteer.launch({ ...common, args });
}

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  /** Chromium only. */
  readonly scheme?: 'light' | 'dark';
  /** Runs in the page before anything of the page does, after the probe. */
  readonly before?: () => void;
  /** How long the page may take to come up. */
  readonly patienceMs?: number;
  /** Hears what the page writes to the console, by kind and text. */
  readonly onConsole?: (kind: string, text: string) => void;
}

/** By then a page has come up on a busy machine, even in a browser that has only just started, ms. */
const COMES_UP_MS = 60_000;

/** A page with the probe in it, at `url`. Each call with a `Browser` is somebody new: own storage. */
export async function open(
  where: Browser | BrowserContext,
  url: string,
  options: OpenOptions = {},
): Promise<Page> {
  const context = 'createBrowserContext' in where ? await where.createBrowserContext() : where;
  const page = await context.newPage();
  page.setDefaultTimeout(options.patienceMs ?? 20_000);
  page.setDefaultNavigationTimeout(options.patienceMs ?? COMES_UP_MS);
  await page.setViewport({ width: options.width ?? 1280, height: options.height ?? 800 });
  if (options.scheme) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: options.scheme }]);
  }
  page.on('console', (message) => options.onConsole?.(message.type(), message.text()));
  await page.evaluateOnNewDocument(installProbe);
  if (options.before) await page.evaluateOnNewDocument(options.before);
  await visit(page, url);
  return page;
}

/** Says, if the page does not come up, what it still waits for: its files, or else its own script. */
async function visit(page: Page, url: string): Promise<void> {
  const loading = new Set<string>();
  page.on('request', (request) => loading.add(request.url()));
  page.on('requestfinished', (request) => loading.delete(request.url()));
  page.on('requestfailed', (request) => loading.delete(request.url()));
  try {
    await page.goto(url);
  } catch (cause) {
    const files = [...loading].join(', ') || 'no file';
    throw new Error(`${url} did not come up, and waits for ${files}`, { cause });
  } finally {
    for (const event of ['request', 'requestfinished', 'requestfailed'] as const)
      page.removeAllListeners(event);
  }
}

/** Waits until `condition` holds in the page. Polls, because a tab in the background paints nothing. */
export async function until<A extends unknown[]>(
  page: Page | Frame,
  what: string,
  condition: EvaluateFunc<A>,
  args: [...A],
  timeout = 20_000,
): Promise<void> {
  try {
    await page.waitForFunction<A>(condition, { polling: 50, timeout }, ...args);
  } catch (cause) {
    throw new Error(`${what}: not within ${timeout} ms`, { cause });
  }
}
