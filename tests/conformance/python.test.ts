// A client in Python that knows the page of the protocol and none of our code, in a call with Chromium.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { requirePython } from '../../scripts/support/python.mjs';
import {
  press,
  say,
  waitForConnection,
  waitForLine,
  waitForPeers,
} from '../support/browsers/hands.js';
import { readComplaints, readInbound } from '../support/browsers/probe.js';
import { until } from '../support/browsers/launch.js';
import { useSite } from '../support/browsers/site.js';

const CLIENT = join(import.meta.dirname, 'client.py');
/** It makes and decodes pictures in Python, on the machine that the browser runs on. */
const LIMIT_MS = 30_000;

type Event = Readonly<Record<string, unknown>> & { readonly event: string };

/** The client as a process, and what it has told. */
class Robot {
  readonly events: Event[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #errors = '';
  readonly #news = new EventEmitter();

  constructor(python: string, url: string) {
    this.#child = spawn(python, [CLIENT, url, '--name', 'Robot']);
    this.#ended = once(this.#child, 'close').then(() => this.#news.emit('more'));
    this.#child.stderr?.on('data', (text) => (this.#errors += String(text)));
    if (!this.#child.stdout) throw new Error('it has no output');
    createInterface(this.#child.stdout).on('line', (line) => {
      this.events.push(JSON.parse(line) as Event);
      this.#news.emit('more');
    });
  }

  command(command: object): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** Resolves with the first event, of those that came and will come, that `fits`. */
  async wait(what: string, fits: (event: Event) => boolean): Promise<Event> {
    const signal = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      await once(this.#news, 'more', { signal }).catch(() => undefined);
      if (!signal.aborted && this.#child.exitCode === null) continue;
      const last = JSON.stringify(this.events.slice(-5));
      throw new Error(`no ${what}: ${last} ${this.#errors}`);
    }
  }

  /** The number of pictures that it has decoded. */
  get pictures(): number {
    const counts = this.events.filter(({ event }) => event === 'picture');
    return Number(counts.at(-1)?.['count'] ?? 0);
  }

  /** More pictures than by now. */
  async seesMore(): Promise<void> {
    const before = this.pictures;
    await this.wait('picture', ({ event, count }) => event === 'picture' && Number(count) > before);
  }

  async leave(): Promise<number | null> {
    this.command({ leave: true });
    await this.#ended;
    return this.#child.exitCode;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

const site = useSite();
const robots: Robot[] = [];

afterEach(async () => {
  await Promise.all(robots.splice(0).map((robot) => robot.end()));
});

async function startRobot(room: string): Promise<Robot> {
  await site.start();
  const url = `${site.edge.url.replace(/^http/, 'ws')}/parties/room/${room}`;
  const robot = new Robot(await requirePython(), url);
  robots.push(robot);
  await robot.wait('welcome', ({ event }) => event === 'welcome');
  return robot;
}

const callPage = (room: string): Promise<Page> => site.call({ room, name: 'Aisha' });

/** Pictures of the other side are decoded in the page, more of them than by now. */
async function pageSeesMore(page: Page): Promise<void> {
  const count = async (): Promise<number> =>
    (await readInbound(page)).reduce((sum, { frames }) => sum + frames, 0);
  const before = await count();
  await until(
    page,
    'more pictures',
    async (least: number) => {
      let frames = 0;
      for (const connection of window.probe.connections) {
        if (connection.connectionState === 'closed') continue;
        for (const entry of (await window.probe.readStats(connection)).values()) {
          if (entry.type === 'inbound-rtp' && entry.kind === 'video') frames += entry.framesDecoded;
        }
      }
      return frames > least + 5;
    },
    [before],
    LIMIT_MS,
  );
}

const seeEachOther = (robot: Robot, page: Page): Promise<unknown> =>
  Promise.all([robot.seesMore(), pageSeesMore(page)]);

describe('a client in Python', () => {
  for (const [order, first] of [
    ['that came first', 'robot'],
    ['that came second', 'page'],
  ] as const) {
    it(`${order} sees Chromium and is seen, chats both ways, and resumes`, async () => {
      const room = `python-${first}`;
      let robot: Robot;
      let page: Page;
      if (first === 'robot') {
        robot = await startRobot(room);
        page = await callPage(room);
      } else {
        page = await callPage(room);
        await waitForConnection(page, 'connected');
        robot = await startRobot(room);
      }
      await waitForConnection(page, 'connected');
      await waitForPeers(page, 1);
      await seeEachOther(robot, page);

      await press(page, 'Chat');
      await say(page, 'hello, machine');
      await robot.wait(
        'message',
        ({ text, name }) => text === 'hello, machine' && name === 'Aisha',
      );
      robot.command({ say: 'hello, person' });
      await waitForLine(page, 'hello, person');

      const { session } = await robot.wait('welcome', ({ event }) => event === 'welcome');
      const connections = await page.evaluate(() => window.probe.connections.length);
      robot.command({ drop: true });
      const again = await robot.wait(
        'resume',
        ({ event, resumed }) => event === 'welcome' && resumed === true,
      );
      assert.equal(again['session'], session);
      await seeEachOther(robot, page);
      robot.command({ say: 'back again' });
      await waitForLine(page, 'back again');
      await say(page, 'welcome back');
      await robot.wait('message', ({ text }) => text === 'welcome back');
      assert.equal(await page.evaluate(() => window.probe.connections.length), connections);

      assert.equal(await robot.leave(), 0);
      await waitForPeers(page, 0);
      assert.deepEqual(
        robot.events.filter(({ event }) => event === 'error'),
        [],
      );
      assert.deepEqual(await readComplaints(page), []);
      await page.close();
    });
  }
});
