/** What a person does on a page with our elements, and what they see there. */
import type { Room } from '@rtc-elements/core';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';

import { until } from './launch.js';

/** An element of the page that shows a room, as far as tests use it. */
export interface RoomWindow extends HTMLElement {
  readonly client: Room;
  sendMessage(text: string): Promise<unknown>;
}

/** Waits for a visible, enabled control with this name, in any shadow root, and returns it. */
export async function control(
  page: Page,
  name: string | RegExp,
): Promise<ElementHandle<HTMLElement>> {
  const [source, flags] = name instanceof RegExp ? [name.source, name.flags] : [escape(name), ''];
  const handle = await page.waitForFunction(
    (pattern: string, patternFlags: string) => {
      const matcher = new RegExp(pattern, patternFlags);
      return window.probe.controls().find(({ name: its }) => matcher.test(its))?.element;
    },
    { polling: 50 },
    source,
    flags,
  );
  return handle.asElement() as ElementHandle<HTMLElement>;
}

const escape = (name: string): string => `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;

/** The names of all controls that can be used now. */
export const namesOfControls = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => window.probe.controls().map(({ name }) => name));

/** Clicks the control with this name. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const handle = await control(page, name);
  await handle.click();
  await handle.dispose();
}

/** Gives a name in the lobby and joins. */
export async function joinFromLobby(page: Page, name: string): Promise<void> {
  const field = await control(page, 'Your name');
  await field.click({ count: 3 });
  await field.type(name);
  await press(page, /^Join/);
  await waitForConnection(page, 'connected');
}

/** Writes a line into the chat. */
export async function say(page: Page, text: string): Promise<void> {
  const handle = await page.waitForFunction(
    () =>
      window.probe
        .find('textarea[part~=field]:not(:disabled)')
        .find((field) => field.checkVisibility()),
    { polling: 50 },
  );
  const field = handle.asElement() as ElementHandle<HTMLElement>;
  await field.type(text);
  await field.press('Enter');
  await field.dispose();
}

/** Waits until `text` can be read in the chat exactly once. */
export const waitForLine = (page: Page, text: string, timeout?: number): Promise<void> =>
  until(
    page,
    `"${text}" once in the chat`,
    (line: string) =>
      window.probe
        .find('[part~=text]')
        .filter((row) => row.checkVisibility() && row.textContent.trim() === line).length === 1,
    [text],
    timeout,
  );

/** Waits until the room's connection is `connection`. */
export const waitForConnection = (
  page: Page | Frame,
  connection: string,
  timeout?: number,
): Promise<void> =>
  until(
    page,
    `connection "${connection}"`,
    (wanted: string) =>
      (window.probe.find('rtc-room')[0] as RoomWindow | undefined)?.client?.getSnapshot()
        .connection === wanted,
    [connection],
    timeout,
  );

/** Waits until there are `count` others in the roster. */
export const waitForPeers = (page: Page | Frame, count: number, timeout?: number): Promise<void> =>
  until(
    page,
    `${count} others`,
    (wanted: number) =>
      (window.probe.find('rtc-room')[0] as RoomWindow | undefined)?.client?.getSnapshot().peers
        .length === wanted,
    [count],
    timeout,
  );

/** Whether `text` is on the page, in any shadow root, where it can be seen. */
export const waitForText = (page: Page | Frame, text: string, timeout?: number): Promise<void> =>
  until(
    page,
    `"${text}" on the page`,
    (wanted: string) =>
      window.probe
        .find('*')
        .some(
          (element) =>
            element.checkVisibility() &&
            [...element.childNodes].some(
              (node) => node.nodeType === 3 && node.nodeValue?.includes(wanted),
            ),
        ),
    [text],
    timeout,
  );

/** Waits until a device of ours has this problem; with `null`, until it is on without any. */
export const waitForProblem = (
  page: Page | Frame,
  source: 'microphone' | 'camera' | 'screen',
  code: string | null,
): Promise<void> =>
  until(
    page,
    `${source}: ${code ?? 'no problem'}`,
    (which: typeof source, wanted: string | null) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const state = room?.client?.getSnapshot().media[which];
      return (
        (state?.problem?.code ?? null) === wanted && (wanted !== null || state?.status === 'on')
      );
    },
    [source, code],
  );
