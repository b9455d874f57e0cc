/** What the fault lab does with a page in a call, and asks of it. */
import type { Page } from 'puppeteer-core';

import { until } from '../browsers/launch.js';
import type { RoomWindow } from '../browsers/hands.js';

/** Writes a line in the chat on the first page; resolves with how long the second took to have it, ms. */
export async function sendAndTime(
  [from, to]: readonly [Page, Page],
  text: string,
): Promise<number> {
  const arrived = to.evaluate(
    (line: string) =>
      new Promise<number>((resolve) => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        const timer = setInterval(() => {
          const entries = room?.client.getSnapshot().chat.entries ?? [];
          if (!entries.some((entry) => entry.text === line)) return;
          clearInterval(timer);
          resolve(Date.now());
        }, 10);
      }),
    text,
  );
  const sentAt = await from.evaluate((line: string) => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    const now = Date.now();
    void room?.client.chat.send(line);
    return now;
  }, text);
  return (await arrived) - sentAt;
}

/** Resolves once more of the other's sound has been heard. */
export async function hearMore(page: Page): Promise<void> {
  const before = await page.evaluate(() => window.watch.energy);
  await until(page, 'more sound', (heard: number) => window.watch.energy > heard, [before]);
}

/** Resolves once less than `kbit` a second comes in, and something does. */
export const untilBelow = (page: Page, kbit: number, timeout: number): Promise<void> =>
  until(
    page,
    `less than ${kbit} kbit/s`,
    (limit: number) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const inBps = room?.client.getSnapshot().peers[0]?.link.stats?.inBps ?? 0;
      return inBps > 0 && inBps < limit;
    },
    [kbit * 1_000],
    timeout,
  );

/** Resolves once the page has called its link `quality`, since `at`. */
export const untilCalled = (
  page: Page,
  quality: string,
  at: number,
  timeout: number,
): Promise<void> =>
  until(
    page,
    `quality "${quality}"`,
    (wanted: string, since: number) =>
      window.watch.words.some((word) => word.quality === wanted && word.at > since),
    [quality, at],
    timeout,
  );

/** Resolves once the page has said what its link suffers from, since `at`. */
export const untilBlamed = (
  page: Page,
  reason: string,
  at: number,
  timeout: number,
): Promise<void> =>
  until(
    page,
    `reason "${reason}"`,
    (wanted: string, since: number) =>
      window.watch.words.some((word) => word.reason === wanted && word.at > since),
    [reason, at],
    timeout,
  );

/** Everything that the page called its link since `at`, each once. */
export const statusesSince = (page: Page, at: number): Promise<readonly string[]> =>
  page.evaluate(
    (since: number) => [
      ...new Set(window.watch.words.filter((word) => word.at > since).map(({ status }) => status)),
    ],
    at,
  );

/** Whether the connection that brought the first frame is the one in use. */
export const keepsConnection = (page: Page): Promise<boolean> =>
  page.evaluate(() => window.watch.first?.connectionState === 'connected');

/** Every kind of candidate in anything that the page has sent to the room. */
export const kindsSent = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [
    ...new Set(
      window.watch.sent.flatMap((frame) =>
        [...frame.matchAll(/ typ (\w+)/g)].map(([, kind]) => kind ?? ''),
      ),
    ),
  ]);

/** Restarts ICE as a person with a debugger would, and resolves once that has led somewhere. */
export async function restartIce(page: Page): Promise<void> {
  await until(
    page,
    'a connection to restart',
    () => window.watch.first?.connectionState === 'connected',
    [],
  );
  const ufrag = await page.evaluate(() => {
    window.watch.first?.restartIce();
    return /a=ice-ufrag:\S+/.exec(window.watch.first?.localDescription?.sdp ?? '')?.[0] ?? '';
  });
  try {
    await until(
      page,
      'another ICE generation, connected',
      (old: string) => {
        const link = window.watch.first;
        const isNew = !link?.currentLocalDescription?.sdp.includes(old);
        return isNew && link?.connectionState === 'connected' && link.signalingState === 'stable';
      },
      [ufrag],
    );
  } catch (cause) {
    throw new Error(`no other ICE generation than ${ufrag}: ${await describeLinks(page)}`, {
      cause,
    });
  }
}

/** Where each connection of the page stands, and what was sent last. */
const describeLinks = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const links = window.probe.connections.map((one) => ({
      isFirst: one === window.watch.first,
      connection: one.connectionState,
      ice: one.iceConnectionState,
      signaling: one.signalingState,
      ufrags: [one.currentLocalDescription, one.pendingLocalDescription].map(
        (description) => /a=ice-ufrag:\S+/.exec(description?.sdp ?? '')?.[0],
      ),
    }));
    const sent = window.watch.sent.slice(-8).map((frame) => frame.slice(0, 200));
    return JSON.stringify({ links, sent, words: window.watch.words });
  });

/**
 * Which of the lab's TURN servers gave the page the address that it is using: they have ports apart.
 * Asked until six seconds bring no other answer, as a call may begin by one and go on by the other.
 */
export async function relayInUse(page: Page): Promise<0 | 1> {
  let port = await localPort(page);
  for (let since = Date.now(); Date.now() - since < SETTLED_MS;) {
    const now = await localPort(page);
    if (now !== port) since = Date.now();
    port = now;
  }
  return port < SECOND_RELAY_PORT ? 0 : 1;
}

/** Two checks of a path that is stable, which Chromium makes every 2.5 s: each may show another one as faster. */
const SETTLED_MS = 6_000;
const SECOND_RELAY_PORT = 35_780;

const localPort = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const report = await window.watch.first?.getStats();
    const entries = [...(report?.values() ?? [])];
    const chosen = entries.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
    // Firefox marks the pair itself.
    const pair = report?.get(chosen) ?? entries.find((one) => one.selected);
    return Number(report?.get(pair?.localCandidateId)?.port);
  });

/** Resolves once a control channel of the page is open. */
export const channelIsOpen = (page: Page): Promise<void> =>
  until(
    page,
    'an open channel',
    () => window.watch.channels.some(({ readyState }) => readyState === 'open'),
    [],
  );

/** Says a line in the chat; resolves once the room has it. */
export const write = (page: Page, text: string): Promise<void> =>
  page.evaluate((line: string) => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    return room?.client.chat.send(line).then(() => undefined);
  }, text);

/** The lines of the chat, as the page has them. */
export const linesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    return (room?.client.getSnapshot().chat.entries ?? []).map(({ text }) => text);
  });

/** The most sockets and connections that the page held at once, and how many connections it made. */
export const peakOf = (
  page: Page,
): Promise<{ readonly sockets: number; readonly connections: number; readonly made: number }> =>
  page.evaluate(() => ({ ...window.watch.peak, made: window.probe.connections.length }));
