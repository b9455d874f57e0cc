import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Link, LinkStats } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcStats } from './rtc-stats.js';

const STATS: LinkStats = {
  rttMs: 43,
  loss: 0.004,
  lossOut: null,
  inBps: 523_000,
  outBps: 1_240_000,
  transport: 'udp',
  pictureIn: { width: 640, height: 480, fps: 30 },
  pictureOut: null,
  codecs: ['VP8', 'opus'],
};
const GOOD: Link = {
  status: 'connected',
  path: 'direct',
  stats: STATS,
  quality: 'good',
  reason: null,
};
const BAD: Link = {
  ...GOOD,
  path: 'relayed',
  quality: 'poor',
  reason: 'far-end',
  stats: { ...STATS, rttMs: null, loss: 0.2, transport: 'tcp', codecs: [] },
};

async function setup(...links: readonly Link[]): Promise<{ room: FakeRoom; stats: RtcStats }> {
  const names = ['Aisha Khan', 'Rahim Chowdhury', 'Noor'];
  const room = new FakeRoom({
    peers: links.map((link, index) => fakePeer(names[index] ?? 'Somebody', { link })),
  });
  const stats = document.createElement('rtc-stats');
  stats.lang = 'en';
  await showRoom(room, stats);
  return { room, stats };
}

/** The names and figures of the person at `index`. */
const linesOf = (stats: RtcStats, index = 0): string[] => {
  const person = stats.shadowRoot?.querySelectorAll('li')[index];
  return [...(person?.querySelectorAll('dt') ?? [])].map(
    (term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`,
  );
};

describe('rtc-stats', () => {
  it('is accessible', async () => {
    const { stats } = await setup(GOOD, BAD);
    await expectAccessible(stats);
  });

  it('writes figures in another language as soon as the page has one', async () => {
    const { stats } = await setup(GOOD);
    stats.lang = '';
    document.documentElement.lang = 'de';
    await until(() => linesOf(stats).includes('Sent: 1,2 Mb/s'));
    document.documentElement.removeAttribute('lang');
  });

  it('describes each link in words and figures', async () => {
    const { stats } = await setup(GOOD, BAD);
    expect(find(stats, '.quality').textContent).to.equal('Good connection');
    expect(linesOf(stats)).to.deep.equal([
      'Path: direct, UDP',
      'Round trip: 43 ms',
      'Received: 523 kb/s, 0.4% lost',
      'Sent: 1.2 Mb/s',
      'Picture received: 640 × 480, 30 fps',
      'Picture sent: none',
      'Codecs: VP8, opus',
    ]);
    expect(find(stats, '.poor').textContent).to.equal('Poor connection: on their side');
    expect(linesOf(stats, 1)).to.include.members([
      'Path: relayed, TCP',
      'Round trip: not known',
      'Received: 523 kb/s, 20% lost',
      'Codecs: not known',
    ]);
  });

  it('shows no figures for people who are not connected, and nobody without a link', async () => {
    const none = { path: null, stats: null, quality: null, reason: null } as const;
    const { room, stats } = await setup(
      { ...none, status: 'connecting' },
      { ...none, status: 'none' },
    );
    expect(stats.shadowRoot?.querySelectorAll('li')).to.have.lengthOf(1);
    expect(find(stats, '.quality').textContent).to.equal('connecting');
    expect(linesOf(stats)).to.deep.equal([]);
    room.set({ peers: [] });
    await settle(stats);
    expect(find(stats, '.none').textContent).to.contain('as soon as somebody');
    await expectAccessible(stats);
  });

  it('formats figures in the language of the page, or the browser’s if that is not valid', async () => {
    const { stats } = await setup(GOOD);
    stats.lang = 'de';
    stats.requestUpdate();
    await settle(stats);
    expect(linesOf(stats)[2]).to.contain('0,4');
    stats.lang = 'no language_at all';
    stats.requestUpdate();
    await settle(stats);
    expect(linesOf(stats)).to.have.lengthOf(7);
  });

  it('opens from the header of a room, and returns focus when it is closed', async () => {
    const room = new FakeRoom({ peers: [fakePeer('Aisha Khan', { link: GOOD })] });
    const element = await showRoom(room);
    const path = find(element, '.path');
    expect(path.ariaLabel).to.equal('Connection details: direct');
    expect(path.ariaExpanded).to.equal('false');
    path.focus();
    path.click();
    await settle(element);
    expect(path.ariaExpanded).to.equal('true');
    expect(find(element, 'aside').ariaLabel).to.equal('Connection details');
    const stats = find(element, 'rtc-stats');
    expect(linesOf(stats)[0]).to.equal('Path: direct, UDP');
    // What moves the focus loads when it is first wanted.
    await until(() => stats.shadowRoot?.activeElement?.getAttribute('part') === 'list');
    await expectAccessible(element);
    stats.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
    );
    await until(() => element.shadowRoot?.activeElement === path);
    expect(element.shadowRoot?.querySelector('aside')).to.equal(null);
  });
});
