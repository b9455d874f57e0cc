/** Six people in one Chromium, with what ours and the bare mesh meet over; every page is warm. */
import type { Browser, Page } from 'puppeteer-core';

import { launch } from '../../tests/support/browsers/launch.js';
import { startEdge } from '../../tests/support/browsers/edge.js';
import { installMesh } from './mesh-page.js';
import { startRelay } from './relay.js';
import { startRoom } from './room.js';
import { writeTalk } from './talk.js';

export const MESH_WAYS = ['ours', 'bare'] as const;
export type MeshWay = (typeof MESH_WAYS)[number];

const PEOPLE = 6;

export interface MeshLab {
  readonly browser: Browser;
  /** Of six people, with their cameras open. */
  readonly pages: readonly Page[];
  /**
   * Everybody on `pages` joins at once, in a call called `name`. Resolves with the time from the first
   * join until everybody sees everybody, ms.
   */
  joinAll(way: MeshWay, name: string, pages: readonly Page[]): Promise<number>;
  close(): Promise<void>;
}

export async function startMeshLab(): Promise<MeshLab> {
  const edge = await startEdge();
  const room = await startRoom();
  const relay = await startRelay();
  const talk = writeTalk();
  const browser = await launch('chromium', {
    args: [
      '--use-fake-device-for-media-stream=fps=30',
      `--use-file-for-fake-audio-capture=${talk.path}`,
    ],
  });
  const close = async (): Promise<void> => {
    await browser.close();
    talk.remove();
    await relay.close();
    await room.close();
    await edge.close();
  };
  const joinAll: MeshLab['joinAll'] = async (way, name, pages) => {
    const where = `${way === 'ours' ? room.url : relay.url}/${name}`;
    const from = performance.now();
    await Promise.all(
      pages.map((page, at) =>
        page.evaluate(
          (...[how, to, person, peers]) => window.mesh[how](to, person, peers),
          way,
          where,
          `person ${at}`,
          pages.length - 1,
        ),
      ),
    );
    return performance.now() - from;
  };
  try {
    const pages = await openPages(browser, edge.url);
    // A first join loads code and makes engines compile it, in every page.
    for (const way of MESH_WAYS) {
      await joinAll(way, 'warm', pages);
      await leaveAll(pages);
    }
    return { browser, pages, joinAll, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

export async function leaveAll(pages: readonly Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.evaluate(() => window.mesh.leave())));
}

async function openPages(browser: Browser, url: string): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let at = 0; at < PEOPLE; at += 1) {
    const page = await (await browser.createBrowserContext()).newPage();
    await page.evaluateOnNewDocument(installMesh);
    await page.goto(`${url}/examples/`);
    await page.evaluate(() => window.mesh.openCamera());
    pages.push(page);
  }
  return pages;
}
