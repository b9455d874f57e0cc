/** How much memory the pages of a Chromium take, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

import type { Browser } from 'puppeteer-core';

import { residentMiB } from '../edge/workerd-process.js';

/** Chromium keeps a process for pages of its own, which is as large as a small page in the beginning. */
const OWN_PAGES = '--top-chrome-webui';

/** The largest resident size of its page processes, MiB: a test has one page in each browser. */
function largestRenderer(browser: Browser): number {
  const root = browser.process()?.pid ?? 0;
  const sizes = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const isPage = command.includes('--type=renderer') && !command.includes(OWN_PAGES);
      if (!isPage || !isBelow(Number(name), root)) return [];
      return [residentMiB(Number(name))];
    } catch {
      // It has just ended.
      return [];
    }
  });
  return Math.max(0, ...sizes.filter((size) => Number.isFinite(size)));
}

function isBelow(pid: number, root: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === root) return true;
    const stat = readFileSync(`/proc/${at}/stat`, 'utf8');
    at = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  }
  return false;
}

/** Looks twice a second until it is stopped. */
export class RendererMemory {
  readonly #timer: NodeJS.Timeout;
  readonly before: number;
  most: number;

  constructor(browser: Browser) {
    this.before = this.most = largestRenderer(browser);
    this.#timer = setInterval(() => {
      this.most = Math.max(this.most, largestRenderer(browser));
    }, 500);
  }

  /** How far it rose at most, MiB. */
  stop(): number {
    clearInterval(this.#timer);
    return Math.round(this.most - this.before);
  }
}
