// The packages as somebody installs them, in pages that a framework renders: two people in a call, and nothing on the
// console. Vite builds for development: StrictMode runs
// effects twice only there, and the frameworks and Lit warn of what they find.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { type Edge, startEdge } from '../support/browsers/edge.js';
import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { readComplaints, waitForHeld, waitForMedia } from '../support/browsers/probe.js';
import { TOKEN_SECRET } from '../support/edge/tokens.js';
import { Project, type ProjectOptions } from '../support/frameworks/project.js';
import type { Served } from '../support/frameworks/serve-folder.js';

interface Framework extends ProjectOptions {
  readonly title: string;
  readonly isTypesOnly?: boolean;
  /** The command that serves the build; `worker`: the project is the edge room itself, and serves its page. */
  readonly serve?: 'preview' | 'start' | 'worker';
  /** The pages that render a call again and again, by what they are, with their query. */
  readonly pages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const VITE = {
  tool: 'vite',
  build: ['--mode', 'development'],
  serve: 'preview',
  env: { NODE_ENV: 'development' },
} as const;
const TSC = [['tsc']] as const;
const TOKENS = { packages: ['party'], env: { TOKEN_SECRET } } as const;
const ELEMENT = { '<rtc-room>': {} };

const FRAMEWORKS: readonly Framework[] = [
  {
    title: 'React 19 in StrictMode',
    name: 'react',
    ...VITE,
    types: TSC,
    pages: { ...ELEMENT, 'createRoom() in an effect': { ui: 'own' } },
  },
  { title: 'Svelte 5', name: 'svelte', ...VITE, types: [['svelte-check']], pages: ELEMENT },
  { title: 'Vue 3', name: 'vue', ...VITE, types: [['vue-tsc']], pages: ELEMENT },
  {
    title: 'Next 16',
    name: 'next',
    ...TOKENS,
    tool: 'next',
    // Its build checks the types.
    serve: 'start',
    pages: { '<rtc-room> with a tokenProvider': {} },
  },
  { title: 'a page without a build', name: 'html', pages: ELEMENT },
  {
    title: 'a Worker of your own',
    name: 'worker',
    ...TOKENS,
    types: TSC,
    script: 'assets',
    serve: 'worker',
    pages: {},
  },
  {
    title: 'React 18, and Preact',
    name: 'older',
    isTypesOnly: true,
    types: [
      ['tsc', '-p', 'react-18'],
      ['tsc', '-p', 'preact'],
    ],
    pages: {},
  },
];

/** Lit says this of itself in every development build. */
const NOT_OURS = /^Lit is in dev mode\./;

/** On a busy machine, the first picture of a fresh browser takes its time. */
const PATIENCE_MS = 60_000;
const RENDERS = 3;

/** Somebody's page, and what it complained of. */
interface Person {
  readonly page: Page;
  readonly complaints: string[];
}

const click = (page: Page, id: string): Promise<void> => page.click(`#${id}`);

/**
 * Resolves once both see and hear each other, over one connection and one socket, from one camera and one microphone.
 * Right after a replacement, a page still plays what is about to go.
 */
async function inCall(people: readonly Person[]): Promise<void> {
  const held = { connections: 1, tracks: 2, sockets: 1 };
  await Promise.all(people.map(({ page }) => waitForHeld(page, held, PATIENCE_MS)));
  await Promise.all(people.map(({ page }) => waitForMedia(page, 1, PATIENCE_MS)));
}

/** Resolves once the page holds nothing. */
const released = ({ page }: Person): Promise<void> =>
  until(
    page,
    'everything released',
    () => {
      const { connections, tracks, sockets } = window.probe;
      return (
        connections.every(({ connectionState }) => connectionState === 'closed') &&
        tracks.every(({ readyState }) => readyState === 'ended') &&
        sockets.every(({ readyState }) => readyState >= WebSocket.CLOSING)
      );
    },
    [],
  );

/** Nothing was said on the console of anybody. */
async function expectSilence(people: readonly Person[]): Promise<void> {
  for (const { page, complaints } of people) {
    assert.deepEqual([...complaints, ...(await readComplaints(page))], []);
    await page.close();
  }
}

/** How many tracks were captured, over the whole life of the page. */
const countCaptured = ({ page }: Person): Promise<number> =>
  page.evaluate(() => window.probe.tracks.length);

/** Resolves once the element has what the last render gave it, and the page what the element told. */
const waitForValues = ({ page }: Person): Promise<void> =>
  until(
    page,
    'the values of the last render',
    (renders) => {
      const others = document.querySelector('#others');
      if (others && others.textContent !== '1') return false;
      const room = document.querySelector('rtc-room');
      if (!room) return true;
      const leave = room.messages.leave === `Leave, ${renders}`;
      return leave && room.maxPeers === 4 && room.autojoin && room.lobby === 'off';
    },
    [RENDERS],
  );

/** One project is prepared after the other, each while the one before it is tried. */
const prepared = new Map<Framework, Promise<Project>>();

function prepare(framework: Framework): Promise<Project> {
  const project = prepared.get(framework) ?? new Project(framework).prepare();
  prepared.set(framework, project);
  return project;
}

async function take(framework: Framework): Promise<Project> {
  const project = await prepare(framework);
  const next = FRAMEWORKS[FRAMEWORKS.indexOf(framework) + 1];
  // Whoever takes it hears of what is wrong with it.
  if (next) prepare(next).catch(() => undefined);
  return project;
}

after(async () => {
  for (const project of await Promise.allSettled(prepared.values()))
    if (project.status === 'fulfilled') project.value.remove();
});

for (const framework of FRAMEWORKS) {
  describe(framework.title, () => {
    const { serve, env, pages } = framework;
    let project: Project;
    let edge: Edge;
    let browser: Browser;
    let served: Served;

    before(async () => {
      project = await take(framework);
      if (framework.isTypesOnly) return;
      if (serve === 'worker')
        served = edge = await startEdge(env, `${project.folder}/wrangler.jsonc`);
      else {
        edge = await startEdge(env);
        served = await project.serve(serve);
      }
      browser = await launch('chromium');
    });

    after(async () => {
      await closeBrowsers();
      await edge?.close();
      if (served !== edge) await served?.close();
    });

    if (framework.types) it('takes what the types allow, and nothing else', () => project.types);

    async function enter(name: string, more: Readonly<Record<string, string>>): Promise<Person> {
      const complaints: string[] = [];
      const query = new URLSearchParams({ host: edge.url, room: 'frameworks', name, ...more });
      const page = await open(browser, `${served.url}/?${query.toString()}`, {
        patienceMs: PATIENCE_MS,
        onConsole: (kind, text) => {
          const isComplaint = kind === 'warn' || kind === 'error';
          if (isComplaint && !NOT_OURS.test(text)) complaints.push(`${kind}: ${text}`);
        },
      });
      return { page, complaints };
    }

    if (serve === 'worker')
      it('is the room, makes the tokens, and serves the page', async () => {
        const people = [await enter('Aisha', {}), await enter('Bo', {})];
        await inCall(people);
        for (const { page } of people)
          await page.evaluate(() => document.querySelector('rtc-room')?.remove());
        await Promise.all(people.map(released));
        await expectSilence(people);
      });

    for (const [what, query] of Object.entries(pages)) {
      it(`${what}: a call outlives renders and replacement, and releases everything`, async () => {
        const aisha = await enter('Aisha', query);
        const bo = await enter('Bo', query);
        const people = [aisha, bo];
        await inCall(people);
        assert.equal(await countCaptured(aisha), 2);

        for (let renders = 1; renders <= RENDERS; renders += 1) await click(aisha.page, 'render');
        await until(
          aisha.page,
          'all renders',
          (renders) => document.querySelector('#renders')?.textContent === String(renders),
          [RENDERS],
        );
        await inCall(people);
        assert.equal(await countCaptured(aisha), 2, 'a render opened devices again');
        await waitForValues(aisha);

        await click(aisha.page, 'toggle');
        await released(aisha);
        await click(aisha.page, 'toggle');
        await inCall(people);

        await click(aisha.page, 'replace');
        await until(
          aisha.page,
          'the replacement',
          () => document.querySelector('#version')?.textContent === '1',
          [],
        );
        await inCall(people);

        for (const { page } of people) await click(page, 'toggle');
        await Promise.all(people.map(released));
        await expectSilence(people);
      });
    }
  });
}
