/** What a person in a call is told: the events of the page, and the cards over the call. */
import type { Page } from 'puppeteer-core';

import { until } from '../browsers/launch.js';
import type { RoomWindow } from '../browsers/hands.js';

declare global {
  interface Window {
    whatWasTold: {
      /** The codes of `rtc-error`, in order, with the time since the page began, ms. */
      readonly errors: { readonly code: string; readonly at: number }[];
      /** What the cards have said, in order; an empty text: there is none any more. */
      readonly cards: { readonly text: string; readonly at: number }[];
    };
  }
}

/** For `evaluateOnNewDocument`, after the probe: must stand alone. */
export function installTold(): void {
  const EVERY_MS = 50;
  const told: Window['whatWasTold'] = { errors: [], cards: [] };
  Object.defineProperty(window, 'whatWasTold', { value: told });
  addEventListener('rtc-error', (event) => {
    const { code } = event as Event & { readonly code: string };
    told.errors.push({ code, at: Math.round(performance.now()) });
  });
  setInterval(() => {
    const text = window.probe
      .find('[part=notice] p')
      .map((card) => card.textContent.trim())
      .join(' / ');
    if (text === (told.cards.at(-1)?.text ?? '')) return;
    told.cards.push({ text, at: Math.round(performance.now()) });
  }, EVERY_MS);
}

export const readTold = (page: Page): Promise<Window['whatWasTold']> =>
  page.evaluate(() => window.whatWasTold);

/** The codes of all errors that the page was told of. */
export const errorsOf = async (page: Page): Promise<readonly string[]> =>
  (await readTold(page)).errors.map(({ code }) => code);

/** Resolves once a card with this beginning is over the call. */
export const untilCard = (page: Page, beginning: string, timeout: number): Promise<void> =>
  until(
    page,
    `a card "${beginning}…"`,
    (wanted: string) => window.whatWasTold.cards.at(-1)?.text.startsWith(wanted) === true,
    [beginning],
    timeout,
  );

/** Resolves once the snapshot of the page has no problem with relays, and there is a link to everybody. */
export const untilRelayed = (page: Page, links: number, timeout: number): Promise<void> =>
  until(
    page,
    `${links} links and no problem with relays`,
    (count: number) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const state = room?.client?.getSnapshot();
      const connected = state?.peers.filter(({ link }) => link.status === 'connected') ?? [];
      return state?.relayProblem === null && connected.length === count;
    },
    [links],
    timeout,
  );

/** The states of the page's links. */
export const statusesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    return (room?.client.getSnapshot().peers ?? []).map(({ link }) => link.status);
  });

/** For a table: what each person was told, and when. */
export async function linesOf(what: string, pages: readonly Page[]): Promise<readonly string[]> {
  const told = await Promise.all(pages.map(readTold));
  return told.map(({ errors, cards }, at) => {
    const events = errors.map((error) => `${error.code} after ${error.at} ms`).join(', ');
    const texts = cards.map(({ text, at: ms }) => `${ms} ms: ${text || '(taken away)'}`);
    return `${what} | person ${at} | ${events || 'no event'} | ${texts.join('; ') || 'no card'}`;
  });
}
