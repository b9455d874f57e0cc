// The first call, on the example page as it stands, from one browser to another.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { type BrowserName, launch } from '../support/browsers/launch.js';
import { joinFromLobby, say, waitForLine, waitForPeers } from '../support/browsers/hands.js';
import { readComplaints, waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const site = useSite({ browsers: ['chromium', 'firefox'] });

const visit = (name: BrowserName): Promise<Page> => site.open('/examples/hello/', site[name]);

const leave = async (pages: readonly Page[]): Promise<void> => {
  const complaints = await Promise.all(pages.map(readComplaints));
  await Promise.all(pages.map((page) => page.close()));
  assert.deepEqual(complaints.flat(), []);
};

const pairs = [
  ['chromium', 'chromium'],
  ['chromium', 'firefox'],
] as const;

for (const [first, second] of pairs) {
  describe(`hello, ${first} with ${second}`, () => {
    it('lets both see, hear and write to each other, and a third read what was said', async () => {
      const stamp = `${first}-${second}`;
      const a = await visit(first);
      await joinFromLobby(a, 'Aisha');
      const b = await visit(second);
      await joinFromLobby(b, 'Ben');
      await Promise.all([waitForMedia(a, 1), waitForMedia(b, 1)]);

      await say(a, `from Aisha ${stamp}`);
      await waitForLine(b, `from Aisha ${stamp}`);
      await say(b, `from Ben ${stamp}`);
      await waitForLine(a, `from Ben ${stamp}`);

      const c = await visit('chromium');
      await joinFromLobby(c, 'Chen');
      await waitForLine(c, `from Aisha ${stamp}`);
      await waitForLine(c, `from Ben ${stamp}`);
      await waitForPeers(c, 2);
      await leave([a, b, c]);
    });
  });
}

describe('hello, three browsers at once', () => {
  it('has three links, one for each pair', async () => {
    const other = await launch('chromium');
    const pages = [
      await visit('chromium'),
      await visit('firefox'),
      await site.open('/examples/hello/', other),
    ];
    await Promise.all(pages.map((page, at) => joinFromLobby(page, `Person ${at}`)));
    await Promise.all(pages.map((page) => waitForMedia(page, 2, 40_000)));

    const ends = (await Promise.all(pages.map(readEnds))).flat();
    assert.equal(ends.length, 6, 'each page has two connections and no more');
    const links = new Set(ends.map(({ mine, theirs }) => [mine, theirs].sort().join(' ')));
    assert.equal(links.size, 3, 'each end belongs to one of three links');
    await leave(pages);
    await other.close();
  });
});

/** The certificates at both ends of every open connection of a page. */
const readEnds = (page: Page): Promise<{ mine: string; theirs: string }[]> =>
  page.evaluate(() => {
    const fingerprint = (description: RTCSessionDescription | null): string =>
      /a=fingerprint:\S+ (\S+)/.exec(description?.sdp ?? '')?.[1] ?? 'none';
    const open = window.probe.connections.filter((pc) => pc.connectionState !== 'closed');
    return open.map((connection) => ({
      mine: fingerprint(connection.localDescription),
      theirs: fingerprint(connection.remoteDescription),
    }));
  });
