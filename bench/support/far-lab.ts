/** Two people with a browser each, and the servers of all ways to meet, on a network whose packets can be held back. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Browser, Page } from 'puppeteer-core';

import { obstacleToFaultLab } from '../../scripts/support/fault-lab.mjs';
import { launchOn } from '../../tests/support/faults/browser.js';
import { type FaultHost, FaultNet } from '../../tests/support/faults/net.js';
import { startChild } from '../../tests/support/servers/children.js';

/** Where the page is, and where each way meets. */
export type FarPlaces = Readonly<
  Record<'page' | 'ours' | 'bare' | 'simplePeer' | 'peerjs' | 'peerjsNamed' | 'trystero', string>
>;

const PROGRAM = fileURLToPath(new URL('./far-server.ts', import.meta.url));

export class FarLab {
  readonly net: FaultNet;
  readonly hosts: readonly [FaultHost, FaultHost];
  readonly places: FarPlaces;
  readonly pages: readonly [Page, Page];
  readonly #browsers: readonly Browser[];

  private constructor(
    net: FaultNet,
    hosts: readonly [FaultHost, FaultHost],
    places: FarPlaces,
    pages: readonly [Page, Page],
  ) {
    this.net = net;
    this.hosts = hosts;
    this.places = places;
    this.pages = pages;
    this.#browsers = pages.map((page) => page.browser());
  }

  /** The pages are empty. */
  static async start(): Promise<FarLab> {
    const obstacle = obstacleToFaultLab();
    if (obstacle) throw new Error(`This bench needs networks of its own: ${obstacle}.`);
    const net = new FaultNet();
    try {
      const servers = net.addHost('servers');
      const hosts = [net.addHost('a'), net.addHost('b')] as const;
      const hooks = ['--conditions=@rtc-elements/source', '--import=./scripts/ts-hooks.mjs'];
      const words = [process.execPath, ...hooks, PROGRAM, servers.address];
      const child = startChild('ip', ['netns', 'exec', servers.netns, ...words], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      const [places] = (await once(child, 'message')) as [FarPlaces];
      const { origin } = new URL(places.page);
      const open = async (host: FaultHost): Promise<Page> =>
        (await launchOn(host, 'chromium', origin)).newPage();
      return new FarLab(net, hosts, places, [await open(hosts[0]), await open(hosts[1])]);
    } catch (cause) {
      net.close();
      throw cause;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    this.net.close();
  }
}
