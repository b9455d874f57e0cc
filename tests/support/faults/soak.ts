/** What a page holds on to over a long call: counted in the page and by Chromium itself. */
import type { CDPSession, Page } from 'puppeteer-core';

/** One look, after a collection of garbage. */
export interface Held {
  readonly heapBytes: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly timers: number;
  readonly connections: number;
  readonly sockets: number;
  readonly tracks: number;
}

declare global {
  interface Window {
    timersHeld: Set<unknown>;
  }
}

/**
 * For `evaluateOnNewDocument`, after the probe: must stand alone. Counts timers that have neither
 * fired nor been cleared, and lets the probe forget what is over, or it would be the leak itself.
 */
export function installCount(): void {
  const held = new Set<unknown>();
  Object.defineProperty(window, 'timersHeld', { value: held });
  const { setTimeout: startTimeout, setInterval: startInterval } = window;
  const { clearTimeout: endTimeout, clearInterval: endInterval } = window;
  window.setTimeout = ((run: () => void, ms?: number, ...rest: []) => {
    const timer = startTimeout(() => {
      held.delete(timer);
      run.apply(window, rest);
    }, ms);
    held.add(timer);
    return timer;
  }) as typeof setTimeout;
  window.setInterval = ((run: () => void, ms?: number, ...rest: []) => {
    const timer = startInterval(run, ms, ...rest);
    held.add(timer);
    return timer;
  }) as typeof setInterval;
  window.clearTimeout = (timer) => {
    held.delete(timer);
    endTimeout(timer);
  };
  window.clearInterval = (timer) => {
    held.delete(timer);
    endInterval(timer);
  };
  const keep = <T>(list: T[], isOver: (one: T) => boolean): void => {
    list.splice(0, list.length, ...list.filter((one) => !isOver(one)));
  };
  startInterval(() => {
    keep(window.probe.connections, (one) => one.connectionState === 'closed');
    keep(window.probe.sockets, (one) => one.readyState === WebSocket.CLOSED);
    keep(window.probe.tracks, (one) => one.readyState === 'ended');
  }, 500);
}

/** Looks at one page again and again. Chromium only. */
export class HeldCounter {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async on(page: Page): Promise<HeldCounter> {
    const session = await page.createCDPSession();
    await session.send('Performance.enable');
    return new HeldCounter(page, session);
  }

  async look(): Promise<Held> {
    const counts = await this.#page.evaluate(() => ({
      timers: window.timersHeld.size,
      connections: window.probe.connections.filter((one) => one.connectionState !== 'closed')
        .length,
      sockets: window.probe.sockets.filter((one) => one.readyState < WebSocket.CLOSING).length,
      tracks: window.probe.tracks.filter((one) => one.readyState === 'live').length,
    }));
    // The first collection runs finalizers, whose leavings the second takes.
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const valueOf = (name: string): number =>
      metrics.find((metric) => metric.name === name)?.value ?? 0;
    return {
      ...counts,
      heapBytes: valueOf('JSHeapUsedSize'),
      listeners: valueOf('JSEventListeners'),
      nodes: valueOf('Nodes'),
    };
  }
}

/** How far a figure may rise from the first third of all looks to the last, between their medians. */
const MAY_RISE: Readonly<Record<keyof Held, (first: number) => number>> = {
  // What the chat, the log and the browser's own caches keep.
  heapBytes: (first) => first * 0.1 + 500_000,
  // One round may catch a reminder or an animation under way, another one not.
  listeners: (first) => first * 0.05 + 5,
  nodes: (first) => first * 0.05 + 20,
  timers: () => 2,
  connections: () => 0,
  sockets: () => 0,
  tracks: () => 0,
};

/** The first rounds load the late parts and fill caches. */
const WARM_UP = 2;

/** What is not flat, in words. */
export function findGrowth(looks: readonly Held[]): readonly string[] {
  const warm = looks.slice(WARM_UP);
  const third = Math.max(1, Math.floor(warm.length / 3));
  return (Object.keys(MAY_RISE) as (keyof Held)[]).flatMap((name) => {
    const first = median(warm.slice(0, third).map((held) => held[name]));
    const last = median(warm.slice(-third).map((held) => held[name]));
    return last - first > MAY_RISE[name](first) ? [`${name} rose from ${first} to ${last}`] : [];
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
