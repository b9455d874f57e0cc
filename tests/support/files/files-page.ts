/**
 * A page without elements that sends and receives files. What is sent lies in its private storage, so that neither side
 * has it in memory.
 */
import type { Room, Transfer } from '@rtc-elements/core';
import type { Page } from 'puppeteer-core';

import { page as html } from '../browsers/pages.js';
import { until } from '../browsers/launch.js';

export const CORE = '/packages/core/dist/cdn/rtc-core.min.js';

declare global {
  interface Window {
    room: Room;
    /** Every time that the bytes of a transfer were seen to be fewer than before. */
    setbacks: string[];
    /** Round trips of what was sent while a file ran, ms. */
    trips: number[];
  }
}

/** Joins the room of the query under its name, in the call and without devices. */
export const filesPage = (query: URLSearchParams): string =>
  html(
    CORE,
    `<script type="module">
      import { joinRoom } from '${CORE}';
      window.setbacks = [];
      window.trips = [];
      const seen = new Map();
      window.room = await joinRoom({
        host: location.origin,
        room: '${query.get('room') ?? 'files'}',
        name: '${query.get('name') ?? 'Somebody'}',
        audio: false,
        video: false,
      });
      const { files } = window.room;
      files.subscribe(() => {
        for (const { id, bytes } of files.getSnapshot()) {
          if (bytes < (seen.get(id) ?? 0)) window.setbacks.push(id + ' ' + bytes);
          seen.set(id, bytes);
        }
      });
    </script>`,
  );

/** Puts a file of so many bytes, unlike any other part by part, where the page finds it after a reload. */
export const makeSource = (page: Page, name: string, bytes: number): Promise<void> =>
  page.evaluate(
    async (fileName, size) => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle(fileName, { create: true });
      const writable = await handle.createWritable();
      const part = new Uint8Array(1_048_576);
      for (let from = 0; from < part.length; from += 65_536)
        crypto.getRandomValues(part.subarray(from, from + 65_536));
      for (let from = 0; from < size; from += part.length) {
        new DataView(part.buffer).setFloat64(0, from);
        await writable.write(part.slice(0, Math.min(part.length, size - from)));
      }
      await writable.close();
    },
    name,
    bytes,
  );

/** Offers it to everybody of these names. */
export const offerSource = (page: Page, name: string, to: readonly string[]): Promise<void> =>
  page.evaluate(
    async (fileName, names) => {
      const root = await navigator.storage.getDirectory();
      const file = await (await root.getFileHandle(fileName)).getFile();
      const sessions = window.room
        .getSnapshot()
        .peers.filter((peer) => names.includes(peer.name))
        .map(({ session }) => session);
      await window.room.files.offer(file, { to: sessions });
    },
    name,
    [...to],
  );

/** Resolves once this page has a connection to somebody of that name. */
export const waitForPeer = (page: Page, name: string): Promise<void> =>
  until(
    page,
    `a connection to ${name}`,
    (wanted) =>
      window.room
        ?.getSnapshot()
        .peers.some((peer) => peer.name === wanted && peer.link.status === 'connected'),
    [name],
  );

/** Offers it to Ben alone, and resolves once his page has heard of it. */
export async function offerTo(ann: Page, ben: Page, file: string): Promise<void> {
  await waitForPeer(ann, 'Ben');
  await offerSource(ann, file, ['Ben']);
  await waitForStatus(ben, 'offered');
}

/** Picks the file again for what an earlier page sent. */
export const resumeSource = (page: Page, name: string): Promise<void> =>
  page.evaluate(async (fileName) => {
    const root = await navigator.storage.getDirectory();
    const file = await (await root.getFileHandle(fileName)).getFile();
    const [transfer] = window.room.files.getSnapshot();
    await window.room.files.resume(transfer?.id ?? '', file);
  }, name);

export const acceptFirst = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const found = window.room.files.getSnapshot().find(({ status }) => status === 'offered');
    await window.room.files.accept(found?.id ?? '');
  });

/** Resolves once the newest transfer of the page has this status. */
export const waitForStatus = (
  page: Page,
  status: Transfer['status'],
  timeout = 120_000,
): Promise<void> =>
  until(
    page,
    `a transfer that is ${status}`,
    (wanted) => window.room?.files.getSnapshot().at(-1)?.status === wanted,
    [status],
    timeout,
  );

/** Resolves once so many bytes of the newest transfer have arrived. */
export const waitForBytes = (page: Page, bytes: number, timeout = 300_000): Promise<void> =>
  until(
    page,
    `${bytes} bytes`,
    (wanted) => (window.room?.files.getSnapshot().at(-1)?.bytes ?? 0) >= wanted,
    [bytes],
    timeout,
  );

/** SHA-256 over the SHA-256 of each MiB, of what was made or of what was received. */
export const digestOf = (page: Page, name: string | null): Promise<string> =>
  page.evaluate(async (fileName) => {
    const root = await navigator.storage.getDirectory();
    const [transfer] = window.room.files.getSnapshot();
    const file = fileName
      ? await (await root.getFileHandle(fileName)).getFile()
      : await window.room.files.take(transfer?.id ?? '');
    const hashes: Uint8Array[] = [];
    for (let from = 0; from < file.size; from += 1_048_576) {
      const bytes = await file.slice(from, from + 1_048_576).arrayBuffer();
      hashes.push(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    }
    const all = await new Blob(hashes as BlobPart[]).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
    return `${file.size} ${[...digest].map((byte) => byte.toString(16)).join(' ')}`;
  }, name);

/**
 * Counts the bytes of pieces that this page sends and the parts that they begin, from the frames themselves. For
 * `evaluateOnNewDocument`: must stand alone.
 */
export function countPieces(): void {
  const counts = { pieces: 0, bytes: 0, parts: {} as Record<number, number> };
  Object.defineProperty(window, 'sentPieces', { value: counts });
  Object.defineProperty(window, 'damage', { value: { part: -1 }, writable: true });
  const send = RTCDataChannel.prototype.send as (data: unknown) => void;
  RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown): void {
    if (data instanceof ArrayBuffer && this.label === 'files' && data.byteLength > 27) {
      const view = new DataView(data);
      if (view.getUint8(0) === 3) {
        const index = view.getUint32(19);
        counts.pieces += 1;
        counts.bytes += data.byteLength - 27;
        if (view.getUint32(23) === 0) counts.parts[index] = (counts.parts[index] ?? 0) + 1;
        const { damage } = window as unknown as { damage: { part: number } };
        if (damage.part === index) {
          damage.part = -1;
          new Uint8Array(data)[40] = (new Uint8Array(data)[40] ?? 0) ^ 1;
        }
      }
    }
    send.call(this, data);
  };
}

export interface SentPieces {
  readonly pieces: number;
  readonly bytes: number;
  readonly parts: Readonly<Record<number, number>>;
}

export const sentPieces = (page: Page): Promise<SentPieces> =>
  page.evaluate(() => (window as unknown as { sentPieces: SentPieces }).sentPieces);

/** Damages one byte of this part when it is sent next. */
export const damagePart = (page: Page, part: number): Promise<void> =>
  page.evaluate((index) => {
    (window as unknown as { damage: { part: number } }).damage = { part: index };
  }, part);
