// A call whose frames pass through a worker, from one browser to another: encrypted, counted, and flipped.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { EncryptionKeys } from '@rtc-elements/core';
import type { Page } from 'puppeteer-core';

import { type RoomWindow } from '../support/browsers/hands.js';
import { open } from '../support/browsers/launch.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/browsers/pages.js';
import { readComplaints, readInbound, waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

/** Nothing but our own origin; a worker needs no more than a script does. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self'; media-src blob: 'self'; require-trusted-types-for 'script'; trusted-types lit-html page";

/** In place of our worker: counts frames in each direction and, if its address says so, inverts their bits. */
const COUNTING_WORKER = `
  const flips = location.search.includes('flips');
  const counts = { encrypt: 0, decrypt: 0 };
  const channel = new BroadcastChannel(location.search);
  channel.onmessage = ({ data }) => data === 'ask' && channel.postMessage(counts);
  onmessage = () => postMessage({ type: 'ready' });
  onrtctransform = ({ transformer: { readable, writable, options } }) => {
    const transform = new TransformStream({
      transform(frame, controller) {
        counts[options.operation] += 1;
        if (flips) {
          const bytes = new Uint8Array(frame.data);
          for (let at = 10; at < bytes.length; at += 1) bytes[at] ^= 0xff;
          frame.data = bytes.buffer;
        }
        controller.enqueue(frame);
      },
    });
    readable.pipeThrough(transform).pipeTo(writable).catch(() => undefined);
  };
`;

/** Makes the room of a page, with keys from before its call; the query names the room and the worker. */
const EARLY_SCRIPT = `
  const query = new URLSearchParams(location.search);
  const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const policy = window.trustedTypes?.createPolicy('page', { createScriptURL: (text) => text });
  const workerUrl = policy?.createScriptURL(query.get('worker')) ?? query.get('worker');
  document.addEventListener('rtc-ready', ({ client }) => {
    window.encrypted = client.setEncryption({ keys: new Map([[0, key]]), sendWith: 0, workerUrl });
  });
  const room = document.createElement('rtc-room');
  for (const [name, value] of [['room', query.get('room')], ['name', 'Ada'], ['lobby', 'off'], ['autojoin', '']])
    room.setAttribute(name, value);
  document.body.append(room);
`;

/** What is asked of a page: `raw` is the key. */
interface Wish {
  readonly raw?: number;
  readonly workerUrl?: string;
}

/** Sets keys made of one number each; with none, turns encryption off. The code of the error, if any. */
const encrypt = (page: Page, { raw, workerUrl }: Wish): Promise<string> =>
  page.evaluate(
    async (byte, url) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      if (!room) return 'no room';
      const importKey = (): Promise<CryptoKey> =>
        crypto.subtle.importKey('raw', new Uint8Array(16).fill(byte ?? 0), 'AES-GCM', false, [
          'encrypt',
          'decrypt',
        ]);
      // Where a policy demands it, an address is trusted by the page, not by us.
      const types = (window as { trustedTypes?: { createPolicy: CallableFunction } }).trustedTypes;
      const policy = ((window as { policy?: { createScriptURL: CallableFunction } }).policy ??=
        types?.createPolicy('page', { createScriptURL: (text: string) => text }));
      const trusted = (policy?.createScriptURL(url) ?? url) as string;
      const keys: EncryptionKeys | null =
        byte === null
          ? null
          : {
              keys: new Map([[0, await importKey()]]),
              sendWith: 0,
              ...(url && { workerUrl: trusted }),
            };
      return room.client.setEncryption(keys).then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );
    },
    raw ?? null,
    workerUrl ?? '',
  );

/** The frames that the worker of a page at this address has seen so far. */
const countFrames = (
  page: Page,
  workerUrl: string,
): Promise<{ encrypt: number; decrypt: number }> =>
  page.evaluate(async (name) => {
    const channel = new BroadcastChannel(name);
    const counts = new Promise<{ encrypt: number; decrypt: number }>((resolve) => {
      channel.onmessage = ({ data }) => data !== 'ask' && resolve(data);
    });
    channel.postMessage('ask');
    return counts.finally(() => channel.close());
  }, new URL(workerUrl, 'http://page').search);

/** Resolves once further pictures and sound have arrived, whatever came before. */
async function seesMore(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as { marks?: unknown }).marks = undefined;
  });
  await waitForMedia(page, 1);
}

/** The number of pictures that were decoded on the present connection. */
const framesOf = async (page: Page): Promise<number> =>
  (await readInbound(page)).reduce((sum, { frames }) => sum + frames, 0);

/** Resolves once a hundred further packets of pictures have arrived. */
const waitForPackets = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    async () => {
      let packets = 0;
      for (const pc of window.probe.connections) {
        if (pc.connectionState === 'closed') continue;
        for (const entry of (await window.probe.readStats(pc)).values())
          if (entry.type === 'inbound-rtp' && entry.kind === 'video')
            packets += entry.packetsReceived;
      }
      const state = window as { packets?: number };
      state.packets ??= packets;
      return packets > state.packets + 100;
    },
    { polling: 100 },
  );

const act = (page: Page, what: 'mute' | 'unmute' | 'switch' | 'rebuild' | 'share'): Promise<void> =>
  page.evaluate(async (step) => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    if (!room) return;
    const { media } = room.client;
    if (step === 'rebuild') return room.client.simulate('rebuild');
    if (step === 'share') return media.shareScreen();
    if (step === 'switch') {
      // Of the microphone: the second fake camera of Chromium delivers no pictures.
      const { microphone, devices } = room.client.getSnapshot().media;
      const other = devices.find(
        ({ kind, deviceId }) => kind === 'audioinput' && deviceId !== microphone.deviceId,
      );
      return media.setMicrophone({ deviceId: other?.deviceId ?? microphone.deviceId ?? '' });
    }
    await media.setMicrophone(step === 'unmute');
    await media.setCamera(step === 'unmute');
  }, what);

const errorsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (window as { codes?: string[] }).codes ?? []);

const watchErrors = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const codes: string[] = [];
    (window as { codes?: string[] }).codes = codes;
    document.addEventListener('rtc-error', (event) =>
      codes.push((event as { code?: string }).code ?? ''),
    );
  });

const base = useSite({ browsers: ['chromium', 'firefox'] });

const pairs = [
  ['chromium', 'chromium'],
  ['chromium', 'firefox'],
] as const;

for (const [first, second] of pairs) {
  describe(`an encrypted call, ${first} with ${second}`, () => {
    let site: PageServer;
    let pages: readonly [Page, Page];

    before(async () => {
      await base.start();
      site = await servePages({
        pages: {
          '/': html(SCRIPT, roomTag({ room: `${first}-${second}` })),
          '/counting.js': COUNTING_WORKER,
          '/early': html(SCRIPT, '<script type="module" src="/early.js"></script>'),
          '/early.js': EARLY_SCRIPT,
        },
        headers: { 'content-security-policy': POLICY },
        behind: base.edge.url,
      });
      pages = [await open(base[first], site.url), await open(base[second], site.url)];
      await Promise.all(pages.map((page) => waitForMedia(page, 1)));
      await Promise.all(pages.map(watchErrors));
    });

    after(async () => {
      await Promise.all(pages.map((page) => page.close()));
      await site.close();
    });

    const OWN = '/packages/elements/dist/cdn/frame-worker.js';

    for (const worker of [OWN, '/counting.js?', '/counting.js?flips']) {
      it(`begins in the middle, with ${worker}, and goes on through mute, device switch and rebuild`, async () => {
        const isOwn = worker === OWN;
        const urls = pages.map((_, at) => (isOwn ? worker : `${worker}&page=${at}`));
        const encryptAll = (raw?: number): Promise<string[]> =>
          Promise.all(
            pages.map((page, at) =>
              encrypt(page, raw === undefined ? {} : { raw, workerUrl: urls[at] ?? '' }),
            ),
          );
        const count = () => Promise.all(pages.map((page, at) => countFrames(page, urls[at] ?? '')));
        assert.deepEqual(await encryptAll(1), ['done', 'done']);
        await Promise.all(pages.map(seesMore));
        for (const step of ['mute', 'unmute', 'switch', 'rebuild', 'share'] as const) {
          const before = isOwn ? null : await count();
          await act(pages[0], step);
          if (step === 'mute') continue;
          await Promise.all(pages.map(seesMore));
          const after = before && (await count());
          for (const [at, counts] of (after ?? []).entries()) {
            for (const way of ['encrypt', 'decrypt'] as const)
              assert.ok(counts[way] > (before?.[at]?.[way] ?? 0), `${way} after ${step}`);
          }
        }
        assert.deepEqual(await encryptAll(), ['done', 'done']);
        await Promise.all(pages.map(seesMore));
        assert.deepEqual((await Promise.all(pages.map(errorsOf))).flat(), []);
        assert.deepEqual((await Promise.all(pages.map(readComplaints))).flat(), []);
      });
    }

    for (const flips of ['', 'flips']) {
      it(`begins before the call, with a worker that ${flips || 'counts'}`, async () => {
        const urls = [0, 1].map((at) => `/counting.js?${flips}&early=${at}`);
        const visits = [first, second].map((name, at) => {
          const query = new URLSearchParams({
            room: `early-${first}-${second}-${flips}`,
            worker: urls[at] ?? '',
          });
          return open(base[name], `${site.url}/early?${query.toString()}`);
        });
        const early = await Promise.all(visits);
        await Promise.all(early.map((page) => waitForMedia(page, 1)));
        for (const [at, page] of early.entries()) {
          const { encrypt: out, decrypt: inward } = await countFrames(page, urls[at] ?? '');
          assert.ok(out > 0 && inward > 0, 'its worker sees frames both ways');
          assert.deepEqual(await readComplaints(page), []);
          await page.close();
        }
      });
    }

    it('shows nothing to whoever has another key, and says so', async () => {
      const [ann, ben] = pages;
      await encrypt(ann, { raw: 1, workerUrl: OWN });
      await encrypt(ben, { raw: 2, workerUrl: OWN });
      await ben.waitForFunction(() =>
        (window as { codes?: string[] }).codes?.includes('encryption-failed'),
      );
      const before = await framesOf(ben);
      await waitForPackets(ben);
      assert.equal(await framesOf(ben), before, 'nothing more was decoded');
      await encrypt(ben, { raw: 1, workerUrl: OWN });
      await Promise.all(pages.map(seesMore));
    });

    it('sends nothing if its worker may not be loaded', async () => {
      const [ann] = pages;
      await encrypt(ann, {});
      assert.equal(
        await encrypt(ann, { raw: 1, workerUrl: 'data:text/javascript,' }),
        'encryption-failed',
      );
      await ann.waitForFunction(() =>
        window.probe.connections
          .filter(({ connectionState }) => connectionState !== 'closed')
          .every((pc) => pc.getSenders().every(({ track }) => !track)),
      );
    });
  });
}
