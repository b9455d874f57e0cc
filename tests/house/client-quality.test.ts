import { expect } from '@esm-bundle/chai';

import { NO_LINK } from '../../packages/core/src/state/initial-state.js';
import type { Link } from '../../packages/core/src/state/room-state.js';
import { House } from '../support/house/house.js';
import { joinHouseRoom } from '../support/house/house-room.js';

describe('the quality of a link', () => {
  it('is told when it gets worse, better, or goes, with what it suffers from', async () => {
    const { house, room, calls } = await joinHouseRoom(new House(), { name: 'Ann', call: true });
    const ben = house.client();
    await ben.join('Ben', { call: true });
    await house.advance(100);
    const told: unknown[] = [];
    room.addEventListener('quality', ({ peer, quality, reason, before }) =>
      told.push([peer.name, quality, reason, before]),
    );
    const show = (over: Partial<Link>): void => {
      const link: Link = { ...NO_LINK, status: 'connected', ...over };
      calls[0]?.host.dispatch({ type: 'link', session: ben.session, link });
    };
    show({});
    show({ quality: 'good' });
    show({ quality: 'poor', reason: 'network' });
    show({ quality: 'poor', reason: 'network', path: 'direct' });
    show({ quality: 'poor', reason: 'far-end' });
    show({ status: 'none' });
    expect(told).to.deep.equal([
      ['Ben', 'good', null, null],
      ['Ben', 'poor', 'network', 'good'],
      ['Ben', 'poor', 'far-end', 'poor'],
      ['Ben', null, null, 'poor'],
    ]);
  });
});
