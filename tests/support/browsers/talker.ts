/** Somebody who writes through core on a page of their own, far from the room, and goes in one of several ways. */
import type { Room } from '@rtc-elements/core';
import type { Browser, Page } from 'puppeteer-core';

import { open, until } from './launch.js';
import { type PageServer, servePages } from './pages.js';

declare global {
  interface Window {
    /** Of a page with {@link talkerPage}. */
    client: Room;
  }
}

/** Joins for the chat as soon as it is loaded; the query says where, and who. `acked`: texts whose promise resolved. */
export const talkerPage = (
  core: string,
): string => `<!doctype html><title>Talker</title><script type="module">
  import { createRoom } from '${core}';
  const { host, room, name } = Object.fromEntries(new URLSearchParams(location.search));
  window.client = createRoom({ host, room, name, call: false, audio: false, video: false });
  client.join().catch(() => undefined);
</script>`;

/** What becomes of a stay. */
export const WAYS = [
  'leaves',
  'reloads',
  'goes to another page',
  'loses the network',
  'reloads without network',
  'is removed',
] as const;
export type Way = (typeof WAYS)[number];

/** One line, and how long after the one before it is written, ms. */
export interface Line {
  readonly text: string;
  readonly afterMs: number;
}

export interface Going {
  readonly way: Way;
  /** How long after the last line, ms. */
  readonly afterMs: number;
  /** How long the network is away, ms. */
  readonly awayMs: number;
  /** Removes a session, as a host does. */
  remove(session: string): Promise<void>;
}

const ACKED = 'acked';
const UNSENT = 'rtc-elements:unsent-1:';

export class Talker {
  readonly page: Page;
  readonly #path: PageServer;

  private constructor(page: Page, path: PageServer) {
    this.page = page;
    this.#path = path;
  }

  /** `site`: where the page is; `edge`: the room's origin, `delayMs` away in each direction. */
  static async join(
    browser: Browser,
    where: { readonly site: string; readonly edge: string; readonly delayMs: number },
    who: { readonly room: string; readonly name: string },
  ): Promise<Talker> {
    const path = await servePages({ pages: {}, behind: where.edge, delayMs: where.delayMs });
    const query = new URLSearchParams({ ...who, host: path.url });
    const page = await open(browser, `${where.site}/talker?${query.toString()}`);
    const talker = new Talker(page, path);
    await talker.waitUntilIn();
    return talker;
  }

  /** The page is closed with its browser. */
  close(): Promise<void> {
    return this.#path.close();
  }

  waitUntilIn(): Promise<void> {
    return until(
      this.page,
      'in the room',
      () => window.client?.getSnapshot().connection === 'connected',
      [],
      40_000,
    );
  }

  /** Writes all lines, then goes, and is back in the room afterwards. */
  async sayAndGo(lines: readonly Line[], going: Going): Promise<void> {
    const { way, afterMs, awayMs } = going;
    // What the page does itself, it does at that moment; a reload ends the script that waits for it.
    const isOwn = way === 'leaves' || way === 'reloads' || way === 'goes to another page';
    const url = this.page.url();
    const gone = way === 'reloads' || way === 'goes to another page' ? this.#nextLoad() : null;
    const session = await this.page.evaluate(say, lines, isOwn ? way : null, afterMs, ACKED);
    await gone;
    if (!isOwn) await letPass(afterMs);
    if (way === 'is removed') {
      await going.remove(session);
      await this.#rejoin();
    } else if (way === 'leaves') await this.#rejoin();
    else if (way === 'goes to another page') await this.page.goto(url);
    else if (!isOwn) {
      this.#path.loseSockets();
      if (way === 'reloads without network') await this.page.reload();
      await letPass(awayMs);
      this.#path.restoreSockets();
    }
    await this.waitUntilIn();
  }

  /** Waits until nothing is on its way to the room any more, and all that is kept is offered. */
  waitUntilSettled(): Promise<void> {
    return until(
      this.page,
      'no pending lines, and those offered that are kept',
      (prefix: string) => {
        const { entries } = window.client.getSnapshot().chat;
        const texts = (status: string): string =>
          entries
            .flatMap((entry) => (entry.status === status ? [entry.text] : []))
            .toSorted()
            .join();
        const kept = Object.entries(localStorage)
          .filter(([name]) => name.startsWith(prefix))
          .flatMap(([, record]) => JSON.parse(String(record)).messages as { text: string }[]);
        return (
          texts('pending') === '' &&
          texts('failed') ===
            kept
              .map(({ text }) => text)
              .toSorted()
              .join()
        );
      },
      [UNSENT],
      40_000,
    );
  }

  /** Sends everything again that is offered. */
  async retryAll(): Promise<void> {
    await this.page.evaluate(() => {
      for (const { id, status } of window.client.getSnapshot().chat.entries)
        if (status === 'failed') window.client.chat.retry(id);
    });
    await this.waitUntilSettled();
  }

  /** Texts that are kept in the browser, and those whose promise has resolved. */
  keptAndAcked(): Promise<{ readonly kept: readonly string[]; readonly acked: readonly string[] }> {
    return this.page.evaluate(
      (prefix, key) => ({
        kept: Object.entries(localStorage)
          .filter(([name]) => name.startsWith(prefix))
          .flatMap(([, record]) => JSON.parse(String(record)).messages as { text: string }[])
          .map(({ text }) => text),
        acked: JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[],
      }),
      UNSENT,
      ACKED,
    );
  }

  /** Joins again with the same Room, once it is out. */
  async #rejoin(): Promise<void> {
    await until(
      this.page,
      'out of the room',
      () => window.client.getSnapshot().connection === 'closed',
      [],
      40_000,
    );
    await this.page.evaluate(() => window.client.join());
  }

  #nextLoad(): Promise<unknown> {
    return this.page.waitForNavigation({ waitUntil: 'load', timeout: 40_000 });
  }
}

/** Until the moment that the seed has chosen. Nothing is awaited: when people go is what the test is about. */
const letPass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs in the page. Returns our session at once when the last line is written. */
async function say(
  lines: readonly Line[],
  way: 'leaves' | 'reloads' | 'goes to another page' | null,
  afterMs: number,
  key: string,
): Promise<string> {
  const { client } = window;
  // The moments are those of the seed, as in `letPass`, which a page does not have.
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  for (const { text, afterMs: ms } of lines) {
    await pause(ms);
    client.chat.send(text).then(
      () => {
        const acked = JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[];
        sessionStorage.setItem(key, JSON.stringify([...acked, text]));
      },
      () => undefined,
    );
  }
  const session = client.getSnapshot().you?.session ?? '';
  setTimeout(() => {
    if (way === 'leaves') void client.leave();
    else if (way === 'reloads') location.reload();
    else if (way) location.assign('about:blank');
  }, afterMs);
  return session;
}
