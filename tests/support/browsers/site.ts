/** Where most tests of whole pages begin: the edge room, pages before it, and browsers to open them in. */
import { after, before } from 'node:test';

import type { Browser, BrowserContext, Page } from 'puppeteer-core';

import { type Edge, startEdge } from './edge.js';
import { type BrowserName, closeBrowsers, launch, open, type OpenOptions } from './launch.js';
import { callPage, type Pages, type PageServer, SCRIPT, servePages } from './pages.js';

export interface SiteOptions {
  /** Variables of the deployment. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Pages beside `/call`. */
  readonly pages?: () => Pages | Promise<Pages>;
  /** Whether the pages stay when the room dies: nothing of it is behind their origin. */
  readonly isApart?: boolean;
  /** Default: Chromium alone. */
  readonly browsers?: readonly BrowserName[];
}

/** Starts before the tests of the file that calls it, and is closed after them. */
export function useSite(options: SiteOptions = {}): Site {
  const site = new Site(options);
  // Node runs the hooks of a file side by side: what opens a page in another one waits for this.
  before(() => site.start());
  after(() => site.close());
  return site;
}

export class Site {
  readonly #options: SiteOptions;
  readonly #browsers = new Map<BrowserName, Browser>();
  #edge: Edge | null = null;
  #pages: PageServer | null = null;
  #starting: Promise<void> | null = null;

  constructor(options: SiteOptions) {
    this.#options = options;
  }

  /** The room itself. */
  get edge(): Edge {
    return started(this.#edge);
  }

  /** Origin of the pages, and of the room where it is not apart. */
  get url(): string {
    return started(this.#pages).url;
  }

  get chromium(): Browser {
    return started(this.#browsers.get('chromium'));
  }

  get firefox(): Browser {
    return started(this.#browsers.get('firefox'));
  }

  /** Once, however often it is called. */
  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    const { vars, pages, isApart = false, browsers = ['chromium'] } = this.#options;
    this.#edge = await startEdge(vars);
    const { url } = this.#edge;
    const call = isApart ? callPage(`${url}${SCRIPT}`, { host: url }) : callPage(SCRIPT);
    this.#pages = await servePages({
      pages: { '/call': call, ...(await pages?.()) },
      ...(!isApart && { behind: url }),
    });
    for (const name of browsers) this.#browsers.set(name, await launch(name));
  }

  /** A page of this site, such as `/call`, in Chromium unless told otherwise. */
  async open(
    path: string,
    where?: Browser | BrowserContext,
    options: OpenOptions = {},
  ): Promise<Page> {
    await this.start();
    return open(where ?? this.chromium, this.url + path, options);
  }

  /** `<rtc-room>` in a call at once, with these attributes. */
  call(
    attributes: Readonly<Record<string, string>>,
    where?: Browser | BrowserContext,
    options?: OpenOptions,
  ): Promise<Page> {
    return this.open(`/call?${new URLSearchParams(attributes).toString()}`, where, options);
  }

  async close(): Promise<void> {
    await closeBrowsers();
    await this.#pages?.close();
    await this.#edge?.close();
  }
}

function started<T>(part: T | null | undefined): T {
  if (part === null || part === undefined) throw new Error('this part of the site has not started');
  return part;
}
