// An hour with the guide: the page that it shows, typed in and opened by two people, is a call with picture and sound.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { type Edge, startEdge } from '../support/browsers/edge.js';
import { control, press } from '../support/browsers/hands.js';
import {
  type BrowserName,
  closeBrowsers,
  launch,
  type LaunchOptions,
  open,
  until,
} from '../support/browsers/launch.js';
import { type PageServer, servePages } from '../support/browsers/pages.js';
import { readComplaints, waitForMedia } from '../support/browsers/probe.js';
import { snippet, substitute } from '../support/guide.js';

let edge: Edge;
let site: PageServer;

/** One room for each test. */
const PAGE = '/index.html';

before(async () => {
  edge = await startEdge();
  const html = substitute(snippet('own-ui', 'A call in one page', 'html'), {
    'https://my-room.example.workers.dev': edge.url,
    "'my-room.example.workers.dev'": `'${edge.url}'`,
  });
  const inRoom = (room: string): string => substitute(html, { "'standup'": `'${room}'` });
  const room = (query: URLSearchParams): string => inRoom(query.get('room') ?? 'standup');
  site = await servePages({ pages: { [PAGE]: room } });
});
after(async () => {
  await closeBrowsers();
  await site?.close();
  await edge?.close();
});

/** Somebody who has opened the page and given a name. */
async function arrive(
  name: string,
  browserName: BrowserName,
  room: string,
  options: LaunchOptions = {},
): Promise<Page> {
  const browser = await launch(browserName, options);
  const page = await open(browser, `${site.url}${PAGE}?room=${room}`, { before: keepMedia });
  const field = await control(page, 'Your name');
  await field.type(name);
  await press(page, 'Join');
  return page;
}

/** The sound has no element in the page, so that a test has to see it made. */
function keepMedia(): void {
  const sounds: HTMLAudioElement[] = [];
  Object.assign(window, { sounds });
  window.Audio = class extends Audio {
    constructor(...args: ConstructorParameters<typeof Audio>) {
      super(...args);
      sounds.push(this);
    }
  };
}

/** Waits until the page plays the others' sound, and shows `pictures` pictures that move. */
const waitUntilPlayed = (page: Page, pictures: number): Promise<void> =>
  until(
    page,
    'sound is played, and pictures are shown',
    (count: number) => {
      const { sounds = [] } = window as { sounds?: HTMLAudioElement[] };
      const isPlayed = (element: HTMLMediaElement): boolean =>
        !element.paused && element.currentTime > 0.2 && element.srcObject !== null;
      const voices = sounds.filter((sound) => isPlayed(sound) && !sound.muted);
      const videos = [...document.querySelectorAll('video')].filter(
        (video) => isPlayed(video) && video.videoWidth > 0,
      );
      return voices.length === count - 1 && videos.length === count;
    },
    [pictures],
  );

describe('the page in the guide to an own interface', () => {
  for (const [one, other] of [
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const) {
    it(`is a call with picture, sound and chat: ${one} is joined by ${other}`, async () => {
      const people = [
        await arrive('Ann', one, `call-${one}`),
        await arrive('Ben', other, `call-${one}`),
      ];
      for (const page of people) {
        await waitForMedia(page, 1);
        await waitUntilPlayed(page, 2);
      }
      const [ann, ben] = people as [Page, Page];
      const field = await control(ann, 'Message');
      await field.type('hello');
      await press(ann, 'Send');
      await until(ben, 'the message', () => document.body.innerText.includes('Ann: hello'), []);

      // A camera that goes off and on again is another track.
      await press(ann, 'Camera');
      await until(
        ben,
        'no picture of Ann',
        () => [...document.querySelectorAll('video')].some((video) => video.srcObject === null),
        [],
      );
      await press(ann, 'Camera');
      await waitUntilPlayed(ben, 2);

      await press(ann, 'Leave');
      await until(ben, 'Ann is gone', () => document.querySelectorAll('figure').length === 1, []);
      for (const page of people) assert.deepEqual(await readComplaints(page), []);
      await closeBrowsers();
    });
  }

  it('plays on the speaker that somebody chooses', async () => {
    const ann = await arrive('Ann', 'chromium', 'speakers');
    const ben = await arrive('Ben', 'chromium', 'speakers');
    await waitUntilPlayed(ben, 2);
    await until(
      ben,
      'speakers to choose from',
      () => {
        const list = document.querySelector<HTMLSelectElement>('#speaker');
        return (list?.length ?? 0) > 2;
      },
      [],
    );
    const chosen = await ben.evaluate(() => {
      const list = document.querySelector('#speaker') as HTMLSelectElement;
      const { value } = [...list.options].at(-1) as HTMLOptionElement;
      list.value = value;
      list.dispatchEvent(new Event('change'));
      return value;
    });
    await until(
      ben,
      'the chosen speaker',
      (id: string) => {
        const { sounds = [] } = window as { sounds?: HTMLAudioElement[] };
        return sounds.length > 0 && sounds.every((sound) => sound.sinkId === id);
      },
      [chosen],
    );
    await ann.close();
    await closeBrowsers();
  });

  it('offers a click where the browser plays nothing before one', async () => {
    const ann = await arrive('Ann', 'chromium', 'clicks');
    const ben = await arrive('Ben', 'chromium', 'clicks');
    await waitUntilPlayed(ben, 2);
    await ben.evaluate(() => {
      const { play } = HTMLMediaElement.prototype;
      let isClicked = false;
      addEventListener('click', () => (isClicked = true), { capture: true });
      HTMLMediaElement.prototype.play = function playIfClicked() {
        if (isClicked || this instanceof HTMLVideoElement) return play.call(this);
        return Promise.reject(new DOMException('Click first.', 'NotAllowedError'));
      };
    });
    await ann.close();
    const cem = await arrive('Cem', 'chromium', 'clicks');
    await waitForMedia(cem, 1);
    await press(ben, 'Turn on sound');
    await waitUntilPlayed(ben, 2);
    await until(
      ben,
      'nothing to click',
      () => {
        const button = document.querySelector<HTMLElement>('#sound');
        return button?.hidden === true;
      },
      [],
    );
    await closeBrowsers();
  });
});
