import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { NO_LINK } from '../../state/initial-state.js';
import type { Link } from '../../state/room-state.js';
import type { CallReport, TransportReport } from '../ports.js';
import { LinkSampler } from './link-sampler.js';

const up: Link = { ...NO_LINK, status: 'connected' };

function look(visibility: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
  document.dispatchEvent(new Event('visibilitychange'));
}

const transport = (id: string, getStats: TransportReport['getStats']): TransportReport => ({
  id,
  state: 'connected',
  epoch: 1,
  restarts: 0,
  rebuilds: 0,
  getStats,
});

/** Packets and losses so far, by session. */
type Counts = Record<string, { received: number; lost: number }>;

function setup(...sessions: readonly string[]) {
  const clock = new FakeClock();
  const links = new Map(sessions.map((session) => [session, up]));
  const counts: Counts = Object.fromEntries(
    sessions.map((session) => [session, { received: 0, lost: 0 }]),
  );
  const asked: string[] = [];
  /** Sessions whose statistics never arrive, and those whose statistics fail. */
  const hanging = new Set<string>();
  const failing = new Set<string>();
  const report = (): CallReport => ({
    transports: [...links.keys()].map((session) => transport(session, () => statsOf(session))),
    peers: [...links.keys()].map((session) => ({ session, transport: session, tracks: {} })),
  });
  const show = (session: string, link: Link): void => void links.set(session, link);
  const sampler = new LinkSampler(clock, { report }, { links, show });
  async function statsOf(session: string): Promise<RTCStatsReport> {
    asked.push(session);
    if (hanging.has(session)) return new Promise<never>(() => undefined);
    if (failing.has(session)) throw new Error('no statistics');
    const { received, lost } = counts[session] ?? { received: 0, lost: 0 };
    const stat = { id: 'in', type: 'inbound-rtp', packetsReceived: received, packetsLost: lost };
    return new Map([['in', stat]]);
  }
  return { clock, links, asked, hanging, failing, counts, sampler };
}

/** A second in which `lost` of 100 packets to each of `sessions` are lost. */
async function second(
  { clock, counts }: ReturnType<typeof setup>,
  lost: Readonly<Record<string, number>> = {},
): Promise<void> {
  for (const [session, count] of Object.entries(counts)) {
    count.lost += lost[session] ?? 0;
    count.received += 100 - (lost[session] ?? 0);
  }
  await clock.advanceAsync(1_000);
}

const shown = (link: Link | undefined): string => `${link?.quality} ${link?.reason}`;

describe('LinkSampler', () => {
  afterEach(() => {
    delete (document as { visibilityState?: unknown }).visibilityState;
  });

  it('shows how good each link is, and judges by the others whose fault it is', async () => {
    const world = setup('ann', 'ben', 'cid');
    world.sampler.wake();
    await second(world);
    expect(shown(world.links.get('ann'))).to.equal('good null');
    for (let turn = 0; turn < 3; turn += 1) await second(world, { ann: 30 });
    expect(shown(world.links.get('ann'))).to.equal('poor far-end');
    expect(world.links.get('ann')?.stats?.loss).to.equal(0.3);
    for (let turn = 0; turn < 3; turn += 1) await second(world, { ann: 30, ben: 30, cid: 30 });
    expect(shown(world.links.get('ann'))).to.equal('poor network');
    expect(shown(world.links.get('ben'))).to.equal('poor network');
    world.sampler.close();
  });

  it('reads nothing and sets no timer while the page is hidden, and starts over afterwards', async () => {
    const world = setup('ann');
    world.sampler.wake();
    await second(world);
    await second(world);
    const before = world.asked.length;
    look('hidden');
    for (let turn = 0; turn < 5; turn += 1) await second(world, { ann: 90 });
    expect(world.asked.length).to.equal(before);
    expect(world.clock.pending).to.equal(0);
    look('visible');
    await second(world);
    // What was lost while the page was hidden does not belong to this second.
    expect(world.links.get('ann')?.stats?.loss).to.equal(0);
    expect(world.asked.length).to.equal(before + 1);
    world.sampler.close();
  });

  it('keeps reading the others when statistics fail or never arrive', async () => {
    const world = setup('ann', 'ben', 'cid');
    world.hanging.add('ann');
    world.failing.add('ben');
    world.sampler.wake();
    for (let turn = 0; turn < 4; turn += 1) await second(world);
    expect(shown(world.links.get('ann'))).to.equal('null null');
    expect(shown(world.links.get('ben'))).to.equal('null null');
    expect(shown(world.links.get('cid'))).to.equal('good null');
    // One report at a time.
    expect(world.asked.filter((session) => session === 'ann')).to.have.lengthOf(1);
    world.sampler.close();
  });

  it('shows nothing for a link that went down in the meantime', async () => {
    const world = setup('ann');
    world.sampler.wake();
    await second(world);
    const down: Link = { ...up, status: 'reconnecting' };
    world.links.set('ann', down);
    await second(world);
    expect(world.links.get('ann')).to.equal(down);
    expect(world.clock.pending).to.equal(0);
    world.sampler.close();
  });

  it('stops when closed', async () => {
    const world = setup('ann');
    world.sampler.wake();
    world.sampler.close();
    world.sampler.wake();
    look('visible');
    await second(world);
    expect(world.asked).to.deep.equal([]);
    expect(world.clock.pending).to.equal(0);
  });
});
