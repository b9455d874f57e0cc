// The LiveKit server that benches and the tests of the media engine run against: a real one.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { build } from 'esbuild';
import type { Page } from 'puppeteer-core';

import { startLiveKit } from '../../scripts/support/livekit.mjs';
import { makeLiveKitToken } from '../../scripts/support/livekit-token.mjs';
import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { servePages } from '../support/browsers/pages.js';

/** Joins, publishes the camera, and plays the first remote one that comes. */
const CLIENT = `
import { Room, RoomEvent } from 'livekit-client';
const { url, token } = Object.fromEntries(new URLSearchParams(location.search));
const room = new Room();
room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
await room.connect(url, token);
await room.localParticipant.setCameraEnabled(true);
`;

type LiveKit = Awaited<ReturnType<typeof startLiveKit>>;

const ask = async (server: LiveKit, apiSecret: string): Promise<Response> => {
  const token = await makeLiveKitToken({ ...server, apiSecret }, { grants: { roomList: true } });
  return fetch(`${server.url}/twirp/livekit.RoomService/ListRooms`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
};

let server: LiveKit;

before(async () => {
  server = await startLiveKit();
});
after(async () => {
  await closeBrowsers();
  await server?.stop();
});

describe('a LiveKit server of our own', () => {
  it('takes tokens of its secret and no others', async () => {
    const answer = await ask(server, server.apiSecret);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { rooms: [] });
    assert.equal((await ask(server, `another ${server.apiSecret}`)).status, 401);
  });

  it('carries a picture over loopback from one browser to another', async () => {
    const { outputFiles } = await build({
      stdin: { contents: CLIENT, resolveDir: import.meta.dirname },
      bundle: true,
      write: false,
      format: 'esm',
    });
    const html = `<!doctype html><body><script type="module">${outputFiles[0]?.text}</script></body>`;
    const site = await servePages({ pages: { '/': html } });
    const enter = async (identity: string): Promise<Page> => {
      const grants = { roomJoin: true, room: 'loopback' };
      const token = await makeLiveKitToken(server, { identity, grants });
      const query = new URLSearchParams({ url: server.url, token }).toString();
      return open(await launch('chromium'), `${site.url}/?${query}`);
    };
    try {
      for (const page of await Promise.all(['ann', 'ben'].map(enter))) {
        await until(
          page,
          'a picture of the other',
          () => (document.querySelector('video')?.videoWidth ?? 0) > 0,
          [],
        );
      }
    } finally {
      await site.close();
    }
  });

  it('is gone when stopped, with somebody in a call, and another one can have its port', async () => {
    await server.stop();
    await assert.rejects(fetch(server.url));
    server = await startLiveKit({ port: Number(new URL(server.url).port) });
    assert.equal((await ask(server, server.apiSecret)).status, 200);
  });

  it('says why a server does not start', async () => {
    const { port } = new URL(server.url);
    const config = { rtc: { no_such_setting: true } };
    await assert.rejects(startLiveKit({ config }), /did not start[^]*no_such_setting/);
    await assert.rejects(startLiveKit({ port: Number(port) }), /EADDRINUSE/);
  });
});
