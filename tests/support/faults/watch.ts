/**
 * A stop-watch inside a page in a call of two: when the picture of the other stood still, and what
 * the page said of the link. By the wall clock, which all processes of a machine share.
 */
import { setTimeout as wait } from 'node:timers/promises';

import type { Page } from 'puppeteer-core';

import { until } from '../browsers/launch.js';
import type { RoomWindow } from '../browsers/hands.js';

interface Gap {
  readonly from: number;
  /** 0 while it lasts. */
  to: number;
}

/** What a page said of the link, from when on. */
export interface LinkWord {
  readonly at: number;
  readonly status: string;
  readonly path: string | null;
  readonly quality: string | null;
  readonly reason: string | null;
}

declare global {
  interface Window {
    watch: {
      /** Of the first frame from the other; 0 before. */
      firstFrameAt: number;
      /** Of the last one. */
      lastFrameAt: number;
      /** Times of at least half a second without a new frame. */
      readonly gaps: Gap[];
      readonly words: LinkWord[];
      /** The connection that brought the first frame. */
      first: RTCPeerConnection | null;
      /** Every frame that went to the room. */
      readonly sent: string[];
      /** Every data channel made. */
      readonly channels: RTCDataChannel[];
      /** Energy of all that was heard of the other. */
      energy: number;
      /** The most held at once. */
      readonly peak: { sockets: number; connections: number };
    };
  }
}

/** For `evaluateOnNewDocument`, after the probe: must stand alone. */
export function installWatch(): void {
  const EVERY_MS = 100;
  const GAP_MS = 500;
  const watch: Window['watch'] = {
    firstFrameAt: 0,
    lastFrameAt: 0,
    gaps: [],
    words: [],
    first: null,
    sent: [],
    channels: [],
    energy: 0,
    peak: { sockets: 0, connections: 0 },
  };
  Object.defineProperty(window, 'watch', { value: watch });
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function record(data) {
    watch.sent.push(String(data));
    send.call(this, data);
  };
  const { createDataChannel } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.createDataChannel = function note(...words) {
    const channel = createDataChannel.apply(this, words);
    watch.channels.push(channel);
    return channel;
  };

  const frames = async (): Promise<number> => {
    const open = window.probe.connections.filter((one) => one.connectionState !== 'closed');
    const sockets = window.probe.sockets.filter(({ readyState }) => readyState < 2).length;
    watch.peak.sockets = Math.max(watch.peak.sockets, sockets);
    watch.peak.connections = Math.max(watch.peak.connections, open.length);
    let sum = 0;
    let energy = 0;
    for (const connection of open) {
      // Firefox never answers for one that is closed meanwhile.
      const patience = new Promise<never>((_, reject) => setTimeout(reject, 1_000));
      for (const entry of (await Promise.race([connection.getStats(), patience])).values()) {
        if (entry.type !== 'inbound-rtp') continue;
        sum += entry.framesDecoded ?? 0;
        energy += entry.totalAudioEnergy ?? 0;
      }
    }
    watch.energy = energy;
    return sum;
  };
  const hear = (): void => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    const link = room?.client?.getSnapshot().peers[0]?.link;
    const alone = { status: 'alone', path: null, quality: null, reason: null };
    const { status, path, quality, reason } = link ?? alone;
    const word = { status, path, quality, reason };
    const last = JSON.stringify({ ...watch.words.at(-1), at: 0 });
    if (last !== JSON.stringify({ ...word, at: 0 })) watch.words.push({ ...word, at: Date.now() });
  };

  let before = 0;
  const tick = async (): Promise<void> => {
    hear();
    const now = Date.now();
    const count = await frames().catch(() => before);
    const gap = watch.gaps.at(-1);
    if (count !== before) {
      watch.firstFrameAt ||= now;
      watch.lastFrameAt = now;
      watch.first ??=
        window.probe.connections.find((one) => one.connectionState === 'connected') ?? null;
      if (gap && gap.to === 0 && count > 0) gap.to = now;
    } else if (watch.lastFrameAt > 0 && now - watch.lastFrameAt > GAP_MS && gap?.to !== 0) {
      watch.gaps.push({ from: watch.lastFrameAt, to: 0 });
    }
    before = count;
    setTimeout(() => void tick(), EVERY_MS);
  };
  void tick();
}

/** Resolves with the time of the first frame from the other. */
export async function firstFrame(page: Page, timeout = 20_000): Promise<number> {
  try {
    await until(page, 'a frame of the other', () => window.watch.firstFrameAt > 0, [], timeout);
  } catch (cause) {
    const told = await page.evaluate(() =>
      JSON.stringify([
        window.watch.words,
        window.probe.connections.map((pc) => pc.connectionState),
      ]),
    );
    throw new Error(`no frame of the other: ${told}`, { cause });
  }
  return page.evaluate(() => window.watch.firstFrameAt);
}

/** Resolves once no frame has come since `at`, for half a second. */
export const untilStill = (page: Page, at: number, timeout = 5_000): Promise<void> =>
  until(
    page,
    'a picture that stands still',
    (since: number) => window.watch.gaps.some((gap) => gap.to === 0 || gap.to > since),
    [at],
    timeout,
  );

/** Resolves with the time of the first new frame after the picture stood still, after `at`. */
export async function frameAfter(page: Page, at: number, timeout: number): Promise<number> {
  await until(
    page,
    'frames again',
    (since: number) => window.watch.gaps.at(-1)?.to !== 0 && window.watch.lastFrameAt > since,
    [at],
    timeout,
  );
  return page.evaluate(
    (since: number) => window.watch.gaps.find((gap) => gap.to > since)?.to ?? since,
    at,
  );
}

/** Resolves with the time when the page called the link `status`, since `at`. */
export async function linkSaid(
  page: Page,
  status: string,
  at: number,
  timeout: number,
): Promise<number> {
  await until(
    page,
    `link "${status}"`,
    (wanted: string, since: number) =>
      window.watch.words.some((word) => word.status === wanted && word.at >= since),
    [status, at],
    timeout,
  );
  return page.evaluate(
    (wanted: string, since: number) =>
      window.watch.words.find((word) => word.status === wanted && word.at >= since)?.at ?? 0,
    status,
    at,
  );
}

/** Resolves once the page calls its link `status` now. */
export const linkIs = (page: Page, status: string, timeout: number): Promise<void> =>
  until(
    page,
    `link "${status}" now`,
    (wanted: string) => window.watch.words.at(-1)?.status === wanted,
    [status],
    timeout,
  );

/** How the other's media comes: `direct udp`, `relay udp` or `relay tcp`, by the pair in use. */
const readPath = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const link = window.probe.connections.find((one) => one.connectionState === 'connected');
    const report = await link?.getStats();
    const entries = [...(report?.values() ?? [])];
    const chosen = entries.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
    const pair =
      entries.find(({ id }) => id === chosen) ??
      entries.find((one) => one.type === 'candidate-pair' && (one.selected ?? one.nominated));
    const ends = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => report?.get(id));
    if (!ends[0]) return 'none';
    const isRelayed = ends.some((end) => end?.candidateType === 'relay');
    return isRelayed ? `relay ${ends[0].relayProtocol ?? ends[0].protocol}` : 'direct udp';
  });

/**
 * The same of a call. One end alone may not know: a relay of the other whose checks come before its
 * candidate does is peer-reflexive there (RFC 8445, section 7.3.1.3).
 */
export async function pathOf(pair: readonly [Page, Page]): Promise<string> {
  const paths = await Promise.all(pair.map(readPath));
  return paths.find((path) => path.startsWith('relay')) ?? paths[0] ?? 'none';
}

/** How long to wait between two looks at a path, ms: each one asks both browsers for statistics. */
const LOOK_MS = 100;

/** Resolves once media goes straight from one to the other. `timeout` is for a path that never comes, ms. */
export async function untilDirect(pair: readonly [Page, Page], timeout = 60_000): Promise<void> {
  const end = Date.now() + timeout;
  for (let path = await pathOf(pair); path !== 'direct udp'; path = await pathOf(pair)) {
    if (Date.now() > end) throw new Error(`no direct path within ${timeout} ms, but ${path}`);
    await wait(LOOK_MS);
  }
}
