/** An element whose options change after it was made, and what a test sees of it. */
import type { Page } from 'puppeteer-core';

import { type RoomWindow, waitForConnection } from './hands.js';
import { type BrowserName, until } from './launch.js';
import { page as html, SCRIPT } from './pages.js';
import type { Site } from './site.js';

/** A page with our elements' script and nothing else. */
export const emptyPage = { '/empty': html(SCRIPT, '') };

/** An `<rtc-room>`, as far as these tests use it. */
export interface LateRoom extends RoomWindow {
  name: string;
  token: string;
  tokenProvider: (() => Promise<string>) | null;
  join(): Promise<void>;
  leave(): Promise<void>;
}

type Attributes = Readonly<Record<string, string>>;

/** Adds an element with these attributes, and sets it up as a page does. */
export const add = (page: Page, attributes: Attributes, tag = 'rtc-room'): Promise<void> =>
  page.evaluate(
    (name, given) => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
      document.body.append(element);
    },
    tag,
    attributes,
  );

/** Sets attributes of the first element; `null` removes one. */
export const set = (
  page: Page,
  attributes: Readonly<Record<string, string | null>>,
  tag = 'rtc-room',
): Promise<void> =>
  page.evaluate(
    async (name, given) => {
      const [element] = document.getElementsByTagName(name);
      for (const [key, value] of Object.entries(given)) {
        if (value === null) element?.removeAttribute(key);
        else element?.setAttribute(key, value);
      }
      await (element as unknown as { updateComplete: Promise<void> }).updateComplete;
    },
    tag,
    attributes,
  );

export const join = (page: Page): Promise<void> =>
  page.evaluate(() => (window.probe.find('rtc-room')[0] as LateRoom).join());

/** Waits until so many captured tracks of this kind are live. */
export const waitForTracks = (page: Page, kind: 'audio' | 'video', count: number): Promise<void> =>
  until(
    page,
    `${count} live ${kind}`,
    (which: string, wanted: number) =>
      window.probe.tracks.filter((one) => one.kind === which && one.readyState === 'live')
        .length === wanted,
    [kind, count],
  );

/** Waits until a device of the room is `status`, as its snapshot says. */
export const waitForDevice = (page: Page, source: 'microphone' | 'camera', status: string) =>
  until(
    page,
    `${source} ${status}`,
    (which: typeof source, wanted: string) =>
      (window.probe.find('rtc-room')[0] as LateRoom).client.getSnapshot().media[which].status ===
      wanted,
    [source, status],
  );

/** Waits until the page holds on to nothing: a link says goodbye before it closes. */
export const waitUntilReleased = (page: Page): Promise<void> =>
  until(
    page,
    'nothing held',
    () =>
      window.probe.connections.every((one) => one.connectionState === 'closed') &&
      window.probe.tracks.every((one) => one.readyState === 'ended') &&
      window.probe.sockets.every((one) => one.readyState >= WebSocket.CLOSING),
    [],
  );

/** What the witness sees of the first other person in the roster. */
export const seen = (page: Page) =>
  page.evaluate(() => {
    const [peer] = (window.probe.find('rtc-room')[0] as LateRoom).client.getSnapshot().peers;
    return peer ? { name: peer.name, media: peer.media } : null;
  });

export const waitForName = (page: Page, name: string): Promise<void> =>
  until(
    page,
    `somebody called ${name}`,
    (wanted: string) =>
      (window.probe.find('rtc-room, rtc-chat')[0] as LateRoom | undefined)?.client
        .getSnapshot()
        .peers.some((peer) => peer.name === wanted) ?? false,
    [name],
  );

let rooms = 0;

/** A name that no other test of this process has. */
export const newRoom = (): string => `options-${(rooms += 1)}`;

/** Waits until there is one connected link. */
export const waitForMediaOfLinks = (page: Page): Promise<void> =>
  until(
    page,
    'a link',
    () => window.probe.connections.some((one) => one.connectionState === 'connected'),
    [],
  );

/** Opens empty pages of a site, and closes them. */
export class EmptyPages {
  readonly #site: Site;
  readonly #opened: Page[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  async visit(browser: BrowserName = 'chromium'): Promise<Page> {
    await this.#site.start();
    const page = await this.#site.open('/empty', this.#site[browser]);
    this.#opened.push(page);
    return page;
  }

  /** The other person of a call, who says what they see of us. */
  async witness(room: string): Promise<Page> {
    const page = await this.visit();
    await add(page, { room, name: 'Witness', autojoin: '', audio: 'off', video: 'off' });
    await waitForConnection(page, 'connected');
    return page;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((page) => page.close()));
  }
}
