/**
 * What a test sees of WebRTC inside a page: every connection made, every track captured, every rule
 * of a content security policy broken. Runs before the page's own scripts and changes nothing.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { Page } from 'puppeteer-core';

interface Probe {
  readonly connections: RTCPeerConnection[];
  readonly tracks: MediaStreamTrack[];
  readonly sockets: WebSocket[];
  readonly violations: string[];
  readonly errors: string[];
  /** The statistics of a connection; none if it is closed meanwhile: Firefox never answers then. */
  readStats(connection: RTCPeerConnection): Promise<RTCStatsReport>;
  /** Elements that match, in the page and in every open shadow root, in document order. */
  find(selector: string): HTMLElement[];
  /** What a person can use now, by the name it has for them. */
  controls(): { readonly element: HTMLElement; readonly name: string }[];
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** For `evaluateOnNewDocument`: must stand alone, without anything of this module. */
export function installProbe(): void {
  const find = (selector: string, root: ParentNode = document): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
      ...(element.matches(selector) ? [element] : []),
      ...(element.shadowRoot ? find(selector, element.shadowRoot) : []),
    ]);
  const nameOf = (element: HTMLElement): string => {
    const label = (element as HTMLInputElement).labels?.[0]?.textContent;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent).trim();
  };
  const controls = (): ReturnType<Probe['controls']> => {
    // A modal dialog leaves nothing else to use.
    const modal = find('dialog:modal')[0];
    return find('button, a[href], input, textarea, select, [role="menuitem"]')
      .filter((element) => element.checkVisibility() && !element.matches(':disabled'))
      .filter((element) => !modal || modal.contains(element))
      .map((element) => ({ element, name: nameOf(element) }));
  };
  const readStats = (connection: RTCPeerConnection): Promise<RTCStatsReport> =>
    Promise.race([
      connection.getStats(),
      new Promise<RTCStatsReport>((resolve) => setTimeout(() => resolve(new Map()), 1_000)),
    ]);
  const probe: Probe = {
    connections: [],
    tracks: [],
    sockets: [],
    violations: [],
    errors: [],
    readStats,
    find: (selector) => find(selector),
    controls,
  };
  Object.defineProperty(window, 'probe', { value: probe });
  document.addEventListener('securitypolicyviolation', (event) => {
    probe.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });
  addEventListener('unhandledrejection', (event) => probe.errors.push(String(event.reason)));
  addEventListener('error', (event) => probe.errors.push(event.message));
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args);
      probe.connections.push(this);
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      probe.sockets.push(this);
    }
  };
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
    const real = devices?.[name].bind(devices);
    if (!devices || !real) continue;
    devices[name] = async (options) => {
      const stream = await real(options);
      probe.tracks.push(...stream.getTracks());
      return stream;
    };
  }
  const realClone = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function clone() {
    const copy = realClone.call(this);
    // Copies of what comes from a peer end with the connection; only captured ones hold a device.
    if (probe.tracks.includes(this)) probe.tracks.push(copy);
    return copy;
  };
}

/** What arrives over one connection. */
export interface Inbound {
  readonly state: RTCPeerConnectionState;
  /** Frames decoded, over all pictures. */
  readonly frames: number;
  /** Energy of everything heard since the start. */
  readonly energy: number;
  readonly audioBytes: number;
}

/** One entry per connection that is not closed. */
export function readInbound(page: Page): Promise<readonly Inbound[]> {
  return page.evaluate(async () => {
    const open = window.probe.connections.filter(
      ({ connectionState }) => connectionState !== 'closed',
    );
    return Promise.all(
      open.map(async (connection) => {
        const sum = { frames: 0, energy: 0, audioBytes: 0 };
        for (const entry of (await window.probe.readStats(connection)).values()) {
          if (entry.type !== 'inbound-rtp') continue;
          if (entry.kind === 'video') sum.frames += entry.framesDecoded ?? 0;
          if (entry.kind === 'audio') sum.energy += entry.totalAudioEnergy ?? 0;
          if (entry.kind === 'audio') sum.audioBytes += entry.bytesReceived ?? 0;
        }
        return { state: connection.connectionState, ...sum };
      }),
    );
  });
}

/** What a page holds on to: connections not closed, captured tracks not ended, sockets not closed. */
export interface Held {
  readonly connections: number;
  readonly tracks: number;
  readonly sockets: number;
}

export function countHeld(page: Page): Promise<Held> {
  return page.evaluate(() => ({
    connections: window.probe.connections.filter((pc) => pc.connectionState !== 'closed').length,
    tracks: window.probe.tracks.filter((track) => track.readyState === 'live').length,
    sockets: window.probe.sockets.filter((socket) => socket.readyState < WebSocket.CLOSING).length,
  }));
}

/** Resolves once the page holds this, no more and no less; after `timeout` ms, rejects with what it holds. */
export async function waitForHeld(page: Page, wanted: Held, timeout = 20_000): Promise<void> {
  const read = async (): Promise<string> => JSON.stringify(await countHeld(page));
  const end = performance.now() + timeout;
  while ((await read()) !== JSON.stringify(wanted)) {
    if (performance.now() > end)
      throw new Error(`${await read()} is held, and not ${JSON.stringify(wanted)}`);
    await pause(50);
  }
}

/** Violations of the page's content security policy, and errors that nobody caught. */
export function readComplaints(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [...window.probe.violations, ...window.probe.errors]);
}

/** Resolves once every one of `links` connections brings new frames and sound, twice looked at. */
export async function waitForMedia(page: Page, links: number, timeout = 20_000): Promise<void> {
  const handle = await page.waitForFunction(
    async (count: number) => {
      const open = window.probe.connections.filter((pc) => pc.connectionState === 'connected');
      if (open.length !== count) return false;
      const marks = ((window as { marks?: WeakMap<RTCPeerConnection, number> }).marks ??=
        new WeakMap());
      let fine = 0;
      for (const pc of open) {
        let frames = 0;
        let energy = 0;
        for (const entry of (await window.probe.readStats(pc)).values()) {
          if (entry.type !== 'inbound-rtp') continue;
          if (entry.kind === 'video') frames += entry.framesDecoded ?? 0;
          if (entry.kind === 'audio') energy += entry.totalAudioEnergy ?? 0;
        }
        const first = marks.get(pc);
        if (first === undefined && frames > 0) marks.set(pc, frames);
        else if (first !== undefined && frames > first + 5 && energy > 0) fine += 1;
      }
      return fine === count;
    },
    { polling: 100, timeout },
    links,
  );
  await handle.dispose();
}

/** Resolves once new pictures and new sound have come over the links of the page, whatever came before. */
export async function waitForMoreMedia(page: Page, timeout = 20_000): Promise<void> {
  const before = await readInbound(page);
  const sum = (one: 'frames' | 'energy'): number =>
    before.reduce((total, inbound) => total + inbound[one], 0);
  const handle = await page.waitForFunction(
    async (frames: number, energy: number) => {
      for (const pc of window.probe.connections) {
        if (pc.connectionState === 'closed') continue;
        for (const entry of (await window.probe.readStats(pc)).values()) {
          if (entry.type !== 'inbound-rtp') continue;
          if (entry.kind === 'video') frames -= entry.framesDecoded ?? 0;
          if (entry.kind === 'audio') energy -= entry.totalAudioEnergy ?? 0;
        }
      }
      return frames < -5 && energy < 0;
    },
    { polling: 100, timeout },
    sum('frames'),
    sum('energy'),
  );
  await handle.dispose();
}
